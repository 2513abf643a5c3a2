"""Standard jobs, done with real keys and clicks; what they take is counted, and only falls.

The jobs of one office's people begin at their start page, 今日の仕事.
"""

import re

from playwright.sync_api import Page, expect

from tests.web.browser.counting import Hands, Job, hold
from tests.web.browser.practice import Practice
from tests.web.browser.visits import Visits

WHY = Job(
    "why",
    "加算の対象にならない生活単位の理由と条文を見る",
    "See why a unit is not eligible, with the article",
    "今日の仕事 (担当者)",
    most=2,
)
WHICH = Job(
    "which",
    "加算の要件を満たさない生活単位をすべて見る",
    "See which units are not eligible",
    "今日の仕事 (担当者)",
    most=2,
)
WORD = Job("word", "計画書をWordで受け取る", "Get the plan as Word", "今日の仕事 (担当者)", most=3)
DRAFTS = Job(
    "drafts",
    "前年度の認定から、今年度の下書きを作る",
    "Make this year's drafts of what was certified last year",
    "今日の仕事 (施設の職員)",
)


def at_today(visits: Visits, practice: Practice, role: str) -> Page:
    window = visits.window_of(practice.person(role))
    window.goto(f"/{practice.authority.code}/")
    return window


def test_why_a_unit_is_not_eligible_and_which_are_not(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "officer"))
    hands.follow("不可")
    expect(hands.window.get_by_role("table")).to_contain_text("架空")
    hold(WHICH, hands)
    main = hands.window.get_by_role("main")
    hands.click(main.locator("td[data-label='不足しているもの'] a").first, "不足しているもの")
    expect(hands.window.get_by_role("heading", name="この日の判定の理由")).to_be_in_viewport()
    hold(WHY, hands)


def test_the_plan_as_word(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "officer"))
    menu = hands.window.get_by_role("navigation", name="メニュー")
    hands.click(menu.get_by_role("link", name="計画", exact=True), "計画")
    hands.follow("計画書")
    with hands.window.expect_download() as found:
        hands.follow("Wordで作る")
    assert found.value.suggested_filename.endswith(".docx")
    hold(WORD, hands)


def test_last_year_s_drafts(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "home_staff"))
    hands.follow("の申請がまだない加算")
    hands.press_button("下書きを作る")
    expect(hands.window.get_by_role("status")).to_contain_text(re.compile("下書きを.*作りました"))
    hold(DRAFTS, hands)
