"""The support as it is lived: a lead becomes a unit, a year's records the evidence of April."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from shokibo.web.planning.models import Action, Cost, Plan
from shokibo.web.register.models import Confirmation, Home, Unit
from shokibo.web.support.models import Lead, SupportRecord, Training
from tests.web.browser.counting import Hands, Job, hold
from tests.web.browser.visits import Visits, field_of, follow, log_in, press
from tests.web.world import World

_MOST = 240
"""At two keys a second the two minutes that a step may take."""
_START = "今日の仕事 (施設の職員)"
TRAINING = Job("training", "研修を1回記録する", "Record one training", _START, most=_MOST)
SUPERVISION = Job(
    "supervision", "スーパーバイズを1回記録する", "Record one supervision", _START, most=_MOST
)
YEAR = Job(
    "support_year",
    "研修9回とスーパーバイズ12回を記録し、4月の要件確認の根拠にする",
    "Record nine trainings and twelve supervisions as the evidence of April",
    "今日の仕事 (施設の職員、自治体の担当者)",
)
MONTHS = tuple(f"R{3 if month > 3 else 4}.{month}" for month in (*range(4, 13), 1, 2, 3))
"""The months of 令和3年度 as people type them."""


@pytest.fixture
def office(committed_world: World) -> Iterator[World]:
    """Plan an opening of 令和4年度 with its costs; nothing is recorded or confirmed yet."""
    cache.clear()
    authority, home = committed_world.authority, committed_world.home
    span = {"baseline_on": "2022-03-31", "from_year": 2022, "to_year": 2024}
    Plan.objects.create(authority=authority, title="計画", **span)
    opening = {"fiscal_year": 2022, "action": "open", "unit_kind": "community_home", "capacity": 4}
    Action.objects.create(authority=authority, home=home, **opening)
    Cost.objects.create(
        authority=authority,
        fiscal_year=2022,
        item="家賃",
        account="扶助費",
        timing="annual",
        basis="opened_home",
        amount=1_800_000,
        programme="架空負担金",
        national_share="1/2",
        eligible_rule="full",
    )
    Confirmation.objects.filter(authority=committed_world.authority).delete()
    yield committed_world
    cache.clear()


def test_the_support_is_lived(visits: Visits, office: World) -> None:
    home, officer = (visits.window() for _ in range(2))
    for window, role in ((home, "home_staff"), (officer, "officer")):
        log_in(window, office.people[role].email)

    _finds_housing(officer)
    _sees_the_subsidy(officer)
    _proposes_the_opening(home)
    _accepts_and_notes_it(officer)
    assert Lead.objects.get().unit == Unit.objects.get(code="n4")
    year = Hands(home)
    for nth in range(9):
        _records(home, TRAINING, year, partial(_types_training, nth=nth))
    for month in MONTHS:
        _records(home, SUPERVISION, year, partial(_types_supervision, month=month))
    assert Training.objects.count() == 9
    assert SupportRecord.objects.filter(duty="duty_supervision").count() == 12
    _confirms(officer, year)
    hold(YEAR, year)
    evidence = str(Confirmation.objects.get(item="training").evidence)
    assert evidence.startswith(
        "令和3年度の記録: 研修9件(うち外部9件、延べ72人)、スーパーバイズ12回"
    )


def _finds_housing(window: Page) -> None:
    follow(window, "支援", "物件", "物件を登録する")
    for label, typed in (
        ("物件ID", "b-1"),
        ("把握日", "R4.4.1"),
        ("所在地", "架空町"),
        ("状態の日", "R4.4.2"),
        ("開設予定年度", "R4"),
        ("見込定員", "4"),
        ("月額家賃", "200000"),
    ):
        field_of(window, label).fill(typed)
    field_of(window, "情報源").select_option(label="不動産業者")
    field_of(window, "施設").select_option(label="架空学園")
    field_of(window, "状態").select_option(label="交渉中")
    press(window, "登録する")
    expect(window.get_by_role("status")).to_contain_text("登録しました。")
    follow(window, "修正 b-1 架空町")
    field_of(window, "状態").select_option(label="契約")
    field_of(window, "状態の日").fill("R4.4.4")
    press(window, "保存する")
    assert Lead.objects.get().state == "contracted"


def _proposes_the_opening(window: Page) -> None:
    follow(window, "施設と生活単位", "架空学園", "変更を申し出る")
    window.get_by_label("開設", exact=True).check()
    field_of(window, "適用日").fill("R4.10.1")
    field_of(window, "生活単位名").fill("あさひの家")
    field_of(window, "種別").select_option(label="地域小規模児童養護施設")
    field_of(window, "定員").fill("4")
    field_of(window, "理由").fill("物件を契約したため")
    press(window, "申し出る")
    expect(window.get_by_role("status")).to_contain_text("申し出")


def _accepts_and_notes_it(window: Page) -> None:
    follow(window, "支援", "物件", "開設を記録する b-1 架空町", "開設 あさひの家")
    field_of(window, "生活単位ID").fill("n4")
    press(window, "登録する")
    expect(window.get_by_role("status")).to_contain_text("登録しました")
    follow(window, "支援", "物件", "開設を記録する b-1 架空町")
    expect(field_of(window, "開設日")).to_have_value("令和4年10月1日")
    press(window, "開設として記録する")
    expect(window.get_by_role("status")).to_contain_text("開設を記録しました。")


def _sees_the_subsidy(window: Page) -> None:
    """Nothing is typed: the rent and the place are the lead's, the programme is the plan's."""
    follow(window, "支援", "物件", "見る b-1 架空町")
    main = window.get_by_role("main")
    for known in ("架空町", "架空学園", "この年度の経費には、物件の額が入っています"):
        expect(main).to_contain_text(known)
    row = main.get_by_role("row").filter(has_text="架空負担金")
    for figure in ("国", "2,400,000", "1/2", "1,200,000"):
        expect(row).to_contain_text(figure)


def _records(window: Page, job: Job, year: Hands, fill: Callable[[Hands], None]) -> None:
    """Record one row from the start page, and count it."""
    sheet = "研修" if job is TRAINING else "支援記録"
    window.goto("/")
    hands = Hands(window)
    menu = window.get_by_role("navigation", name="メニュー")
    hands.click(menu.get_by_role("link", name="支援", exact=True), "支援")
    hands.follow(f"登録する {sheet}")
    expect(field_of(window, "施設")).to_have_value(str(Home.objects.get(name="架空学園").pk))
    fill(hands)
    hands.press_button("登録する")
    expect(window.get_by_role("status")).to_contain_text("登録しました。")
    if not year.way or (job is SUPERVISION and SupportRecord.objects.count() == 1):
        hold(job, hands)
    year.add(hands, job)


def _types_training(hands: Hands, nth: int) -> None:
    window = hands.window
    hands.click(field_of(window, "研修ID"), "研修ID")
    hands.type(f"k-{nth}")
    hands.click(field_of(window, "実施日"), "実施日")
    hands.type(f"{MONTHS[nth]}.1")
    hands.click(field_of(window, "研修名"), "研修名")
    hands.word("個別的な養育")
    hands.choose(field_of(window, "目的"), "小規模かつ地域分散化")
    hands.choose(field_of(window, "外部研修"), "○")
    hands.click(field_of(window, "参加人数"), "参加人数")
    hands.type("8")


def _types_supervision(hands: Hands, month: str) -> None:
    window = hands.window
    hands.click(field_of(window, "実施日"), "実施日")
    hands.type(f"{month}.1")
    hands.choose(field_of(window, "支援"), "スーパーバイズ")
    hands.choose(field_of(window, "支援した人"), "施設長")


def _confirms(window: Page, year: Hands) -> None:
    window.goto("/")
    hands = Hands(window)
    hands.turn_to(window, "自治体担当者")
    for name in ("施設と生活単位", "架空学園", "要件確認を登録する"):
        hands.follow(name)
    expect(window.get_by_role("main")).to_contain_text("令和3年度の記録: 研修9件")
    hands.choose(field_of(window, "確認事項"), "人材育成")
    hands.click(field_of(window, "確認日"), "確認日")
    hands.type("R4.4.5")
    hands.click(field_of(window, "変更の理由"), "変更の理由")
    hands.word("4月の確認")
    hands.press_button("登録する")
    expect(window.get_by_role("status")).to_contain_text("要件確認を登録しました。")
    year.add(hands)
