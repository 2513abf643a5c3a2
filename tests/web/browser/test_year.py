"""The year as a story, through the pages only: staff, application, decision, letter, report."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import docx
import pytest
from django.core.cache import cache
from django.urls import resolve
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from shokibo.web.accounts.roles import Auditor
from shokibo.web.register.models import Capacity
from tests.web.applications import unit_of_four
from tests.web.browser.visits import (
    Visits,
    downloaded,
    field_of,
    follow,
    log_in,
    press,
    row_of,
)
from tests.web.world import World

UNIT = "soraの家"
COMMENT = "職員数から、加配できるのは1人までです"


@pytest.fixture
def office(committed_world: World) -> Iterator[World]:
    """Give a home a unit of six places with three staff, for which nothing is applied yet."""
    cache.clear()
    unit = unit_of_four(committed_world, "sora", staff=3)
    Capacity.objects.filter(unit=unit).update(capacity=6)
    yield committed_world
    cache.clear()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_the_year(visits: Visits, office: World, javascript: bool) -> None:
    def window_of(role: str) -> Page:
        window = visits.window(javascript=javascript)
        log_in(window, office.people[role].email)
        return window

    home, officer, approver = (window_of(role) for role in ("home_staff", "officer", "approver"))

    _keeps_its_staff(home)
    _proposes_a_capacity(home)
    _applies(home, javascript)
    _accepts_the_proposal(officer)
    _returns_it(officer)
    _corrects_it(home, javascript)
    _proposes_to_certify(officer)
    _certifies(approver)
    _writes_the_letter(approver)
    _reads_the_outcome(home)
    _drafts_the_form(officer)
    _submits_the_form(approver)
    _drafts_the_correction(officer)
    _submits_the_form(approver)
    _reads_everything(window_of("auditor"))
    _reads_what_was_submitted(window_of("ministry"))


def _keeps_its_staff(home: Page) -> None:
    follow(home, "施設と生活単位", "架空学園", UNIT, "職員の配置を登録する")
    field_of(home, "職員ID").fill("sora-9")
    for label, choice in (
        ("生活単位", f"{UNIT}(地域小規模児童養護施設)"),
        ("職種", "保育士"),
        ("雇用形態", "常勤"),
        ("役割", "直接養育"),
        ("専任", "○"),
        ("本体勤務ローテーション", "×"),
    ):
        field_of(home, label).select_option(label=choice)
    press(home, "登録する")
    expect(row_of(home, "sora-9")).to_be_visible()


def _proposes_a_capacity(home: Page) -> None:
    follow(home, "施設と生活単位", "架空学園", UNIT, "変更を申し出る")
    home.get_by_label("定員の変更").check()
    field_of(home, "適用日").fill("R4.4.1")
    field_of(home, "定員").fill("4")
    field_of(home, "理由").fill("小規模化のため")
    press(home, "申し出る")
    expect(home.get_by_role("status")).to_contain_text("申し出ました")


def _applies(home: Page, javascript: bool) -> None:
    follow(home, "申請", "新しく申請する")
    field_of(home, "加算区分").select_option(label="小規模かつ地域分散化加算")
    field_of(home, "生活単位").select_option(label=f"{UNIT}(地域小規模児童養護施設)")
    _ask_for(home, "2", javascript)
    panel = home.get_by_role("region", name="要件の判定")
    expect(panel).to_contain_text("申請の2人は認定できません")
    press(home, "下書きを保存する")
    follow(home, "提出する")
    field_of(home, "加配できる数を超えて申請する理由").fill("もう1人を採用する予定のため")
    press(home, "提出する")
    expect(home.get_by_role("status")).to_contain_text("提出しました")


def _ask_for(home: Page, extra: str, javascript: bool) -> None:
    """Write the number; the judgement follows by itself, or by the button."""
    field_of(home, "申請加配数").fill(extra)
    if javascript:
        field_of(home, "申請加配数").press("Tab")
    else:
        press(home, "判定する")


def _accepts_the_proposal(officer: Page) -> None:
    follow(officer, "施設と生活単位", "架空学園", "台帳に登録する")
    press(officer, "登録する")
    expect(officer.get_by_role("main")).to_contain_text("この変更は、認定済みの月に影響します")
    field_of(officer, "変更の理由").fill("申出を確かめた")
    press(officer, "登録する")
    expect(officer.get_by_role("status")).to_contain_text("台帳に登録しました")


def _returns_it(officer: Page) -> None:
    follow(officer, "審査と認定")
    row_of(officer, UNIT).get_by_role("link").click()
    follow(officer, "差し戻す")
    field_of(officer, "申請加配数").fill(COMMENT)
    press(officer, "差し戻す")
    expect(officer.get_by_role("status")).to_contain_text("差し戻しました")


def _corrects_it(home: Page, javascript: bool) -> None:
    follow(home, "申請")
    row_of(home, "修正して提出してください").get_by_role("link").click()
    follow(home, "修正して新しい版を作る")
    press(home, "修正して新しい版を作る")
    expect(field_of(home, "申請加配数").locator("..")).to_contain_text(COMMENT)
    _ask_for(home, "1", javascript)
    panel = home.get_by_role("region", name="要件の判定")
    expect(panel).to_contain_text("加配1人まで可")
    expect(panel).not_to_contain_text("認定できません")
    press(home, "下書きを保存する")
    expect(home.get_by_role("region", name="前の版との違い")).to_contain_text("申請加配数")
    follow(home, "提出する")
    press(home, "提出する")


def _proposes_to_certify(officer: Page) -> None:
    follow(officer, "審査と認定")
    row_of(officer, UNIT).get_by_role("link").click()
    follow(officer, "認定・不認定を起案する")
    expect(officer.get_by_label("認定", exact=True)).to_be_checked()
    field_of(officer, "理由・所見").fill("要件と職員配置を確認した")
    press(officer, "起案する")
    expect(officer.get_by_role("status")).to_contain_text("決裁者の決裁を待ちます")


def _certifies(approver: Page) -> None:
    follow(approver, "審査と認定")
    row_of(approver, UNIT).get_by_role("link").click()
    follow(approver, "決裁する")
    press(approver, "認定する")
    expect(approver.get_by_role("status")).to_contain_text("決裁しました")


def _writes_the_letter(approver: Page) -> None:
    follow(approver, "通知書を作る")
    field_of(approver, "文書番号").fill("4架空第1号")
    field_of(approver, "通知日").fill("R4.4.22")
    pdf = PdfReader(downloaded(approver, "PDFで作る"))
    word = docx.Document(downloaded(approver, "Wordで作る"))
    tables = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    for text in (
        "".join(page.extract_text() for page in pdf.pages),
        "".join([*(paragraph.text for paragraph in word.paragraphs), *tables]),
    ):
        assert {"4架空第1号", "令和4年4月22日", UNIT} <= set(_said(text))


def _said(text: str) -> Iterator[str]:
    for words in ("4架空第1号", "令和4年4月22日", UNIT):
        if words in re.sub(r"\s", "", text):
            yield words


def _reads_the_outcome(home: Page) -> None:
    follow(home, "申請")
    corrected = home.get_by_role("link", name="2022-0001-2", exact=True)
    expect(home.get_by_role("row").filter(has=corrected)).to_contain_text("認定")


def _drafts_the_form(officer: Page) -> None:
    follow(officer, "国への報告", "様式1")
    press(officer, "起案する")
    expect(officer.get_by_role("heading", level=1)).to_contain_text("様式1(令和4年度)")
    expect(row_of(officer, UNIT)).to_be_visible()


def _submits_the_form(approver: Page) -> None:
    follow(approver, "国への報告")
    row_of(approver, "作成中").get_by_role("link", name="開く").click()
    follow(approver, "提出する")
    field_of(approver, "文書番号").fill("4架子第1号")
    field_of(approver, "文書の日付").fill("R4.4.28")
    press(approver, "提出する")
    expect(approver.get_by_role("status")).to_contain_text("数値とファイルを固定しました")


def _drafts_the_correction(officer: Page) -> None:
    follow(officer, "国への報告")
    row_of(officer, "提出済み").get_by_role("link", name="開く").click()
    press(officer, "訂正を起案する")
    field_of(officer, "訂正の理由・備考").fill("文書番号の誤り")
    press(officer, "保存する")
    expect(officer.get_by_role("status")).to_contain_text("保存しました")


def _reads_everything(auditor: Page) -> None:
    _offers_no_write(auditor)
    for way in (
        ("施設と生活単位", "架空学園"),
        ("施設と生活単位", "架空学園", UNIT),
        ("施設と生活単位", "架空学園", "職員"),
        ("審査と認定", "すべて"),
        ("国への報告", "様式1"),
        ("国への報告", "開く"),
        ("記録",),
        ("記録", "職員の記録の閲覧"),
    ):
        follow(auditor, *way)
        _offers_no_write(auditor)
    follow(auditor, "審査と認定", "すべて")
    row_of(auditor, UNIT).last.get_by_role("link").click()
    _offers_no_write(auditor)
    follow(auditor, "記録")
    expect(auditor.get_by_role("cell", name="報告の提出").first).to_be_visible()


def _offers_no_write(window: Page) -> None:
    """Hold a page to forms that only ask, and to links that lead to what an auditor may read."""
    main = window.get_by_role("main")
    assert main.locator("form[method=post]").count() == 0, window.url
    for link in main.get_by_role("link").all():
        path = urlsplit(link.get_attribute("href") or "").path
        page = resolve(path).func if path else None
        assert set(getattr(page, "permissions", Auditor.permissions)) & Auditor.permissions, path


def _reads_what_was_submitted(ministry: Page) -> None:
    expect(row_of(ministry, "架空県")).to_contain_text("訂正1回目")
    follow(ministry, "架空県")
    expect(ministry.get_by_role("main")).to_contain_text("文書番号の誤り")
    expect(row_of(ministry, UNIT)).to_be_visible()
