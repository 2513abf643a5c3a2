"""What is said while the database is away, and that the pages come back with it."""

import datetime as dt
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from scripts.with_postgresql import server
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.session_store import SessionStore
from shokibo.web.running.practice import PASSWORD
from tests.web.test_running import SHOKIBO, _answer, _environment, _free_port
from tests.web.world import OURS, World


class _Away:
    """Stands for anything that asks the database."""

    def __call__(self, *_args: object, **_kwargs: object) -> None:
        raise OperationalError("server closed the connection")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (SessionStore, "load"),
        (SessionStore, "save"),
        (AuthenticationBackend, "authenticate"),
        (Person, "memberships"),
        (cache, "get"),
    ],
    ids=["session", "session saved", "log-in", "roles", "cache"],
)
def test_whatever_asks_the_database_gives_the_plain_page_while_it_is_away(
    world: World, monkeypatch: pytest.MonkeyPatch, place: object, name: str
) -> None:
    client = world.client("officer")
    client.raise_request_exception = False
    soon = timezone.now() + dt.timedelta(minutes=5)
    Session.objects.update(expire_date=soon)  # so that it is stored again
    monkeypatch.setattr(place, name, property(_Away()) if name == "memberships" else _Away())
    sent = {"login": "officer@example.jp", "password": PASSWORD}
    answers = [
        client.get(f"/{OURS}/register/"),
        Client(raise_request_exception=False).post("/account/login/", sent),
    ]
    away = [answer for answer in answers if answer.status_code != 200]
    assert away
    for answer in away:
        assert answer.status_code == 503
        assert answer["Retry-After"] == "30"
        assert "データベースに接続できません" in answer.content.decode()


def test_the_pages_come_back_when_the_database_does(tmp_path: Path) -> None:
    with server() as database:
        port = _free_port()
        root = f"http://127.0.0.1:{port}"
        program = subprocess.Popen(
            [SHOKIBO, "serve", "--demo", "--port", str(port)],
            env=_environment(tmp_path / "var", DATABASE_URL=database.address),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _answer(f"{root}/health/", program)
            person = _LoggedIn(root)
            pages = ["/", "/account/", "/131121/register/", "/131121/applications/"]
            assert [person.status(page) for page in pages] == [200] * 4
            database.stop()
            assert [person.status(page) for page in [*pages, "/health/"]] == [503] * 5
            assert person.log_in() == 503
            assert "入力した内容は登録されていません" in person.said
            database.start()
            until = time.monotonic() + 600
            while person.status("/") != 200 and time.monotonic() < until:
                time.sleep(0.2)
            assert [person.status(page) for page in pages] == [200] * 4
        finally:
            program.kill()
            program.communicate()


class _LoggedIn:
    """A person with a browser's cookies. `said` is the last page."""

    def __init__(self, root: str) -> None:
        self.root, self.said, self.cookies = root, "", CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.status("/account/login/")
        assert self.log_in() == 200

    def log_in(self) -> int:
        token = next(c.value for c in self.cookies if c.name == "csrftoken")
        given = {"login": "officer@example.jp", "password": PASSWORD, "csrfmiddlewaretoken": token}
        return self.status("/account/login/", urllib.parse.urlencode(given).encode())

    def status(self, page: str, sent: bytes | None = None) -> int:
        try:
            with self.opener.open(self.root + page, sent, timeout=600) as answer:
                self.said = answer.read().decode()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                self.said = error.read().decode()
            return error.code
