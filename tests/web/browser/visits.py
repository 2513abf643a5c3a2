"""Windows of a browser that reach this machine's server alone, and what is watched in them."""

import io
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request

from shokibo.web.accounts.models import Person
from shokibo.web.accounts.second_factor import is_set_up
from tests.web.browser.one_time import one_time_code
from tests.web.world import PASSWORD

WIDE, NARROW = 1280, 390
TIMEOUT = 60_000
_OWN = ("data", "blob", "about")


@dataclass
class Visits:
    """The windows opened in a test. `elsewhere` are requests to any other host."""

    browser: Browser
    address: str
    elsewhere: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def window(
        self, *, width: int = WIDE, javascript: bool = True, session: str = "", name: str = ""
    ) -> Page:
        """Open a window of somebody: nobody, or whose session it is."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="ja-JP",
        )
        context.set_default_timeout(TIMEOUT)
        context.on("request", self._watch)
        if session:
            context.add_cookies([{"name": name, "value": session, "url": self.address}])
        self.contexts.append(context)
        return context.new_page()

    def window_of(self, person: Person, **given: Any) -> Page:  # noqa: ANN401
        """Open a window of somebody who logged in and showed the second factor a moment ago."""
        name = settings.SESSION_COOKIE_NAME
        return self.window(session=client_of(person).cookies[name].value, name=name, **given)

    def close(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()

    def _watch(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in _OWN and parts.netloc != urlsplit(self.address).netloc:
            self.elsewhere.append(request.url)


def client_of(person: Person) -> Client:
    """Return a client of somebody who logged in and showed the second factor a moment ago."""
    client = Client()
    client.force_login(person)
    session = client.session
    methods = ["password", "mfa"] if is_set_up(person) else ["password"]
    session["account_authentication_methods"] = [
        {"method": method, "at": time.time(), "reauthenticated": True} for method in methods
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Log in as a person does: with the password, and with a code where one is asked for."""
    page.goto("/")
    page.get_by_label("メールアドレス").fill(email)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="ログイン").click()
    page.wait_for_url(lambda address: "/account/login/" not in address)
    for _ in range(3):  # a code typed at the turn of its half minute is refused
        if "/2fa/" not in page.url:
            return
        page.get_by_label("コード").fill(one_time_code())
        with page.expect_navigation():
            page.get_by_role("button", name="ログイン").click()


def field_of(window: Page, label: str) -> Locator:
    """Find a field by its label, whatever mark follows it."""
    mark = "(必須|任意|場合により必須)?"
    return window.get_by_label(re.compile(rf"^{re.escape(label)}{mark}\s*$"))


def runs_over(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def follow(window: Page, *names: str) -> None:
    """Follow links one after the other, by their names; of several, the first.

    On a phone, what the page does not show is looked for in its menu.
    """
    for name in names:
        link = window.get_by_role("link", name=name, exact=True).first
        menu = window.get_by_role("banner").get_by_role("button", name="メニュー")
        if menu.is_visible() and not link.is_visible():
            menu.click()
        link.click()


def press(window: Page, name: str) -> None:
    """Press a button of the page itself."""
    window.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def row_of(window: Page, text: str) -> Locator:
    """Find the rows of a table that have a text."""
    return window.get_by_role("row").filter(has_text=text)


def downloaded(window: Page, button: str) -> io.BytesIO:
    """Press a button, and give the file that comes."""
    with window.expect_download() as found:
        press(window, button)
    return io.BytesIO(Path(found.value.path()).read_bytes())
