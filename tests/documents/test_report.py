"""The report on the plan to a committee: the figures and texts of the plan, its pages."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from shokibo.documents.blocks import Bullets, Heading, PlanDocument, Table
from shokibo.documents.plan.chapters import plan_document
from shokibo.documents.plan.figures import figures
from shokibo.documents.plan.pdf import paging, plan_pdf
from shokibo.documents.plan.report import lines, report_document
from shokibo.documents.plan.texts import load_texts
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.reading import read_ledger

from .test_plan_cases import (
    SETAGAYA,
    content,
    grid,
    made_tables,
    need_and_costs,
    results_of,
    setagaya,
    squeezed,
    table,
    tables,
)
from .test_plan_shapes import SHAPES, over_the_edge


def report_of(ledger: Ledger, texts: Path | None = None) -> PlanDocument:
    plan = results_of(ledger)
    written = load_texts(texts, figures(plan))
    pages = paging(plan_document(plan, written)).sections
    return report_document(plan, written, pages)


@cache
def example() -> PlanDocument:
    return report_of(read_ledger(SETAGAYA), SETAGAYA / "texts")


def headings(document: PlanDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def test_the_report_has_the_sections_of_the_source() -> None:
    assert example().title == "世田谷区児童養護施設小規模かつ地域分散化計画案の策定について"
    assert [re.sub("（別紙.*）", "", text) for text in headings(example())] == [
        "1　主旨",
        "2　計画案の概要",
        "（1）計画策定の趣旨",
        "（2）児童養護施設の小規模かつ地域分散化に係るこれまでの経緯",
        "（3）計画の基本的な考え方",
        "（4）小規模かつ地域分散化により目指すもの",
        "（5）計画期間",
        "（6）区における小規模かつ地域分散化の目標",
        "（7）計画の推進に向けた区の支援（主な取組み）",
        "3　必要経費（概算）",
        "4　今後のスケジュール（予定）",
    ]


def test_the_pages_it_names_are_those_of_the_plans_pdf() -> None:
    """Read each page of the plan, and find the headings and the last words of support there."""
    pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(content("pdf"))).pages[2:]]
    named = {
        squeezed(text[3:].split("（別紙")[0]): [int(page) for page in re.findall("[0-9]+", place)]
        for text in headings(example())
        for place in re.findall("（別紙P(.*)）", text)
    }
    assert len(named) == 7
    for title, (first, *_) in named.items():
        assert title.split("（主")[0] in pages[first - 1], title
    *_, (first, last) = named.values()
    assert "育てる機運を高める。" in pages[last - 1]
    assert first < last


def test_its_targets_and_schedule_are_the_plans_tables() -> None:
    for caption, plans in (("年次別目標", "年次別目標"), ("", "スケジュール")):
        drawn = table(example(), caption) if caption else tables(example())[-1]
        assert grid(drawn) == grid(table(setagaya(), plans))


def test_its_costs_are_as_printed_and_those_of_the_plan() -> None:
    spent, paid = (grid(table(example(), side)) for side in ("歳出", "歳入"))
    assert spent[1:] == [
        ["扶助費", "3,974千円", "（施設借り上げのための礼金、仲介手数料等）※初期経費"],
        ["扶助費", "14,124千円", "（グループホーム運営にかかる家賃等）※年間経費"],
        ["補助金", "16,000千円", "（グループホーム開設にかかる備品購入費）※初期経費"],
        ["合計", "34,098千円", "※2グループホーム合計"],
    ]
    assert [row[:2] for row in paid[1:]] == [
        ["国庫負担", "8,239千円"],
        ["国庫補助", "8,000千円"],
        ["合計", "16,239千円"],
    ]
    assert "国庫負担金　負担割合1/2" in paid[1][2]
    assert "国庫補助金　補助率1/2" in paid[2][2]
    plans = {name for drawn in tables(setagaya()) for row in grid(drawn) for name in row}
    assert {row[1].removesuffix("千円") for row in (*spent[1:], *paid[1:])} <= plans


def test_a_title_without_the_mark_of_a_draft_makes_no_draft() -> None:
    document = report_of(ledger_of(made_tables(1, 1, "見本")))
    assert document.title == "見本県小規模かつ地域分散化計画の策定について"
    assert "2　計画の概要" in headings(document)


def test_without_costs_and_texts_their_sections_are_left_out() -> None:
    assert [
        re.sub("（別紙.*）", "", text)
        for text in headings(report_of(ledger_of(made_tables(1, 1, "見本"))))
    ] == [
        "1　主旨",
        "2　計画の概要",
        "（1）計画策定の趣旨",
        "（2）計画期間",
        "（3）県における小規模かつ地域分散化の目標",
        "3　今後のスケジュール（予定）",
    ]


def test_where_no_year_has_costs_of_its_own_the_first_with_costs_is_shown() -> None:
    given = made_tables(2, 4, "見本") | need_and_costs(4)
    document = report_of(ledger_of(given))
    (spent,) = [each for each in tables(document) if "歳出" in each.caption]
    assert spent.caption == "【歳出】（令和6年度）"


def test_a_section_that_the_plan_leaves_out_has_no_page(tmp_path: Path) -> None:
    (tmp_path / "18-構成.md").write_text("- 概要\n  - 計画期間\n", "utf-8")
    found = headings(report_of(ledger_of(made_tables(1, 1, "見本")), tmp_path))
    assert "（2）計画期間（別紙P1）" in found
    assert "（3）県における小規模かつ地域分散化の目標" in found


def test_the_plans_texts_of_support_stand_where_the_report_has_none(tmp_path: Path) -> None:
    (tmp_path / "12-支援-住宅.md").write_text("- 甲\n", "utf-8")
    (tmp_path / "15-支援-地域.md").write_text("- 乙\n", "utf-8")
    document = report_of(ledger_of(made_tables(1, 1, "見本")), tmp_path)
    result = [line for block in document.blocks for line in lines(block)]
    assert result[-4:] == [
        "グループホーム設置にかかる民間住宅の確保等にかかる支援",
        "甲",
        "地域との連携にかかる支援",
        "乙",
    ]


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_tables_of_costs_stand_where_the_text_names_them(place: str) -> None:
    blocks = example().blocks
    first = next(
        at
        for at, block in enumerate(blocks)
        if isinstance(block, Table) and "歳出" in block.caption
    )
    beside = blocks[first - 1] if place == "before" else blocks[first + 2]
    assert isinstance(beside, Bullets)


def test_the_pdf_has_every_line_and_no_contents() -> None:
    text = "".join(
        squeezed(page.extract_text()) for page in PdfReader(BytesIO(plan_pdf(example()))).pages
    )
    assert "目次" not in text
    for block in example().blocks:
        for line in lines(block):
            assert squeezed(line)[:20] in text


@pytest.mark.parametrize("shape", ["60 homes", "names of 60 characters", "names without a break"])
def test_no_word_of_a_report_stands_over_the_edge(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(plan_pdf(report_of(ledger_of(SHAPES[shape]))))
    assert over_the_edge(path) == []
