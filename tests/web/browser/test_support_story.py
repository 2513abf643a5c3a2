"""The support as it is lived: a lead becomes a unit, a year's records the evidence of April."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from shokibo.web.register.models import Confirmation, Home, Unit
from shokibo.web.support.models import Lead, SupportRecord
from tests.web import support_rows
from tests.web.browser.counting import Hands, Job, hold
from tests.web.browser.visits import Visits, field_of, follow, log_in, press
from tests.web.world import World

SUPERVISION = Job(
    "supervision",
    "スーパーバイズを1回記録する",
    "Record one supervision",
    "今日の仕事 (施設の職員)",
)


@pytest.fixture
def office(committed_world: World) -> Iterator[World]:
    """Give the home nine trainings and eleven supervisions in 令和3年度, and no confirmation."""
    cache.clear()
    for number in range(9):
        support_rows.make_row(
            committed_world, "trainings", code=f"k-{number}", held_on=dt.date(2021, 6, 1)
        )
    for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2):
        day = dt.date(2021 if month > 3 else 2022, month, 1)
        support_rows.make_row(committed_world, "support_log", done_on=day)
    Confirmation.objects.filter(authority=committed_world.authority).delete()
    yield committed_world
    cache.clear()


def test_the_support_is_lived(visits: Visits, office: World) -> None:
    home, officer = (visits.window() for _ in range(2))
    for window, role in ((home, "home_staff"), (officer, "officer")):
        log_in(window, office.people[role].email)

    _finds_housing(officer)
    _proposes_the_opening(home)
    _accepts_and_notes_it(officer)
    assert Lead.objects.get().unit == Unit.objects.get(code="n4")
    _records_the_last_supervision(home)
    assert SupportRecord.objects.filter(duty="duty_supervision").count() == 12
    _confirms(officer)
    evidence = str(Confirmation.objects.get(item="training").evidence)
    assert evidence.startswith("研修9件(うち外部9件、延べ72人)、スーパーバイズ12回")


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


def _records_the_last_supervision(window: Page) -> None:
    window.goto("/")
    hands = Hands(window)
    menu = window.get_by_role("navigation", name="メニュー")
    hands.click(menu.get_by_role("link", name="支援", exact=True), "支援")
    hands.follow("登録する 支援記録")
    expect(field_of(window, "施設")).to_have_value(str(Home.objects.get(name="架空学園").pk))
    hands.click(field_of(window, "実施日"), "実施日")
    hands.type("R4.3.1")
    hands.choose(field_of(window, "支援"), "スーパーバイズ")
    hands.choose(field_of(window, "支援した人"), "施設長")
    hands.press_button("登録する")
    expect(window.get_by_role("status")).to_contain_text("登録しました。")
    hold(SUPERVISION, hands)


def _confirms(window: Page) -> None:
    follow(window, "施設と生活単位", "架空学園", "要件確認を登録する")
    evidence = field_of(window, "根拠資料")
    assert evidence.input_value().startswith("研修9件")
    field_of(window, "確認事項").select_option(label="人材育成")
    field_of(window, "確認日").fill("R4.4.5")
    field_of(window, "変更の理由").fill("4月の確認")
    press(window, "登録する")
    expect(window.get_by_role("status")).to_contain_text("要件確認を登録しました。")
