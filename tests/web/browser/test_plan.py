"""A plan drafted through the pages only, from a ledger without one; figures follow while typing."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from shokibo.web.planning.models import Action, Cost, Need, Plan, Target
from tests.web.browser.drafting import (
    cell,
    choice,
    enters_a_cost,
    enters_actions,
    enters_the_need,
    figure,
    makes_the_head,
    next_step,
    overview,
    sets_a_target,
)
from tests.web.browser.visits import Visits, log_in
from tests.web.world import World


@pytest.fixture
def office(committed_world: World) -> Iterator[World]:
    """Return an office with homes and no plan."""
    cache.clear()
    yield committed_world
    cache.clear()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_a_plan_is_drafted_from_an_empty_ledger(
    visits: Visits, office: World, javascript: bool
) -> None:
    window = visits.window(javascript=javascript)
    log_in(window, office.people["officer"].email)
    window.get_by_role("navigation", name="メニュー").get_by_role("link", name="計画").click()
    expect(window.get_by_text("計画はまだありません")).to_be_visible()
    makes_the_head(window)
    next_step(window, "2 必要量")
    enters_the_need(window)
    overview(window)
    next_step(window, "3 取組")
    enters_actions(window, javascript)
    overview(window)
    next_step(window, "4 目標")
    sets_a_target(window)
    overview(window)
    next_step(window, "5 経費")
    enters_a_cost(window)
    overview(window)
    expect(figure(window, "施設の計画の合計").first).to_have_text("19")
    expect(figure(window, "施設の計画の合計").last).to_have_text("23")
    assert Plan.objects.get().authority == office.authority
    assert [Need.objects.count(), Action.objects.count()] == [2, 2]
    assert [Target.objects.count(), Cost.objects.count()] == [1, 1]


def test_figures_follow_while_actions_are_typed_by_the_keyboard_alone(
    visits: Visits, office: World
) -> None:
    Plan.objects.create(
        authority=office.authority,
        title="架空計画",
        baseline_on="2022-03-31",
        from_year=2022,
        to_year=2023,
    )
    window = visits.window()
    log_in(window, office.people["officer"].email)
    window.goto(f"/{office.authority.code}/plan/actions/")
    expect(figure(window, "施設の計画の合計").last).to_have_text("19")
    cell(window, 1, "施設ID").focus()
    keys = window.keyboard
    for typed in ("架空学園", "R5", "新設", "", "地域小規模児童養護施設", "", "", "4"):
        keys.insert_text(typed)
        keys.press("Tab")
    expect(figure(window, "施設の計画の合計").last).to_have_text("23")
    expect(figure(window, "施設の計画の合計").first).to_have_text("19")
    expect(window.locator("#strip")).to_contain_text("23")
    expect(window.locator("#recalculated")).to_contain_text("再計算しました")
    assert not Action.objects.exists()
    expect(window.get_by_text("保存していない変更があります")).to_be_visible()
    keys.press("Control+s")
    expect(window.get_by_role("status").first).to_contain_text("保存しました(追加1行)")
    assert Action.objects.get().capacity == 4


def test_enter_and_arrows_move_between_rows_and_the_last_row_is_followed_by_a_new_one(
    visits: Visits, office: World
) -> None:
    window = visits.window()
    log_in(window, office.people["officer"].email)
    window.goto(f"/{office.authority.code}/plan/actions/")
    cell(window, 1, "年度").focus()
    window.keyboard.press("ArrowDown")
    expect(cell(window, 2, "年度")).to_be_focused()
    window.keyboard.press("Enter")
    expect(cell(window, 3, "年度")).to_be_focused()
    window.keyboard.press("Shift+Enter")
    expect(cell(window, 2, "年度")).to_be_focused()
    window.keyboard.press("Enter")
    window.keyboard.press("Enter")
    expect(cell(window, 4, "年度")).to_be_focused()
    expect(window.locator("input[name=rows]")).to_have_value("4")
    window.keyboard.type("R5")
    expect(window.locator("[name='4-fiscal_year']")).to_have_value("R5")
    expect(window.locator("#worked")).to_contain_text("取組 4行目")


def test_a_home_s_units_are_offered_when_its_row_names_it(visits: Visits, office: World) -> None:
    window = visits.window()
    log_in(window, office.people["officer"].email)
    window.goto(f"/{office.authority.code}/plan/actions/")
    choice(window, 1, "home_id").select_option(label="架空姉妹園")
    listed = window.locator("[name='1-unit_id']").get_attribute("list")
    assert listed == "units-s"
    assert window.locator(f"#{listed} option").get_attribute("value") == "s4"


def test_figures_that_no_longer_follow_are_marked_and_leave_the_page_unchanged(
    visits: Visits, office: World
) -> None:
    Plan.objects.create(
        authority=office.authority,
        title="架空計画",
        baseline_on="2022-03-31",
        from_year=2022,
        to_year=2023,
    )
    window = visits.window()
    log_in(window, office.people["officer"].email)
    window.goto(f"/{office.authority.code}/plan/need/")
    notice = window.get_by_text("計算し直せませんでした")
    expect(notice).to_be_hidden()
    window.context.clear_cookies(name="sessionid")
    window.locator("[name='1-children']").fill("77")
    expect(notice).to_be_visible()
    expect(window.locator("#worked")).to_be_visible()
    expect(window.get_by_label("パスワード")).to_have_count(0)
    expect(window.locator("[name='1-children']")).to_have_value("77")
