"""The ten standard jobs, done with real keys and clicks; what they take is counted, and only falls.

The jobs of one office's people begin at their start page, 今日の仕事.
"""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from shokibo.law.requirements import DUTIES, REQUIREMENTS
from shokibo.web.certification.models import Application
from shokibo.web.planning.models import Action
from shokibo.web.register.models import Capacity, Confirmation
from shokibo.web.returns.models import Return
from tests.web.applications import submitted
from tests.web.browser.counting import Hands, Job, hold
from tests.web.browser.practice import Practice
from tests.web.browser.visits import Visits, field_of
from tests.web.world import World

ACTION = Job(
    "action",
    "計画の取組を1件登録する(施設、年度、新設、種別、定員)",
    "Enter one action of the plan: home, year, opening, kind, places",
    "今日の仕事 (担当者)",
    most=12,
    of="keys",
)
CAPACITY = Job(
    "capacity", "生活単位の定員を変える", "Change the places of a unit", "今日の仕事 (担当者)"
)
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
TWENTY = Job(
    "twenty",
    "申請20件を認定する(担当者の起案と、決裁者の決裁)",
    "Certify 20 applications: the officer proposes, the approver decides",
    "今日の仕事 (担当者), in an office of 20 applications",
)
FIFTEEN = Job(
    "fifteen",
    "要件確認を15件登録する",
    "Enter 15 confirmations",
    "今日の仕事 (担当者)",
    most=40,
)
FORM = Job(
    "form_1",
    "様式1を起案し、提出する(担当者と決裁者)",
    "Draft form 1 and submit it",
    "今日の仕事 (担当者)",
)
WORD = Job("word", "計画書をWordで受け取る", "Get the plan as Word", "今日の仕事 (担当者)", most=3)
RETURNED = Job(
    "returned",
    "差し戻された申請を修正し、提出する",
    "Correct an application that was returned, and submit it",
    "今日の仕事 (施設の職員)",
)
DRAFTS = Job(
    "drafts",
    "前年度の認定から、今年度の下書きを作る",
    "Make this year's drafts of what was certified last year",
    "今日の仕事 (施設の職員)",
)


@pytest.fixture
def many(committed_world: World) -> Iterator[World]:
    """Return an office in which a home has applied for twenty units."""
    cache.clear()
    for number in range(20):
        submitted(committed_world, f"n{number:02}")
    yield committed_world
    cache.clear()


def at_today(visits: Visits, practice: Practice, role: str) -> Page:
    window = visits.window_of(practice.person(role))
    window.goto(f"/{practice.authority.code}/")
    return window


def test_one_action_of_the_plan(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "officer"))
    menu = hands.window.get_by_role("navigation", name="メニュー")
    hands.click(menu.get_by_role("link", name="計画", exact=True), "計画")
    hands.follow("取組")
    hands.choose(hands.window.get_by_label("施設", exact=True), "東京育成園")
    hands.press_button("表示")
    hands.click(hands.window.locator("tr.blank [name$='-fiscal_year']").first, "年度")
    hands.type("R6")
    hands.press("Tab")
    hands.type("o")
    hands.press("Tab", 2)
    hands.type("c")
    hands.press("Tab", 3)
    hands.type("4")
    hands.press("Control+s")
    expect(hands.window.get_by_role("status").first).to_contain_text("保存しました(追加1行)")
    made = Action.objects.latest("pk")
    assert (made.home, made.fiscal_year, made.action) == (practice.home, 2024, "open")
    assert (made.unit_kind, made.capacity) == ("community_home", 4)
    hold(ACTION, hands)


def test_one_capacity(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "officer"))
    hands.follow("施設と生活単位")
    hands.follow("架空 あおぞらの家")
    hands.follow("定員を変える")
    hands.click(field_of(hands.window, "適用開始日"), "適用開始日")
    hands.type("R5.7.1")
    hands.press("Tab", 2)
    hands.type("5")
    hands.press("Enter")
    expect(hands.window.get_by_role("status").first).to_be_visible()
    assert Capacity.objects.filter(unit=practice.unit, effective_from="2023-07-01").exists()
    hold(CAPACITY, hands)


def test_why_a_unit_is_not_eligible_and_which_are_not(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "officer"))
    hands.follow("不可")
    expect(hands.window.get_by_role("table")).to_contain_text("架空")
    hold(WHICH, hands)
    main = hands.window.get_by_role("main")
    hands.click(main.locator("td[data-label='判定の理由'] a").first, "判定の理由")
    expect(hands.window.get_by_role("heading", name="この日の判定の理由")).to_be_in_viewport()
    hold(WHY, hands)


def test_twenty_certifications(visits: Visits, many: World) -> None:
    officer, approver = (visits.window_of(many.people[role]) for role in ("officer", "approver"))
    for window in (officer, approver):
        window.goto(f"/{many.authority.code}/")
    hands = Hands(officer)
    hands.follow("申請を審査する")
    hands.follow("表示中のすべてを選ぶ")
    hands.press_button("選んだものの認定を起案")
    hands.press_button("起案する")
    approver.reload()
    hands.turn_to(approver, "決裁者")
    hands.follow("起案された決定を決裁する")
    hands.follow("表示中のすべてを選ぶ")
    hands.press_button("選んだものを認定")
    hands.press_button("認定する")
    expect(approver.get_by_role("main")).to_contain_text("20件")
    assert Application.objects.filter(unit__code__startswith="n", state="certified").count() == 20
    hold(TWENTY, hands)


def test_fifteen_confirmations(visits: Visits, practice: Practice) -> None:
    """Two homes and eight requirements, of which one was confirmed before.

    What was confirmed without an end (long_term_plan) is skipped.
    """
    items = [*REQUIREMENTS.values(), *DUTIES.values()][:9]
    one = Confirmation.objects.filter(home=practice.home, expires_on="2024-03-31").earliest("pk")
    Confirmation.objects.exclude(pk=one.pk).filter(confirmed_on__gte="2023-04-01").delete()
    Confirmation.objects.filter(pk=one.pk).update(item=items[0])
    hands = Hands(at_today(visits, practice, "officer"))
    hands.follow("切れた要件確認")
    hands.click(hands.window.locator("tr.every .word").first, "すべての施設")
    for item in items:
        if item == "long_term_plan":
            hands.press("Tab", 2)
            continue
        hands.type("1")
        hands.press("Tab")
        hands.word("監査資料")
        hands.press("Tab")
    hands.press_button("1行目を空欄に写す")
    hands.click(field_of(hands.window, "変更の理由"), "変更の理由")
    hands.word("4月の確認")
    hands.press("Control+s")
    expect(hands.window.get_by_role("status").first).to_contain_text("要件確認を15件登録しました")
    hold(FIFTEEN, hands)


def test_form_1_from_draft_to_sent(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "officer"))
    hands.follow("様式1")
    hands.press_button("起案する")
    expect(hands.window.get_by_role("heading", level=1)).to_contain_text("様式1(令和5年度)")
    hands.turn_to(at_today(visits, practice, "approver"), "決裁者")
    hands.follow("様式1(令和5年度)")
    hands.follow("提出する")
    hands.click(field_of(hands.window, "文書番号"), "文書番号")
    hands.word("5世児第130号")
    hands.press("Tab")
    hands.type("R5.4.28")
    hands.press("Enter")
    expect(hands.window.get_by_role("status")).to_contain_text("数値とファイルを固定しました")
    assert Return.objects.get(form=1, fiscal_year=2023).state == "submitted"
    hold(FORM, hands)


def test_the_plan_as_word(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "officer"))
    menu = hands.window.get_by_role("navigation", name="メニュー")
    hands.click(menu.get_by_role("link", name="計画", exact=True), "計画")
    hands.follow("計画書")
    with hands.window.expect_download() as found:
        hands.follow("Wordで作る")
    assert found.value.suggested_filename.endswith(".docx")
    hold(WORD, hands)


def test_a_home_s_returned_application(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "home_staff"))
    hands.follow("架空 こもれびの家")
    hands.follow("修正して新しい版を作る")
    hands.press_button("修正して新しい版を作る")
    hands.click(field_of(hands.window, "適用開始月"), "適用開始月")
    hands.press("Control+a")
    hands.type("R5.5")
    hands.press_button("下書きを保存する")
    hands.follow("提出する")
    hands.press_button("提出する")
    expect(hands.window.get_by_role("status")).to_contain_text("提出しました")
    hold(RETURNED, hands)


def test_last_year_s_drafts(visits: Visits, practice: Practice) -> None:
    hands = Hands(at_today(visits, practice, "home_staff"))
    hands.follow("の申請がまだない加算")
    hands.press_button("下書きを作る")
    expect(hands.window.get_by_role("status")).to_contain_text(re.compile("下書きを.*作りました"))
    hold(DRAFTS, hands)
