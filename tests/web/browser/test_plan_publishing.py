"""A plan's way to its public, through the pages: a text, a proposal, publication, comparison."""

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Page, expect

from shokibo.web.audit.recording import Act, change
from shokibo.web.planning.models import Action
from tests.web.browser.visits import Visits, field_of, log_in
from tests.web.plan_versions import plan_of
from tests.web.world import OURS, World

PLAN = f"/{OURS}/plan"


@pytest.fixture
def office(committed_world: World, tmp_path: Path) -> Iterator[World]:
    """Return an office with a plan that was never published."""
    cache.clear()
    yield plan_of(committed_world, tmp_path)
    cache.clear()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_a_plan_is_published_and_changed(visits: Visits, office: World, javascript: bool) -> None:
    officer, approver = (visits.window(javascript=javascript) for _ in range(2))
    log_in(officer, office.people["officer"].email)
    log_in(approver, office.people["approver"].email)

    _writes_a_text(officer, javascript=javascript)
    _proposes(officer)
    _publishes(approver)
    _changes_the_plan()
    _compares(officer)
    _downloads(officer)


def _writes_a_text(officer: Page, *, javascript: bool) -> None:
    officer.goto(f"{PLAN}/texts/")
    officer.get_by_role("link", name="2 経緯").click()
    officer.wait_for_load_state()  # scripts follow what is typed once they are there
    shown = officer.get_by_role("region", name="計画書での表示")
    field_of(officer, "文章").fill("- 定員は{{ 定員合計.令和9年度末 }}人")
    if not javascript:
        _press(officer, "表示を確かめる")
    expect(shown).to_contain_text("1行目")
    expect(shown).to_contain_text("近い名前:定員合計.令和5年度末")
    field_of(officer, "文章").fill("- 定員は")
    if javascript:
        field_of(officer, "文章").press("End")
        officer.get_by_text("定員合計 年度末の定員").click()
        officer.get_by_role("button", name="{{ 定員合計.令和5年度末 }}", exact=True).click()
    else:
        field_of(officer, "文章").fill("- 定員は{{ 定員合計.令和5年度末 }}")
        _press(officer, "表示を確かめる")
    expect(shown).to_contain_text("定員は23")
    _press(officer, "保存する")
    expect(officer.get_by_role("status")).to_contain_text("文章を保存しました")


def _proposes(officer: Page) -> None:
    officer.get_by_role("link", name="文章").first.click()
    officer.get_by_role("link", name="版管理・公表").click()
    officer.get_by_role("link", name="公表を起案する").click()
    field_of(officer, "変更の内容").fill("最初の版")
    _press(officer, "起案する")
    expect(officer.get_by_role("status")).to_contain_text("起案しました")


def _publishes(approver: Page) -> None:
    approver.goto(f"{PLAN}/versions/")
    approver.get_by_role("link", name="第1版", exact=True).click()
    approver.get_by_role("link", name="公表する").click()
    approver.get_by_label("策定日が空欄のまま公表する").check()
    _press(approver, "公表する")
    expect(approver.get_by_role("status")).to_contain_text("数値と文書を固定しました")
    with approver.expect_download() as found:
        approver.get_by_role("link", name="第1版の計画書(Word)").click()
    assert "定員は23" in _words(Path(found.value.path()))


def _changes_the_plan() -> None:
    row = Action.objects.get()
    with transaction.atomic():
        change(Act(None, "plan.change"), row, row.version, {"capacity": 5})


def _compares(officer: Page) -> None:
    officer.goto(f"{PLAN}/versions/")
    officer.get_by_role("link", name="版を比べる").click()
    words = officer.get_by_role("region", name="言葉で")
    expect(words).to_contain_text("新たに定員5人のグループホームを1か所設置する。")
    table = officer.get_by_role("table", name="架空学園")
    row = table.get_by_role("row").filter(has_text="グループホームの定員(人)")
    expect(row).to_contain_text("+1")
    expect(table).not_to_contain_text("本体施設の定員(人)")
    officer.get_by_label("変わらない数値も示す").check()
    officer.get_by_role("button", name="比べる", exact=True).click()
    expect(officer.get_by_role("table", name="架空学園")).to_contain_text("本体施設の定員(人)")


def _downloads(officer: Page) -> None:
    officer.goto(f"{PLAN}/document/")
    with officer.expect_download() as found:
        officer.get_by_role("link", name="Wordで作る", exact=True).click()
    assert found.value.suggested_filename == f"draft-plan-{OURS}.docx"
    assert "定員は24" in _words(Path(found.value.path()))


def _words(path: Path) -> str:
    return "".join(part.text for part in docx.Document(io.BytesIO(path.read_bytes())).paragraphs)


def _press(window: Page, name: str) -> None:
    window.get_by_role("main").get_by_role("button", name=name, exact=True).click()
