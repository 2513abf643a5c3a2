"""Draws the pictures of the guide to the pages, with the fixtures of the browser's tests.

`make pictures` has pytest run it, and gives the folder (PICTURES_FOLDER) and the pictures wanted
(PICTURES, such as `today_today-1280`). The clock stands still, so that the same page gives the same
picture.
"""

import datetime as dt
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from shokibo.web.api import actions as tokens
from shokibo.web.base import clock
from tests.test_docs import LARGEST_PICTURE
from tests.web.browser.practice import PRACTICE_DAY, Practice, make_practice
from tests.web.browser.tour import stops
from tests.web.browser.visits import Visits

FOLDER = os.environ.get("PICTURES_FOLDER", "")
WANTED = os.environ.get("PICTURES", "").split()
MORNING = dt.datetime.combine(dt.date.fromisoformat(PRACTICE_DAY), dt.time(9, 30))
"""When everything on the pictures happens."""
TALLEST, STEP = 900, 50
"""Pixels of a picture, and by how many it is cut where its file is too large."""


@pytest.fixture
def practice(committed: None, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """Return the demonstration's office, all of it made in the same minute, with a known token."""
    monkeypatch.setenv("SHOKIBO_TODAY", PRACTICE_DAY)
    monkeypatch.setattr(tokens, "secrets", SimpleNamespace(token_urlsafe=lambda _: "practice" * 4))
    monkeypatch.setattr(clock, "now", lambda: timezone.make_aware(MORNING))
    return make_practice()


@pytest.mark.parametrize(
    "app", sorted({one.rpartition("-")[0].partition("_")[0] for one in WANTED})
)
def test_pictures_of_pages(visits: Visits, practice: Practice, app: str) -> None:
    windows: dict[str, Page] = {}
    for name, (page_name, stop) in stops().items():
        if name.partition("_")[0] != app:
            continue
        address = stop.address(page_name, practice)  # also of others: it makes what later ones show
        for picture in (one for one in WANTED if one.rpartition("-")[0] == name):
            if stop.role not in windows:
                person = practice.person(stop.role) if stop.role else None
                windows[stop.role] = visits.window_of(person) if person else visits.window()
            width = int(picture.rpartition("-")[2])
            windows[stop.role].set_viewport_size({"width": width, "height": TALLEST})
            windows[stop.role].goto(address)
            (Path(FOLDER) / f"{picture}.png").write_bytes(_drawn(windows[stop.role], width))


def _drawn(window: Page, width: int) -> bytes:
    """Draw a page from its top, down to what still fits a guide: neither too tall nor too large."""
    height = min(int(window.evaluate("document.documentElement.scrollHeight")), TALLEST)
    while len(drawn := _clipped(window, width, height)) >= LARGEST_PICTURE:
        height -= STEP
    return drawn


def _clipped(window: Page, width: int, height: int) -> bytes:
    return window.screenshot(
        full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height}
    )
