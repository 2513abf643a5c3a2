"""Every page: open to axe, within a narrow window, in pictures where they are asked for."""

import os
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from playwright.sync_api import Page

from shokibo.web.accounts.second_factor import is_set_up
from tests.web.browser.practice import Practice
from tests.web.browser.tour import NO_PAGE, PAGES, stops
from tests.web.browser.visits import NARROW, WIDE, Visits, runs_over
from tests.web.test_matrix import names_of

TALLEST = 900
SERIOUS = {"serious", "critical"}
ALSO = {"region", "heading-order", "page-has-heading-one", "empty-heading"}
"""Of what axe calls moderate."""
PICTURES = os.environ.get("PICTURES_FOLDER")
"""The folder into which pictures of all pages go, if any."""


def test_every_address_is_on_the_tour() -> None:
    pages = {
        name
        for name in names_of(get_resolver().url_patterns)
        if not name.startswith("api:") or name in PAGES  # the API's other addresses give no page
    }
    assert pages == {*PAGES, *NO_PAGE}


@pytest.mark.parametrize("app", sorted({name.partition("_")[0] for name in stops()}))
def test_every_page_is_open_to_all(visits: Visits, practice: Practice, app: str) -> None:
    windows: dict[str, Page] = {}
    wrong: dict[str, object] = {}
    for name, (page_name, stop) in stops().items():
        if name.partition("_")[0] != app:
            continue
        if stop.role not in windows:
            windows[stop.role] = _window(visits, practice, stop.role)
        window = windows[stop.role]
        window.goto(stop.address(page_name, practice))
        for width in (WIDE, NARROW):
            window.set_viewport_size({"width": width, "height": 900})
            if found := _wrong(window):
                wrong[f"{name} {width}"] = found
            if PICTURES:
                _picture(window, Path(PICTURES) / f"{name}-{width}.png", width)
    assert wrong == {}


def _window(visits: Visits, practice: Practice, role: str) -> Page:
    """Open a window of a person who logged in and showed the second factor a moment ago."""
    if not role:
        return visits.window()
    client = Client()
    person = practice.person(role)
    client.force_login(person)
    session = client.session
    methods = ["password", "mfa"] if is_set_up(person) else ["password"]
    session["account_authentication_methods"] = [
        {"method": method, "at": time.time(), "reauthenticated": True} for method in methods
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    name = settings.SESSION_COOKIE_NAME
    return visits.window(session=client.cookies[name].value, name=name)


def _wrong(window: Page) -> list[str]:
    wrong = [
        f"{found['id']}: {node['html'][:200]}"
        for found in Axe().run(window).response["violations"]
        if found["impact"] in SERIOUS or found["id"] in ALSO
        for node in found["nodes"]
    ]
    over = runs_over(window)
    if over > 0:
        wrong.append(f"{over} pixels too wide")
    return wrong


def _picture(window: Page, path: Path, width: int) -> None:
    """Draw a page from its top, down to what still fits a guide."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = int(window.evaluate("document.documentElement.scrollHeight"))
    shown = {"x": 0, "y": 0, "width": width, "height": min(whole, TALLEST)}
    window.screenshot(path=path, full_page=True, clip=shown)  # type: ignore[arg-type]
