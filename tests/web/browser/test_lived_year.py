"""A whole year as an office lives it, through the pages: April's drafts to May's correction."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from shokibo.law.requirements import REQUIREMENTS
from shokibo.web.register.models import Capacity, Confirmation
from tests.web.applications import standing, unit_of_four
from tests.web.browser.visits import Visits, downloaded, field_of, follow, log_in, press, row_of
from tests.web.world import World

UNIT = "soraの家"


@pytest.fixture
def office(committed_world: World) -> Iterator[World]:
    """Give a home a unit of six places with five staff, certified for two the year before.

    Nothing is confirmed yet of what the law asks of its homes.
    """
    cache.clear()
    unit = unit_of_four(committed_world, "sora", staff=5)
    Capacity.objects.filter(unit=unit).update(capacity=6)
    Confirmation.objects.filter(authority=committed_world.authority).delete()
    april = dt.date(2021, 4, 1)
    given = {"fiscal_year": 2021, "requested_extra": 2, "certified_extra": 2}
    days = {"start_month": april, "applied_on": april, "decided_on": april}
    standing(committed_world, "certified", unit, **given, **days)
    yield committed_world
    cache.clear()


def test_the_year_is_lived(visits: Visits, office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    home, officer, approver = (visits.window() for _ in range(3))
    for window, role in ((home, "home_staff"), (officer, "officer"), (approver, "approver")):
        log_in(window, office.people[role].email)

    _drafts_and_applies(home, officer)
    _confirms_the_requirements(officer)
    _proposes_to_certify(officer)
    _certifies(approver)
    _leaves_in_september(home)
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-09-12")
    _proposes_the_change(officer)
    _decides_on_the_change(approver)
    _writes_its_letter(approver)
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-12-12")
    _goes_on_leave(home)
    _proposes_the_end(officer)
    monkeypatch.setenv("SHOKIBO_TODAY", "2023-01-10")
    _decides_on_the_end(approver)
    monkeypatch.setenv("SHOKIBO_TODAY", "2023-04-10")
    _reports_the_year(officer, approver, "5架子第1号", "R5.4.10")
    monkeypatch.setenv("SHOKIBO_TODAY", "2023-05-15")
    _corrects_the_report(officer, approver)


def _drafts_and_applies(home: Page, officer: Page) -> None:
    officer.goto(officer.url)
    expect(officer.get_by_role("main")).to_contain_text("令和4年度の申請がまだない加算")
    follow(home, "令和4年度の申請がまだない加算")
    press(home, "下書きを作る")
    row_of(home, UNIT).filter(has_text="作成中").get_by_role("link").click()
    follow(home, "提出する")
    press(home, "提出する")
    expect(home.get_by_role("status")).to_contain_text("提出しました")


def _confirms_the_requirements(officer: Page) -> None:
    """Fill in the first row, copy it to every home, and save; other units are certified already."""
    follow(officer, "施設と生活単位", "要件確認をまとめて登録する")
    field_of(officer, "確認日").fill("R4.4.5")
    for item in REQUIREMENTS.values():
        officer.locator(f"[name='every-{item}-result']").select_option("1")
        officer.locator(f"[name='every-{item}-evidence']").fill("監査資料")
    press(officer, "1行目を空欄に写す")
    expect(officer.get_by_role("status")).to_contain_text("6か所に写しました")
    press(officer, "保存する")
    _gives_the_reason(officer, "年度当初の確認", "保存する")
    expect(officer.get_by_role("status")).to_contain_text("要件確認を6件登録しました")


def _proposes_to_certify(officer: Page) -> None:
    follow(officer, "審査と認定")
    row_of(officer, UNIT).get_by_role("link").click()
    follow(officer, "認定・不認定を起案する")
    expect(field_of(officer, "認定する加配数")).to_have_value("2")
    press(officer, "起案する")


def _certifies(approver: Page) -> None:
    follow(approver, "審査と認定")
    row_of(approver, UNIT).get_by_role("link").click()
    follow(approver, "決裁する")
    press(approver, "認定する")
    expect(approver.get_by_role("status")).to_contain_text("決裁しました")


def _leaves_in_september(home: Page) -> None:
    follow(home, "施設と生活単位", "架空学園", "職員")
    row_of(home, "sora-0").get_by_role("link", name="終了する").click()
    field_of(home, "配置終了日").fill("R4.9.10")
    press(home, "配置を終了する")
    _gives_the_reason(home, "退職", "配置を終了する")


def _gives_the_reason(home: Page, why: str, button: str) -> None:
    expect(home.get_by_role("main")).to_contain_text("この変更は、認定済みの月に影響します")
    field_of(home, "変更の理由").fill(why)
    press(home, button)
    expect(home.get_by_role("status")).to_be_visible()


def _proposes_the_change(officer: Page) -> None:
    follow(officer, "審査と認定")
    officer.get_by_role("link", name="から1人とする変更を起案する").click()
    expect(field_of(officer, "変更する月")).to_have_value("令和4年10月")
    expect(field_of(officer, "変更後の加配数")).to_have_value("1")
    field_of(officer, "理由").fill("職員が退職した")
    press(officer, "加配数の変更を起案する")
    expect(officer.get_by_role("status")).to_contain_text("決裁者の決裁を待ちます")


def _decides_on_the_change(approver: Page) -> None:
    follow(approver, "今日の仕事")
    _opens_what_waits(approver)
    expect(approver.get_by_role("main")).to_contain_text("令和4年10月から1人")
    press(approver, "認定を変更する")
    expect(approver.get_by_role("status")).to_contain_text("認定を変更しました")


def _opens_what_waits(approver: Page) -> None:
    waits = approver.get_by_role("listitem").filter(has_text="起案された終了・変更を決裁する")
    waits.get_by_role("link", name=re.compile(UNIT)).click()


def _writes_its_letter(approver: Page) -> None:
    main = approver.get_by_role("main")
    changed = main.get_by_role("term").filter(has_text="変更後の申請")
    changed.locator("+ dd").get_by_role("link").click()
    follow(approver, "通知書を作る")
    (page,) = PdfReader(downloaded(approver, "PDFで作る")).pages
    words = re.sub(r"\s", "", page.extract_text())
    assert "小規模かつ地域分散化加算認定変更通知書" in words
    assert "変更後加配する職員1名（令和4年10月から令和5年3月まで）" in words


def _goes_on_leave(home: Page) -> None:
    follow(home, "施設と生活単位", "架空学園", "職員")
    row_of(home, "sora-1").get_by_role("link", name="休業").click()
    field_of(home, "開始日").fill("R4.12.15")
    field_of(home, "区分").select_option(label="産前産後休業")
    field_of(home, "職員数に算入").select_option(label="×")
    press(home, "登録する")
    _gives_the_reason(home, "産休", "登録する")


def _proposes_the_end(officer: Page) -> None:
    follow(officer, "審査と認定")
    officer.get_by_role("link", name="での終了を起案する").click()
    expect(field_of(officer, "終了日")).to_have_value("令和4年12月31日")
    field_of(officer, "理由").fill("代わりの職員がいない")
    press(officer, "認定の終了を起案する")


def _decides_on_the_end(approver: Page) -> None:
    follow(approver, "今日の仕事")
    _opens_what_waits(approver)
    press(approver, "認定を終了する")
    expect(approver.get_by_role("status")).to_contain_text("認定を終了しました")
    follow(approver, "通知書を作る")
    (page,) = PdfReader(downloaded(approver, "PDFで作る")).pages
    assert "終了日令和4年12月31日" in re.sub(r"\s", "", page.extract_text())


def _reports_the_year(officer: Page, approver: Page, number: str, day: str) -> None:
    follow(officer, "国への報告", "様式2")
    expect(officer.get_by_role("main")).to_contain_text(UNIT)
    expect(officer.get_by_role("main")).to_contain_text("令和4年10月")
    press(officer, "起案する")
    _submits(approver, number, day)


def _submits(approver: Page, number: str, day: str) -> None:
    follow(approver, "国への報告")
    row_of(approver, "作成中").get_by_role("link", name="開く").click()
    follow(approver, "提出する")
    field_of(approver, "文書番号").fill(number)
    field_of(approver, "文書の日付").fill(day)
    press(approver, "提出する")
    expect(approver.get_by_role("status")).to_contain_text("数値とファイルを固定しました")


def _corrects_the_report(officer: Page, approver: Page) -> None:
    follow(officer, "国への報告")
    row_of(officer, "提出済み").get_by_role("link", name="開く").click()
    press(officer, "訂正を起案する")
    field_of(officer, "訂正の理由・備考").fill("文書番号の誤り")
    press(officer, "保存する")
    _submits(approver, "5架子第2号", "R5.5.15")
    expect(approver.get_by_role("main")).to_contain_text("文書番号の誤り")
