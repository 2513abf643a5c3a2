"""引き継ぐ, in the browser: what it comes to is shown first, and then it is saved."""

import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from shokibo.web.register.models import Unit
from tests.web.browser.visits import (
    NARROW,
    WIDE,
    Visits,
    field_of,
    follow,
    log_in,
    press,
    runs_over,
)
from tests.web.world import World

PICTURES = os.environ.get("PICTURES_FOLDER")


@pytest.fixture
def office(committed_world: World) -> Iterator[World]:
    cache.clear()
    yield committed_world
    cache.clear()


@pytest.mark.parametrize(("width", "javascript"), [(WIDE, True), (NARROW, False)])
def test_a_household_continues_in_another_kind(
    visits: Visits, office: World, width: int, javascript: bool
) -> None:
    window = visits.window(width=width, javascript=javascript)
    log_in(window, office.people["officer"].email)
    follow(window, "施設と生活単位", "分園の家", "引き継ぐ")
    expect(field_of(window, "生活単位ID")).to_have_value("b5-2")
    expect(window.get_by_role("checkbox", checked=True)).to_have_count(5)
    expect(window.get_by_role("button", name="引き継ぐ", exact=True)).to_have_count(0)

    field_of(window, "引き継ぐ日").fill("R4.10.1")
    field_of(window, "種別").select_option(label="地域小規模児童養護施設")
    window.get_by_label("月末での終了を起案し").check()
    field_of(window, "変更の理由").fill("地域小規模への移行")
    press(window, "どうなるかを確かめる")

    shown = window.get_by_role("region", name="まだ保存していません")
    expect(shown).to_contain_text("a-b5を令和4年9月30日で終了")
    expect(shown).to_contain_text("令和4年10月から加配2人")
    assert not Unit.objects.filter(code="b5-2").exists()
    assert runs_over(window) <= 0
    _picture(window, f"continuing-{width}")

    press(window, "引き継ぐ")
    expect(window.get_by_role("status")).to_contain_text("引き継ぎを登録しました。")
    expect(window.get_by_role("heading", level=1)).to_contain_text("分園の家")
    assert Unit.objects.get(code="b5-2").continues == office.unit("b5")
    assert runs_over(window) <= 0
    _picture(window, f"continued-{width}")


def _picture(window: Page, name: str) -> None:
    if PICTURES:
        window.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
