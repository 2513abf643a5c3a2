"""A plan drafted through the pages: the steps that tests of the browser share."""

import re

from playwright.sync_api import Locator, Page, expect

ALL = "年度末の姿(全施設)"


def makes_the_head(window: Page) -> None:
    """Make the head of the plan of two years."""
    window.get_by_role("link", name="計画の基本事項を登録する").first.click()
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


def enters_the_need(window: Page) -> None:
    """Enter the need of both years."""
    rows = (("令和4年度 3歳以上", "18"), ("令和5年度 3歳以上", "22"))
    for row, children in rows:
        named(window, f"{row} 人数").fill(children)
    saves(window, 2)


def enters_actions(window: Page, javascript: bool, total: str = "23") -> None:
    """Open a group home of four, and reduce another."""
    fill_row(window, 1, ("架空学園", "R5", "新設"), {"unit_kind": "地域小規模児童養護施設"}, "4")
    if javascript:
        expect(figure(window, "施設の計画の合計").last).to_have_text(total)
    window.get_by_role("button", name="行を増やす").click()
    window.locator("[name='4-fiscal_year']").wait_for()
    fill_row(window, 4, ("架空姉妹園", "R5", "定員変更"), {}, "4")
    window.locator("[name='4-unit_id']").fill("s4")
    saves(window, 2)


def fill_row(
    window: Page, row: int, first: tuple[str, str, str], chosen: dict[str, str], capacity: str
) -> None:
    """Fill in a row of the grid of actions."""
    home, year, action = first
    choice(window, row, "home_id").select_option(label=home)
    cell(window, row, "年度").fill(year)
    choice(window, row, "action").select_option(label=action)
    for column, label in chosen.items():
        choice(window, row, column).select_option(label=label)
    cell(window, row, "定員").fill(capacity)


def sets_a_target(window: Page) -> None:
    """Set a target below the homes' plans, with its reason."""
    named(window, "令和5年度 合計定員 値").fill("22")
    named(window, "令和5年度 合計定員 理由").fill("調整による")
    saves(window, 1)
    expect(window.locator("#worked")).to_contain_text("調整による")


def enters_a_cost(window: Page) -> None:
    """Enter the rent of a group home."""
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
    saves(window, 1)
    expect(window.locator("#worked")).to_contain_text("600,000")


def saves(window: Page, rows: int) -> None:
    """Save a grid, and see how many rows it saved."""
    window.get_by_role("button", name="保存する").click()
    expect(window.get_by_text(re.compile(rf"保存しました\(.*{rows}行\)"))).to_be_visible()


def overview(window: Page) -> None:
    """Go to the plan as a whole."""
    window.get_by_role("link", name="計画の全体").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("架空計画")


def next_step(window: Page, label: str) -> None:
    """Follow the step that is reported as the next."""
    step = window.locator(".steps .next")
    expect(step).to_contain_text(label)
    step.get_by_role("link").click()


def cell(window: Page, row: int, header: str) -> Locator:
    """Find a cell of a grid by its row and header."""
    return named(window, f"{row} {header}")


def choice(window: Page, row: int, column: str) -> Locator:
    """Find the list of a cell that chooses, which a script covers with a word."""
    return window.locator(f"[name='{row}-{column}']")


def named(window: Page, name: str) -> Locator:
    """Find a cell by the name that a screen reader says."""
    said = re.compile(f"^{name} ?(必須)?$")
    return window.get_by_role("textbox", name=said).or_(window.get_by_role("combobox", name=said))


def figure(window: Page, head: str) -> Locator:
    """Find the figures of a row of the year-end table."""
    table = window.get_by_role("table", name=ALL)
    return table.get_by_role("row", name=re.compile(f"^{head}")).get_by_role("cell")
