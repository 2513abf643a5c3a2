"""From an empty template to a published plan and what changed since, through the pages alone."""

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from shokibo.web.planning.models import Plan, PlanVersion
from tests.web.browser.drafting import (
    cell,
    choice,
    enters_a_cost,
    enters_actions,
    enters_the_need,
    makes_the_head,
    named,
    overview,
    saves,
    sets_a_target,
)
from tests.web.browser.visits import Visits, log_in
from tests.web.imports import edited
from tests.web.world import OURS, World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_from_an_empty_template_to_a_published_plan(
    visits: Visits, committed_world: World, javascript: bool
) -> None:
    cache.clear()
    officer, approver = (visits.window(javascript=javascript) for _ in range(2))
    log_in(officer, committed_world.people["officer"].email)
    log_in(approver, committed_world.people["approver"].email)

    _brings_in(officer, _filled(_template(officer)))
    assert not Plan.objects.exists()
    _drafts(officer, javascript)
    _proposes(officer, "最初の版")
    _publishes(approver)
    _reduces_the_new_home(officer)
    _sees_what_changed(officer)
    version = PlanVersion.objects.get(authority=committed_world.authority)
    assert (version.state, version.figures["plan"]["authority"]["rows"][-1]["total"]) == (
        "published",
        31,
    )


def _template(officer: Page) -> bytes:
    _menu(officer, "取込・書出")
    with officer.expect_download() as found:
        officer.get_by_role("link", name="空のブック", exact=True).click()
    return Path(found.value.path()).read_bytes()


def _filled(empty: bytes) -> bytes:
    """Write a home with a unit of eight into the empty template, as an officer would."""
    assert load_workbook(io.BytesIO(empty))["施設"].max_row >= 1
    content = edited(
        empty,
        "homes",
        "",
        home_id="n",
        name="架空新園",
        operator="社会福祉法人架空新会",
        authority_code=OURS,
    )
    content = edited(
        content,
        "units",
        "",
        unit_id="n8",
        home_id="n",
        name="本館の家",
        kind="本体施設ユニット",
    )
    return edited(content, "capacities", "", unit_id="n8", effective_from="H31.4.1", capacity="8")


def _brings_in(officer: Page, content: bytes) -> None:
    officer.get_by_label("台帳のブック").set_input_files(
        {"name": "新しい台帳.xlsx", "mimeType": XLSX, "buffer": content}
    )
    officer.get_by_role("button", name="読み込んで確かめる").click()
    expect(officer.get_by_text("追加3行、変更0行、削除0行。")).to_be_visible()
    officer.get_by_role("button", name="取り込む", exact=True).click()
    expect(officer.get_by_text("を取り込みました。")).to_be_visible()


def _drafts(officer: Page, javascript: bool) -> None:
    _menu(officer, "計画")
    makes_the_head(officer)
    for step, enters in (
        ("2 必要量", enters_the_need),
        ("3 取組", lambda window: enters_actions(window, javascript, "31")),
        ("4 目標", sets_a_target),
        ("5 経費", enters_a_cost),
    ):
        officer.locator(".steps").get_by_role("link", name=step).click()
        enters(officer)
        overview(officer)


def _proposes(officer: Page, note: str) -> None:
    officer.get_by_role("link", name="版管理・公表").click()
    officer.get_by_role("link", name="公表を起案する").click()
    officer.get_by_label("変更の内容").fill(note)
    officer.get_by_role("main").get_by_role("button", name="起案する", exact=True).click()
    expect(officer.get_by_role("status")).to_contain_text("起案しました")


def _publishes(approver: Page) -> None:
    _menu(approver, "今日の仕事")
    approver.get_by_role("link", name="起案された計画を公表する").click()
    approver.get_by_role("link", name="公表する", exact=True).click()
    approver.get_by_label("策定日が空欄のまま公表する").check()
    approver.get_by_role("main").get_by_role("button", name="公表する", exact=True).click()
    expect(approver.get_by_role("status")).to_contain_text("数値と文書を固定しました")


def _reduces_the_new_home(officer: Page) -> None:
    officer.goto(f"/{OURS}/plan/actions/")
    choice(officer, 3, "home_id").select_option(label="架空新園")
    cell(officer, 3, "年度").fill("令和5年度")
    choice(officer, 3, "action").select_option(label="定員変更")
    named(officer, "3 生活単位ID").fill("n8")
    cell(officer, 3, "定員").fill("6")
    saves(officer, 1)


def _sees_what_changed(officer: Page) -> None:
    officer.get_by_role("link", name="版管理・公表").click()
    officer.get_by_role("link", name="版を比べる").click()
    words = officer.get_by_role("region", name="言葉で")
    expect(words).to_contain_text("定員8人のユニット1か所を定員6人に")
    expect(officer.get_by_role("table", name="架空新園")).to_contain_text("△2")


def _menu(window: Page, label: str) -> None:
    menu = window.get_by_role("navigation", name="メニュー")
    menu.get_by_role("link", name=label, exact=True).click()
