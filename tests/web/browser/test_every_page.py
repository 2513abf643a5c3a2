"""Every page: open to axe in every width and in every colours, within its window, not too long.

Axe looks at all of a page once, and again where the window, its zoom or its colours differ, at what
can differ then.
"""

from collections.abc import Iterator

import pytest
from django.urls import get_resolver, reverse
from playwright.sync_api import Page

from tests.web.browser.axe import OF_COLOUR, OF_WIDTH, wrong_in
from tests.web.browser.practice import Practice
from tests.web.browser.tour import NO_PAGE, PAGES, stops
from tests.web.browser.visits import NARROW, WIDE, Visits, runs_over
from tests.web.test_matrix import names_of

WIDTHS = (WIDE, 768, NARROW, 320)
"""A desk, a tablet, a phone, and a desk's window at 400 %."""
LONGEST = 10 * 844
"""Ten screens of a phone."""


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
            person = practice.person(stop.role) if stop.role else None
            windows[stop.role] = visits.window_of(person) if person else visits.window()
        window = windows[stop.role]
        window.goto(stop.address(page_name, practice))
        if page_name != "people_own:second_factor":
            assert reverse("people_own:second_factor") not in window.url, name
        for shape, found in _looked_at(window, name):
            if found:
                wrong[f"{name} {shape}"] = found
    assert wrong == {}


def _looked_at(window: Page, name: str) -> Iterator[tuple[str, list[str]]]:
    """Look at a page in every shape, and say what is wrong in which."""
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 900})
        wrong = wrong_in(window, *(() if width == WIDE else OF_WIDTH))
        if width == WIDE:
            wrong += window.evaluate(_SQUEEZED)
        if (over := runs_over(window)) > 0:
            wrong.append(f"{over} pixels too wide")
        if width == NARROW and (length := _length(window)) > LONGEST:
            wrong.append(f"{length / 844:.1f} screens long")
        yield str(width), wrong
    window.emulate_media(color_scheme="dark")
    yield "dark", wrong_in(window, *OF_COLOUR)
    window.emulate_media(color_scheme="light", forced_colors="active")
    yield "forced colours", wrong_in(window, *OF_COLOUR) + window.evaluate(_UNSEEN)
    window.emulate_media(forced_colors="none")


_SQUEEZED = """() => [...document.querySelectorAll("main td, main th")].filter((cell) => {
  const look = getComputedStyle(cell), part = document.createRange();
  const room = cell.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let broken = false;
  while (texts.nextNode()) {
    part.selectNodeContents(texts.currentNode);
    const isSeen = !texts.currentNode.parentElement.closest("select, .unseen");
    broken ||= isSeen && part.getClientRects().length > 1;
  }
  return broken && room < 3.5 * parseFloat(look.fontSize);
}).map((cell) => `squeezed: ${cell.innerText}`)"""
"""The cells whose text is broken into lines of a letter or three."""


_UNSEEN = """() => [...document.querySelectorAll("a, button, summary, label, th, td, p, dd, span")]
  .filter((one) => one.innerText?.trim() && one.checkVisibility()
    && getComputedStyle(one).color === getComputedStyle(document.body).backgroundColor)
  .map((one) => `unseen: ${one.innerText}`)"""
"""What is written in the colour of the page's ground."""


def _length(window: Page) -> int:
    return int(window.evaluate("document.documentElement.scrollHeight"))
