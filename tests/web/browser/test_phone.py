"""A phone's window: the menu behind its button, and tables that say they scroll."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.axe import wrong_in
from tests.web.browser.practice import Practice
from tests.web.browser.visits import NARROW, WIDE, Visits, runs_over

SCROLLS = "↔ 横に動かせます"


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_the_menu_opens_by_its_button(visits: Visits, practice: Practice, javascript: bool) -> None:
    window = visits.window_of(practice.person("officer"), width=NARROW, javascript=javascript)
    window.goto(f"/{practice.authority.code}/")
    menu = window.get_by_role("navigation", name="メニュー")
    expect(menu).to_be_hidden()
    window.get_by_role("banner").get_by_role("button", name="メニュー").click()
    expect(menu.get_by_role("link", name="今日の仕事")).to_have_attribute("aria-current", "page")
    assert runs_over(window) <= 0
    if javascript:
        assert wrong_in(window) == []
    window.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    window.get_by_role("banner").get_by_role("button", name="メニュー").click()
    menu.get_by_role("link", name="国への報告").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("国への報告")


def test_the_menu_is_always_there_on_a_desk(visits: Visits, practice: Practice) -> None:
    window = visits.window_of(practice.person("officer"), width=WIDE)
    window.goto(f"/{practice.authority.code}/")
    expect(window.get_by_role("navigation", name="メニュー")).to_be_visible()
    expect(window.get_by_role("button", name="メニュー")).to_be_hidden()


def test_a_table_wider_than_its_frame_says_so(visits: Visits, practice: Practice) -> None:
    window = visits.window_of(practice.person("officer"), width=NARROW)
    window.goto(f"/{practice.authority.code}/plan/")
    frame = window.get_by_role("region", name="年度末の姿").first
    expect(frame.locator("xpath=preceding-sibling::*[1]")).to_have_text(SCROLLS)
    window.set_viewport_size({"width": 1600, "height": 900})
    expect(window.get_by_text(SCROLLS)).to_have_count(0)
