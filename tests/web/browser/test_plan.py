"""A plan drafted through the pages only, from a ledger without one; figures follow while typing."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect

from shokibo.web.planning.models import Action, Cost, Need, Plan, Target
from tests.web.browser.visits import Visits, log_in
from tests.web.world import World

ALL = "年度末の姿(全施設)"


@pytest.fixture
def office(committed_world: World) -> Iterator[World]:
    """Give an office with homes and no plan."""
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
    _makes_the_head(window)
    _next_step(window, "2 必要量")
    _enters_the_need(window)
    _overview(window)
    _next_step(window, "3 取組")
    _enters_actions(window, javascript)
    _overview(window)
    _next_step(window, "4 目標")
    _sets_a_target(window)
    _overview(window)
    _next_step(window, "5 経費")
    _enters_a_cost(window)
    _overview(window)
    expect(_figure(window, "施設の計画の合計").first).to_have_text("19")
    expect(_figure(window, "施設の計画の合計").last).to_have_text("23")
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
    expect(_figure(window, "施設の計画の合計").last).to_have_text("19")
    _cell(window, 1, "施設ID").focus()
    keys = window.keyboard
    home, opening, kind = ["ArrowDown"], ["ArrowDown"] * 2, ["ArrowDown"] * 2
    for pressed in (home, ["R5"], opening, [], kind, [], [], ["4"]):
        for key in pressed:
            keys.press(key) if key == "ArrowDown" else keys.type(key)
        keys.press("Tab")
    expect(_figure(window, "施設の計画の合計").last).to_have_text("23")
    expect(_figure(window, "施設の計画の合計").first).to_have_text("19")
    expect(window.locator("#strip")).to_contain_text("23")
    expect(window.locator("#told")).to_contain_text("計算し直しました")
    assert not Action.objects.exists()
    expect(window.get_by_text("保存していない変更があります")).to_be_visible()
    keys.press("Control+s")
    expect(window.get_by_role("status").first).to_contain_text("1行を保存しました")
    assert Action.objects.get().capacity == 4


def test_enter_and_arrows_move_between_rows_and_the_last_row_is_followed_by_a_new_one(
    visits: Visits, office: World
) -> None:
    window = visits.window()
    log_in(window, office.people["officer"].email)
    window.goto(f"/{office.authority.code}/plan/actions/")
    _cell(window, 1, "年度").focus()
    window.keyboard.press("ArrowDown")
    expect(_cell(window, 2, "年度")).to_be_focused()
    window.keyboard.press("Enter")
    expect(_cell(window, 3, "年度")).to_be_focused()
    window.keyboard.press("Shift+Enter")
    expect(_cell(window, 2, "年度")).to_be_focused()
    window.keyboard.press("Enter")
    window.keyboard.press("Enter")
    expect(_cell(window, 4, "年度")).to_be_focused()
    expect(window.locator("input[name=rows]")).to_have_value("4")
    window.keyboard.type("R5")
    expect(window.locator("[name='4-fiscal_year']")).to_have_value("R5")
    expect(window.locator("#worked")).to_contain_text("取組 4行目")


def test_a_home_s_units_are_offered_when_its_row_names_it(visits: Visits, office: World) -> None:
    window = visits.window()
    log_in(window, office.people["officer"].email)
    window.goto(f"/{office.authority.code}/plan/actions/")
    _cell(window, 1, "施設ID").select_option(label="架空姉妹園")
    listed = window.locator("[name='1-unit_id']").get_attribute("list")
    assert listed == "units-s"
    assert window.locator(f"#{listed} option").get_attribute("value") == "s4"


def _makes_the_head(window: Page) -> None:
    window.get_by_role("link", name="計画の枠を作る").first.click()
    for label, typed in (
        ("計画名", "架空計画"),
        ("基準日", "R4.3.31"),
        ("計画開始年度", "R4"),
        ("計画終了年度", "R5"),
        ("長期目標年度", "R11"),
    ):
        window.get_by_label(label).fill(typed)
    window.get_by_role("button", name="保存する").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("架空計画")


def _enters_the_need(window: Page) -> None:
    rows = (("令和4年度 3歳以上", "18"), ("令和5年度 3歳以上", "22"))
    for row, children in rows:
        _named(window, f"{row} 人数").fill(children)
    _saves(window, 2)


def _enters_actions(window: Page, javascript: bool) -> None:
    _fill_row(window, 1, ("架空学園", "R5", "新設"), {"種別": "地域小規模児童養護施設"}, "4")
    if javascript:
        expect(_figure(window, "施設の計画の合計").last).to_have_text("23")
    window.get_by_role("button", name="行を増やす").click()
    window.locator("[name='4-fiscal_year']").wait_for()
    _fill_row(window, 4, ("架空姉妹園", "R5", "定員変更"), {}, "4")
    window.locator("[name='4-unit_id']").fill("s4")
    _saves(window, 2)


def _fill_row(
    window: Page, row: int, first: tuple[str, str, str], chosen: dict[str, str], capacity: str
) -> None:
    home, year, action = first
    _cell(window, row, "施設ID").select_option(label=home)
    _cell(window, row, "年度").fill(year)
    _cell(window, row, "取組").select_option(label=action)
    for label, choice in chosen.items():
        _cell(window, row, label).select_option(label=choice)
    _cell(window, row, "定員").fill(capacity)


def _sets_a_target(window: Page) -> None:
    _named(window, "令和5年度 合計定員 値").fill("22")
    _named(window, "令和5年度 合計定員 理由").fill("調整による")
    _saves(window, 1)
    expect(window.locator("#worked")).to_contain_text("調整による")


def _enters_a_cost(window: Page) -> None:
    for name, typed in (
        ("fiscal_year", "R5"),
        ("item", "家賃"),
        ("account", "扶助費"),
        ("amount", "1,200,000"),
        ("programme", "架空負担金"),
        ("national_share", "1/2"),
        ("eligible_rule", "全額"),
        ("source", "見積"),
    ):
        window.locator(f"[name='1-{name}']").fill(typed)
    window.locator("[name='1-timing']").select_option(label="年間")
    _saves(window, 1)
    expect(window.locator("#worked")).to_contain_text("600,000")


def _saves(window: Page, rows: int) -> None:
    window.get_by_role("button", name="保存する").click()
    expect(window.get_by_text(f"{rows}行を保存しました。")).to_be_visible()


def _overview(window: Page) -> None:
    window.get_by_role("link", name="計画の全体").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("架空計画")


def _next_step(window: Page, label: str) -> None:
    step = window.locator(".steps .next")
    expect(step).to_contain_text(label)
    step.get_by_role("link").click()


def _cell(window: Page, row: int, header: str) -> Locator:
    return _named(window, f"{row} {header}")


def _named(window: Page, name: str) -> Locator:
    """Find a cell by the name that a screen reader says."""
    said = re.compile(f"^{name} ?(必須)?$")
    return window.get_by_role("textbox", name=said).or_(window.get_by_role("combobox", name=said))


def _figure(window: Page, head: str) -> Locator:
    table = window.get_by_role("table", name=ALL)
    return table.get_by_role("row", name=re.compile(f"^{head}")).get_by_role("cell")
