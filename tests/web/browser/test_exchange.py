"""A workbook with ten mistakes, fixed, imported and undone in a browser, with and without script.

Also a home's own workbook, whose units become proposals.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from shokibo.web.register.models import Posting
from shokibo.web.store.reading import ledger_of
from tests.web.browser.visits import NARROW, Visits, log_in, runs_over
from tests.web.imports import downloaded, edited
from tests.web.test_exchange_problems import TEN, with_ten_mistakes
from tests.web.world import World


def _upload(page: Page, content: bytes, name: str = "台帳.xlsx") -> None:
    page.get_by_role("link", name="取込・書出").first.click()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("台帳のブック").set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )
    page.get_by_role("button", name="読み込んで確かめる").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_ten_mistakes_are_named_corrected_imported_and_undone(
    committed_world: World, visits: Visits, tmp_path: Path, javascript: bool
) -> None:
    sound = downloaded(committed_world.office("officer"))
    before = ledger_of(committed_world.authority)
    page = visits.window(javascript=javascript)
    log_in(page, "officer@example.jp")
    page.goto("/990001/register/")
    _upload(page, with_ten_mistakes(sound), "誤り.xlsx")
    for *_, (_, place) in TEN:
        expect(page.get_by_role("rowheader", name=place, exact=True).first).to_be_visible()
    expect(page.get_by_text("何も変わっていません").first).to_be_visible()
    after = ledger_of(committed_world.authority)
    assert all(before[name].equals(after[name]) for name in before.tables)
    _look(page, tmp_path, "refused")

    content = edited(sound, "staff", "u-1", job="その他")
    _upload(page, edited(content, "staff", "m-1", delete="○"), "修正した台帳.xlsx")
    expect(
        page.get_by_text("追加0行、変更1行、削除1行。まだ何も変わっていません。")
    ).to_be_visible()
    expect(page.get_by_text("この取込みは、認定済みの月に影響します。")).to_be_visible()
    _look(page, tmp_path, "ready")
    page.get_by_label("変更の理由").fill("4月の配置換え")
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_text("を取り込みました。")).to_be_visible()
    assert Posting.objects.get(code="u-1").job == "other"
    _look(page, tmp_path, "applied")
    page.get_by_role("link", name="この取込みを取り消す").click()
    page.get_by_role("button", name="取り消して元に戻す").click()
    expect(page.get_by_text("登録は取込みの前に戻っています")).to_be_visible()
    assert Posting.objects.get(code="u-1").job == "child_instructor"
    assert Posting.objects.filter(code="m-1").exists()


def _look(page: Page, folder: Path, name: str) -> None:
    """Look at a page in a narrow window too; nothing of it runs over."""
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert runs_over(page) <= 0
    page.screenshot(path=str(folder / f"{name}-narrow.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.screenshot(path=str(folder / f"{name}.png"), full_page=True)


def test_a_home_brings_its_own_workbook(committed_world: World, visits: Visits) -> None:
    content = downloaded(committed_world.office("home_staff"))
    content = edited(
        content, "capacities", "", unit_id="b5", effective_from="2023-04-01", capacity=4
    )
    content = edited(content, "staff", "m-1", main_rota="×")
    page = visits.window()
    log_in(page, "home-staff@example.jp")
    page.goto("/990001/register/")
    _upload(page, content)
    expect(page.get_by_text("追加0行、変更1行、削除0行、申出1行。")).to_be_visible()
    page.get_by_label("変更の理由").fill("定員を減らすため")
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_text("を取り込みました。")).to_be_visible()
    assert Posting.objects.get(code="m-1").main_rota is False
