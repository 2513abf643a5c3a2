"""One browser for the tests of this folder, and windows for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.web.browser.practice import PRACTICE_DAY, Practice, make_practice
from tests.web.browser.visits import TIMEOUT, Visits

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-lcd-text", "--lang=ja"]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the browser. Its loop runs in this thread, which Django has to be told."""
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=TIMEOUT)
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visits(browser: Browser, committed: None, live_server: LiveServer) -> Iterator[Visits]:
    """Open windows; no request may leave the server."""
    opened = Visits(browser, live_server.url)
    yield opened
    opened.close()
    assert opened.elsewhere == []


@pytest.fixture
def practice(committed: None, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """Return the demonstration's office in the middle of its April."""
    monkeypatch.setenv("SHOKIBO_TODAY", PRACTICE_DAY)
    return make_practice()
