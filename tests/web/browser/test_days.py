"""A day is typed or picked by keys, and what is read of it stands next to its input."""

from playwright.sync_api import Page, expect

from tests.web.browser.practice import Practice
from tests.web.browser.visits import Visits


def test_a_day_is_shown_in_both_counts_and_picked_with_the_keyboard(
    visits: Visits, practice: Practice
) -> None:
    window = _register(visits, practice)
    day = window.get_by_label("基準日(この日の状況を表示)")
    day.fill("R4.4")
    expect(window.get_by_text("令和4年4月1日ですか")).to_be_visible()
    day.fill("R4.4.8")
    expect(window.get_by_text("令和4年4月8日(2022年、金曜日)")).to_be_visible()
    day.press("Tab")
    window.keyboard.press("Enter")
    calendar = window.get_by_role("dialog", name="カレンダーから日を選ぶ")
    expect(calendar.get_by_role("button", name="令和4年4月8日 金曜日")).to_be_focused()
    window.keyboard.press("ArrowDown")
    window.keyboard.press("ArrowRight")
    window.keyboard.press("Enter")
    expect(calendar).to_be_hidden()
    expect(day).to_have_value("令和4年4月16日")
    expect(day).to_be_focused()


def test_the_calendar_moves_by_months_and_years_and_closes_with_esc(
    visits: Visits, practice: Practice
) -> None:
    window = _register(visits, practice)
    day = window.get_by_label("基準日(この日の状況を表示)")
    day.fill("R1.12.1")
    window.get_by_role("button", name="カレンダー").click()
    calendar = window.get_by_role("dialog", name="カレンダーから日を選ぶ")
    _turn(calendar.page, "次の月", "令和2年1月")
    calendar.get_by_label("年", exact=True).select_option("平成31年・令和元年(2019年)")
    expect(calendar.get_by_role("table", name="平成31年1月")).to_be_visible()
    window.keyboard.press("Escape")
    expect(calendar).to_be_hidden()
    expect(day).to_have_value("R1.12.1")


def _turn(window: Page, button: str, month: str) -> None:
    window.get_by_role("button", name=button).click()
    expect(window.get_by_role("table", name=month)).to_be_visible()


def _register(visits: Visits, practice: Practice) -> Page:
    window = visits.window_of(practice.person("officer"))
    window.goto(f"/{practice.authority.code}/register/")
    return window
