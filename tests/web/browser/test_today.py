"""The start page in a browser: pictures with and without scripts, and the way to the work."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.practice import Practice
from tests.web.browser.visits import Visits, field_of, log_in


def _without_scripts(visits: Visits, practice: Practice, role: str) -> Page:
    """Open a window without JavaScript for somebody who is logged in."""
    return visits.window_of(practice.person(role), javascript=False)


def test_an_officer_logs_in_and_sees_the_work(visits: Visits, practice: Practice) -> None:
    from shokibo.web.running.practice import PASSWORD

    window = visits.window()
    log_in(window, "officer@example.jp", PASSWORD)
    expect(window.get_by_role("heading", name="今日の仕事", level=1)).to_be_visible()
    window.get_by_role("link", name="申請を審査する").click()
    expect(window).to_have_url(re.compile(r"/applications/\?state=submitted$"))


@pytest.mark.parametrize("role", ["officer", "home_staff"])
def test_pictures_come_alive_where_scripts_run(
    visits: Visits, practice: Practice, role: str
) -> None:
    window = visits.window_of(practice.person(role))
    window.goto(f"/{practice.authority.code}/")
    for name in ("places", "share", "applications", "main-places", "main-units", "group-homes"):
        drawn = window.locator(f"#picture-{name} svg[role=img]")
        expect(drawn).to_have_count(1)
        expect(drawn).to_have_attribute("aria-label", re.compile("棒|割合|定員"))


def test_without_scripts_there_are_pictures_and_their_tables(
    visits: Visits, practice: Practice
) -> None:
    window = _without_scripts(visits, practice, "officer")
    window.goto(f"/{practice.authority.code}/")
    shown = window.locator("#picture-places img")
    assert shown.evaluate("image => image.complete && image.naturalWidth") == 540
    window.locator("#picture-places summary").click()
    expect(window.locator("#picture-places table")).to_contain_text("必要量(人)")


def test_without_scripts_the_homes_day_is_changed(visits: Visits, practice: Practice) -> None:
    window = _without_scripts(visits, practice, "officer")
    window.goto(f"/{practice.authority.code}/")
    window.get_by_role("link", name="期限を変える").click()
    field_of(window, "日").fill("12")
    window.get_by_role("button", name="保存する").click()
    expect(window.locator(".due").first).to_contain_text("令和5年4月12日")


def test_without_scripts_a_later_day_is_entered_with_its_ground(
    visits: Visits, practice: Practice
) -> None:
    window = _without_scripts(visits, practice, "officer")
    window.goto(f"/{practice.authority.code}/")
    window.get_by_role("link", name="期限を延長する").first.click()
    window.get_by_label("延長後の期限").fill("R5.5.31")
    window.get_by_role("button", name="保存する").click()
    expect(window.get_by_role("alert")).to_contain_text("延長の根拠がありません")
    window.get_by_label("延長の根拠").fill("令和5年4月3日付け事務連絡")
    window.get_by_role("button", name="保存する").click()
    expect(window.locator("table")).to_contain_text("令和5年5月31日")
    expect(window.locator("table")).to_contain_text("令和5年4月3日付け事務連絡")
