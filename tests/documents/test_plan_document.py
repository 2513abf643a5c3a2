"""The plan put together: every figure of the source in its place, and plans of any size."""

from pathlib import Path

import polars as pl
import pytest

from shokibo.documents.blocks import (
    OPEN,
    TEXT_WIDTH_MM,
    Bullets,
    Cell,
    Figure,
    Heading,
    Paragraph,
    PlanDocument,
    Table,
)
from shokibo.documents.years import MOST_YEARS, in_turn
from shokibo.ledger.model import ledger_of
from shokibo.planning.plan import NoHomesError

from .test_plan_cases import (
    document_of,
    golden_budget,
    golden_rows,
    grid,
    made,
    made_tables,
    results_of,
    setagaya,
    squeezed,
    table,
    tables,
)


@pytest.mark.parametrize(("caption", "names", "cells"), golden_rows())
def test_year_ends_and_targets_are_as_printed(
    caption: str, names: tuple[str, ...], cells: list[str]
) -> None:
    head, *body = grid(table(setagaya(), caption))
    assert head == ["区分", "区分", "令和3年度末", "令和4年度末", "令和5年度末", "令和6年度末"]
    assert [row[2:] for row in body if tuple(row[:2]) == names] == [cells]


@pytest.mark.parametrize(("caption", "name", "amount"), golden_budget())
def test_costs_of_the_first_year_are_as_printed(caption: str, name: str, amount: str) -> None:
    head, *body = grid(table(setagaya(), caption))
    year = head.index("令和4年度")
    assert [row[year] for row in body if name in map(squeezed, row)] == [amount]


def test_a_year_without_costs_of_its_own_is_marked_an_estimate() -> None:
    head, *body = grid(table(setagaya(), "歳出"))
    total = body[-1]
    assert total[0] == "歳出合計"
    assert total[head.index("令和3年度")] == "0"
    assert total[head.index("令和5年度（概算）")] == "31,173"
    notes = " ".join(table(setagaya(), "歳出").notes)
    assert "千円未満切捨て" in notes
    assert "改めて算定する" in notes
    assert "推定" not in " ".join(table(setagaya(), "歳入").notes)


def test_status_and_need_are_as_printed() -> None:
    together = [row[1:] for row in grid(table(setagaya(), "2施設合計"))]
    assert ["7人", "3ユニット", "21人"] in together
    assert ["6人", "10か所", "60人"] in together
    assert together[-1] == ["総定員", "総定員", "110人"]
    need = {row[0]: row[1:] for row in grid(table(setagaya(), "施設養育の必要量"))}
    assert need["合計"] == ["—", "112人", "115人", "118人", "121人"]
    assert need["うち、3歳以上"] == ["110人", "110人", "111人", "112人", "113人"]
    assert need["区分"][0] == "令和2年度（10月1日現在 区内施設定員数）"
    care = grid(table(setagaya(), "措置した"))
    assert care[-1] == ["合計", "85人", "49人", "57.6%"]


def test_plan_target_and_need_stand_side_by_side_with_their_differences() -> None:
    beside = {row[0]: row[2:] for row in grid(table(setagaya(), "定員と必要量"))}
    assert beside["施設の計画"][-1] == "111人"
    assert beside["目標"][-1] == "113人"
    assert beside["目標－施設の計画"] == ["0人", "0人", "0人", "2人"]
    assert beside["目標－必要量"] == ["0人", "1人", "0人", "0人"]
    assert beside["施設の計画－必要量"][-1] == "△2人"
    share = {row[0]: row[1:] for row in grid(table(setagaya(), "定員の割合"))}
    assert share["施設の計画"][-1] == "67.6%"
    assert share["目標"][-1] == "68.1%"


def test_without_a_need_no_row_compares_with_it() -> None:
    beside = grid(table(made(1, 1, bare=True), "目標の定員"))
    assert [row[0] for row in beside[4:]] == ["目標", "目標－施設の計画"]


def words(document: PlanDocument) -> str:
    """Return all paragraphs and lists of a document as one text."""
    result = []
    for block in document.blocks:
        match block:
            case Paragraph():
                result.append("".join(run.text for run in block.runs))
            case Bullets():
                for item in block.items:
                    result.append("".join(run.text for run in item.runs))
                    result += ["".join(run.text for run in below.runs) for below in item.items]
            case Heading():
                result.append(block.text)
    return "\n".join(result)


def test_differences_have_their_reason_and_the_long_goal_its_year() -> None:
    text = words(setagaya())
    assert "グループホームの定員数：目標77人、施設の計画75人（差2人）" in text
    assert "合計定員数：目標113人、施設の計画111人（差2人）。令和6年度までに" in text
    assert "社会福祉法人福音寮5か所。概ね令和11年度までを目途に" in text


def test_initiatives_are_reported_by_home_and_year() -> None:
    text = words(setagaya())
    for sentence in (
        "前年度定員6人のグループホーム3か所を定員4人に引き下げる。（小規模化）",
        "新たに定員4人のグループホームを3か所設置する。（地域分散化）",
        "前年度定員7人のユニット3か所を定員6人に引き下げる。（小規模化）",
    ):
        assert text.count(sentence) == 1


def test_chapters_stand_in_the_order_of_the_plan() -> None:
    headings = [(b.level, b.text) for b in setagaya().blocks if isinstance(b, Heading)]
    assert [text for level, text in headings if level == 1] == [
        "第1　計画の概要",
        "第2　区における児童養護施設の状況",
        "第3　小規模かつ地域分散化計画と推進の方策",
    ]
    assert [text for level, text in headings if level == 2][-6:] == [
        "1　施設養育の必要量",
        "2　各児童養護施設における小規模かつ地域分散化に向けた今後の取組み",
        "3　区における小規模かつ地域分散化の目標",
        "4　計画の推進に向けた区の支援（取組み）",
        "5　必要経費（概算）",
        "6　今後のスケジュール（予定）",
    ]


def test_every_chart_has_its_table_beneath() -> None:
    blocks = setagaya().blocks
    after = [blocks[at + 1] for at, block in enumerate(blocks) if isinstance(block, Figure)]
    assert len(after) == 5
    assert all(isinstance(block, Table) for block in after)


def test_the_mark_is_on_documents_with_invented_names_only() -> None:
    assert setagaya().mark == "架空を含む"
    assert made(1, 1).mark == ""


@pytest.mark.parametrize(("homes", "years"), [(1, 1), (2, 6), (2, 7), (30, 35)])
def test_no_table_is_wider_than_the_text_nor_has_more_than_six_years(
    homes: int, years: int
) -> None:
    drawn = tables(made(homes, years))
    for each in drawn:
        assert sum(each.widths) <= TEXT_WIDTH_MM + 0.001, each.caption
        assert len(each.widths) - each.stubs <= MOST_YEARS, each.caption
        assert len(each.aligns) == len(each.widths), each.caption
        for row in grid(each):
            assert "" not in row, (each.caption, row)
    ends = [each for each in drawn if "第h0学園　年度末" in each.caption]
    assert len(ends) == -(-years // MOST_YEARS)


@pytest.mark.parametrize("count", [*range(1, 15), 35])
def test_years_are_cut_into_runs_of_about_equal_length(count: int) -> None:
    runs = in_turn(range(count))
    assert [year for run in runs for year in run] == list(range(count))
    lengths = {len(run) for run in runs}
    assert max(lengths) <= MOST_YEARS
    assert max(lengths) - min(lengths) <= 1


def test_a_bare_draft_leaves_open_what_only_the_authority_knows() -> None:
    document = made(1, 1, bare=True, draft=True)
    opened = [b for b in document.blocks if isinstance(b, Paragraph) and b.open]
    assert {"".join(run.text for run in block.runs) for block in opened} == {OPEN}
    captions = " ".join(each.caption for each in tables(document))
    assert "歳出" not in captions
    assert "施設養育の必要量" not in captions
    assert "年次別目標" in captions


def headings(document: PlanDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def test_a_section_without_a_text_is_left_out_of_what_is_published() -> None:
    document = made(1, 1, bare=True)
    assert OPEN not in words(document)
    assert headings(document) == [
        "第1　計画の概要",
        "1　計画策定の趣旨",
        "2　計画期間",
        "第2　県における児童養護施設の状況",
        "1　児童養護施設の定員数と小規模化の状況",
        "第3　小規模かつ地域分散化計画と推進の方策",
        "1　各児童養護施設における小規模かつ地域分散化に向けた今後の取組み",
        "＜社会福祉法人見本会　見本第h0学園＞",
        "2　県における小規模かつ地域分散化の目標",
        "3　計画の推進に向けた県の支援（取組み）",
        "（1）職員の確保及び人材育成にかかる支援",  # its table of staff
        "4　今後のスケジュール（予定）",
    ]


def test_a_part_of_support_without_a_text_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "14-支援-児童相談所.md").write_text("- 甲", "utf-8")
    document = document_of(ledger_of(made_tables(1, 1, "見本")), tmp_path)
    assert [text for text in headings(document) if text.startswith("（")] == [
        "（1）職員の確保及び人材育成にかかる支援",
        "（2）児童相談所との緊密な連携による養育支援の実施",
    ]


def test_an_outline_leaves_out_and_moves_sections_and_names_chapters(tmp_path: Path) -> None:
    outline = "- 目標\n  - 目標\n- {{ 自治体の呼称 }}の現状\n  - 状況-定員\n"
    (tmp_path / "18-構成.md").write_text(outline, "utf-8")
    document = document_of(ledger_of(made_tables(1, 1, "見本")), tmp_path)
    assert headings(document) == [
        "第1　目標",
        "1　県における小規模かつ地域分散化の目標",
        "第2　県の現状",
        "1　児童養護施設の定員数と小規模化の状況",
    ]


def test_tables_stand_where_a_text_names_them(tmp_path: Path) -> None:
    (tmp_path / "17-スケジュール.md").write_text("- 前\n\n{{ 図表 }}\n\n- 後\n", "utf-8")
    document = document_of(ledger_of(made_tables(1, 1, "見本")), tmp_path)
    kinds = [type(block) for block in document.section("スケジュール")]
    assert kinds == [Bullets, Table, Bullets]


def test_a_band_of_three_or_fewer_is_shown_only_where_it_occurs() -> None:
    given = made_tables(1, 2, "見本")
    capacity = pl.when(pl.col("unit_id") == "h0c1").then(3).otherwise("capacity")
    small = {**given, "capacities": given["capacities"].with_columns(capacity=capacity)}
    for frames, shown in ((given, 0), (small, 1)):
        names = [row[1] for row in grid(table(document_of(ledger_of(frames)), "年度末の定員"))]
        assert names.count("3人以下定員") == shown
        (home,) = [
            each
            for each in document_of(ledger_of(frames)).figures
            if "生活単位の数" in each.caption
        ]
        below_six = "5～4人定員・3人以下定員" if shown else "5～4人定員"
        assert [bar.name for bar in home.chart.bars] == [
            f"{part} {size}"
            for part in ("本体施設", "グループホーム")
            for size in ("6人以上定員", below_six)
        ]


def test_a_unit_of_unknown_size_has_a_row_of_its_own() -> None:
    given = made_tables(1, 2, "見本")
    known = {**given, "capacities": given["capacities"].filter(pl.col("unit_id") != "h0m1")}
    document = document_of(ledger_of(known))
    (unknown,) = [r for r in grid(table(document, "年度末の定員")) if r[1] == "定員不明"]
    assert unknown[2:] == ["1ユニット", "1ユニット"]
    assert ["本体施設（ユニット）", "定員不明", "1ユニット", "—"] in grid(
        table(document, "第h0学園　定員の状況")
    )


def test_a_plan_without_homes_is_refused_with_words() -> None:
    given = made_tables(1, 2, "見本")
    empty = {name: given[name].clear() for name in ("homes", "units", "capacities", "actions")}
    with pytest.raises(NoHomesError) as caught:
        results_of(ledger_of({**given, **empty}))
    assert "施設" in caught.value.message("ja")
    assert "homes" in caught.value.message("en")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell(None, "人"), "—"),
        (Cell(0, "人"), "0人"),
        (Cell(0, "か所"), "0か所"),
        (Cell(0, "か所", dashed=True), "—"),
        (Cell(-2, "人"), "△2人"),
        (Cell(77, "人程度", "(68.1%)"), "77人程度\n(68.1%)"),
        (Cell(34098), "34,098"),
        (Cell("=1+1"), "=1+1"),
    ],
)
def test_a_cell_is_printed_as_the_plan_does(cell: Cell, text: str) -> None:
    assert cell.text == text
