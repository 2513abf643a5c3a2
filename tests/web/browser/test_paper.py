"""Pages on paper, as the browser prints them: head, numbers, whole tables, nothing to click."""

import io
import os
import re
import unicodedata
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pypdf import PdfReader

from shokibo.web.register.models import Posting
from tests.web.browser.practice import Practice
from tests.web.browser.visits import Visits

PICTURES = os.environ.get("PICTURES_FOLDER")
A4 = (595, 842)


def printed(window: Page, name: str) -> list[str]:
    """Return the text of each sheet, without blanks."""
    content = window.pdf(prefer_css_page_size=True)
    if PICTURES:
        (Path(PICTURES) / f"{name}.pdf").write_bytes(content)
    pages = PdfReader(io.BytesIO(content)).pages
    for page in pages:
        assert sorted(round(float(side)) for side in page.mediabox[2:]) == list(A4)
    return [squeezed(page.extract_text()) for page in pages]


def squeezed(text: str) -> str:
    """Return a text without blanks, in one form of its signs."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s", "", text).replace("‧", "・")  # one glyph, two signs


def at(visits: Visits, practice: Practice, role: str, name: str, *given: object) -> Page:
    window = visits.window_of(practice.person(role))
    window.goto(reverse(name, args=[practice.authority.code, *given]))
    return window


def test_a_sheet_has_authority_days_and_number(visits: Visits, practice: Practice) -> None:
    window = at(visits, practice, "officer", "homes:homes")
    window.goto(window.url + "?as_of=2022-05-01")
    sheets = printed(window, "homes")
    assert "世田谷区基準日令和4年5月1日印刷日令和5年4月5日" in sheets[0]
    for number, sheet in enumerate(sheets, 1):
        assert f"{number}/{len(sheets)}" in sheet
        assert "世田谷区" in sheet
        assert "施設と生活単位" in sheet
    for words in ("ログアウト", "本文へ", "今日の仕事", "要件確認をまとめて登録する", "表示"):
        assert words not in "".join(sheets)


@pytest.mark.parametrize("number", [70])
def test_a_long_table_is_whole_under_its_heads(
    visits: Visits, practice: Practice, number: int
) -> None:
    one = Posting.objects.filter(unit=practice.unit).earliest("pk")
    for n in range(number):
        one.pk, one.code = None, f"架空職員{n:03}"
        one.save()
    window = at(visits, practice, "home_staff", "homes:staff", practice.home.pk)
    window.goto(window.url + "?words=架空職員")
    sheets = printed(window, "staff")
    assert len(sheets) > 1
    assert all("職員ID" in sheet for sheet in sheets)
    assert "1/4(1〜20件目)" in sheets[-1], "it is not all of them"
    listed = re.findall(r"架空職員(\d{3})", "".join(sheets))
    shown = window.get_by_role("rowheader").filter(has_text="架空職員").count()
    assert len(listed) == shown == 20
    assert "操作" not in "".join(sheets)


def test_a_grid_prints_its_rows_and_no_blank_one(visits: Visits, practice: Practice) -> None:
    window = at(visits, practice, "officer", "planning:actions")
    window.emulate_media(media="print")
    rows = window.locator("table.grid tbody tr")
    assert rows.filter(visible=True).count() == rows.filter(has=window.locator("[id]")).count() - 3
    (first, *_) = sheets = printed(window, "actions")
    assert "基準日令和3年9月30日" in first
    for words in ("保存する", "行を増やす", "削除"):
        assert words not in "".join(sheets)


@pytest.mark.parametrize("name", ["costs:costs", "homes:renew_confirmations"])
def test_a_grid_wider_than_a_sheet_is_whole_on_paper(
    visits: Visits, practice: Practice, name: str
) -> None:
    window = at(visits, practice, "officer", name)
    sheets = "".join(printed(window, name.partition(":")[2]))
    grid = window.locator("table.grid")
    heads = grid.locator("thead th:not(#h-removed)").all_inner_texts()
    typed = grid.locator(
        "td input:not([type=hidden], [type=checkbox], .year, .figure)"
    ).evaluate_all("fields => fields.map((one) => one.value)")
    wanted = [unicodedata.normalize("NFKC", text.split("\n")[0]) for text in [*heads, *typed]]
    assert [text for text in wanted if re.sub(r"\s", "", text) not in sheets] == []


def test_a_unit_prints_no_link_to_what_is_done(visits: Visits, practice: Practice) -> None:
    window = at(visits, practice, "officer", "homes:unit", practice.unit.pk)
    sheets = "".join(printed(window, "unit"))
    assert "定員の推移" in sheets
    for words in ("操作", "修正", "削除", "変える", "行を直す"):
        assert words not in sheets


@pytest.mark.parametrize("name", ["costs:costs", "today:today"])
def test_no_heading_is_the_last_on_a_sheet_of_any_height(
    visits: Visits, practice: Practice, name: str
) -> None:
    window = at(visits, practice, "officer", name)
    heads = window.locator("main h2, main h3, main h2 + p").all_inner_texts()
    wanted = {squeezed(head) for head in heads} - {""}
    for height in range(150, 300, 10):
        content = window.pdf(width="210mm", height=f"{height}mm")
        for page in PdfReader(io.BytesIO(content)).pages:
            text = re.sub(r"\d+/\d+$", "", squeezed(page.extract_text(extraction_mode="layout")))
            assert [head for head in wanted if text.endswith(head)] == [], height
