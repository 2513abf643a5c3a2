"""The authority's own texts: what they may hold, and how everything wrong is reported at once."""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from shokibo.documents.blocks import Block, Bullets, Item, Paragraph, Run
from shokibo.documents.plan.chapters import plan_document
from shokibo.documents.plan.figures import KNOWN, canonical, figures
from shokibo.documents.plan.sections import SECTIONS, Section
from shokibo.documents.plan.texts import (
    LEFT_OPEN,
    PlanTextError,
    PlanTexts,
    load_texts,
    sources_in,
    texts_of,
)
from shokibo.ledger.model import ledger_of
from shokibo.ledger.reading import read_ledger

from .test_plan_cases import SETAGAYA, made_tables, results_of

FIGURES = {
    "定員合計.令和6年度末": "111",
    "本体定員.令和6年度末.東京育成園": "18",
    "自治体名": "甲区",
    "計画期間": "令和3年12月から令和6年度まで",
    "計画期間開始": "令和3年12月",
    "計画終了年度": "令和6年度",
    "基準日": "令和3年9月30日",
}
FILE = "01-趣旨.md"


def loaded(folder: Path, text: str | bytes, name: str = FILE) -> PlanTexts:
    content = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(content)
    return load_texts(folder, FIGURES)


def blocks(folder: Path, text: str) -> tuple[Block, ...]:
    return loaded(folder, text).section("趣旨")


def plain(folder: Path, text: str) -> str:
    (block,) = blocks(folder, text)
    assert isinstance(block, Paragraph)
    return "".join(run.text for run in block.runs)


def problems(folder: Path, files: Mapping[str, str | bytes]) -> dict[str, str]:
    """Return the messages in Japanese on a folder's files, by place."""
    for name, text in files.items():
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(PlanTextError) as caught:
        load_texts(folder, FIGURES)
    assert all(problem.message("en") for problem in caught.value.problems)
    return {problem.place: problem.message("ja") for problem in caught.value.problems}


@pytest.mark.parametrize(
    "name",
    [
        "定員合計.令和6年度末",
        "定員合計.令和6年度",
        "定員合計.R6",
        "定員合計.2024",
        " 定員合計 . 令和６年度末 ",
        "定員合計.令和6",
    ],
)
def test_a_year_may_be_written_in_any_form(name: str, tmp_path: Path) -> None:
    assert plain(tmp_path, f"定員は{{{{ {name} }}}}人") == "定員は111人"


def test_a_figure_may_be_of_a_home(tmp_path: Path) -> None:
    assert plain(tmp_path, "{{本体定員.令和6年度末.東京育成園}}人") == "18人"


def test_paragraphs_lists_of_two_levels_and_bold_are_read(tmp_path: Path) -> None:
    text = "一行目\n二行目。**「重要」**である。\n\n- 甲\n  - 乙\n  - 丙 **丁**\n- 戊\n\n  己\n"
    assert blocks(tmp_path, text) == (
        Paragraph((Run("一行目二行目。"), Run("「重要」", bold=True), Run("である。"))),
        Bullets(
            (
                Item(
                    (Run("甲"),),
                    (Item((Run("乙"),)), Item((Run("丙 "), Run("丁", bold=True)))),
                ),
                Item((Run("戊"), Run("\n"), Run("己"))),
            )
        ),
    )


def test_a_line_break_between_latin_words_is_a_space(tmp_path: Path) -> None:
    assert plain(tmp_path, "Small\ncare\n単位") == "Small care単位"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "#set page(fill: red)",
        "2 * 3 * 4",
        "a < b > c",
        "[甲]（乙）",
        "A&B",
        "A&B;C",
        "R&D;",
        "<A案>",
        "<GH>",
        "</A案>",
        "*1",
        "1,000円",
    ],
)
def test_signs_that_are_no_marks_stay_text(text: str, tmp_path: Path) -> None:
    assert plain(tmp_path, text) == text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<b>太字</b>", "HTMLのタグ"),
        ("<BR>", "HTMLのタグ"),
        ("甲<br/>乙", "HTMLのタグ"),
        ('<font color="red">甲</font>', "HTMLのタグ"),
        ("甲<!-- 乙 -->", "HTMLのタグ"),
        ("甲&nbsp;乙", "HTMLの文字参照"),
        ("甲&#12354;乙", "HTMLの文字参照"),
        ("甲&#x3042;乙", "HTMLの文字参照"),
        ("[甲](乙)", "リンク"),
        ("`甲`", "コード(`)"),
        ("*甲*", "斜体(*)"),
        ("**甲**と*乙*", "斜体(*)"),
        ("~~甲~~", "取消線(~~)"),
    ],
)
def test_a_mark_that_can_not_be_printed_is_named_with_its_line(
    text: str, what: str, tmp_path: Path
) -> None:
    result = problems(tmp_path, {FILE: f"一行目\n\n- 二つ目は\n  {text}"})
    assert set(result) == {f"{FILE}:4"}
    assert f"{what}は使えません。" in result[f"{FILE}:4"]


def test_a_mark_can_be_written_as_text(tmp_path: Path) -> None:
    assert plain(tmp_path, r"\<b>甲\*乙*") == "<b>甲*乙*"


@pytest.mark.parametrize(("text", "what"), [("**甲**", "太字(**)"), ("`甲`", "コード(`)")])
def test_a_footnote_is_plain_text(text: str, what: str, tmp_path: Path) -> None:
    result = problems(tmp_path, {FILE: f"甲[^1]\n\n[^1]: {text}"})
    assert f"脚注の文では{what}は使えません。" in result[f"{FILE}:3"]


def test_a_footnote_may_have_marks_as_text(tmp_path: Path) -> None:
    text = r"甲[^1]" + "\n\n" + r"[^1]: \* \*\*乙\*\* \<b> \{{ 丙 }} C:\丁 <A案>"
    (tmp_path / FILE).write_text(text, "utf-8")
    [paragraph] = load_texts(tmp_path, FIGURES).section("趣旨")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs[-1].note == r"* **乙** <b> {{ 丙 }} C:\丁 <A案>"


def test_braces_can_be_written_as_text(tmp_path: Path) -> None:
    assert plain(tmp_path, r"\{{ 定員 }}") == "{{ 定員 }}"


def test_a_figure_is_text_whatever_it_holds(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{{ 自治体名 }}", "utf-8")
    given = {**FIGURES, "自治体名": "**甲** {{ 乙 }} # 丙"}
    assert load_texts(tmp_path, given).section("趣旨") == (
        Paragraph((Run("**甲** {{ 乙 }} # 丙"),)),
    )


def test_everything_wrong_is_reported_at_once_with_file_and_line(tmp_path: Path) -> None:
    result = problems(
        tmp_path,
        {
            FILE: "よい行\n{{ 定員合計.令和9年度末 }}人\n\n- 甲\n- {{ 定員合計.R6 }}{{ 定員 }}",
            "02-経緯.md": "甲\n\n{{ 定員合計.R6 }\n",
            "03-考え方.md": "# 見出し\n\n甲\n\n1. 番号\n\n> > 囲み\n\n- 甲\n  - 乙\n    - 丙\n",
            "04-目指すもの.md": "甲\n\n**乙\n丙",
            "05-計画期間.md": "甲\n乙".encode("cp932"),
            "1-主旨.md": "甲",
        },
    )
    assert list(result) == [
        "01-趣旨.md:2",
        "01-趣旨.md:5",
        "02-経緯.md:3",
        "03-考え方.md:1",
        "03-考え方.md:5",
        "03-考え方.md:7",
        "03-考え方.md:11",
        "04-目指すもの.md:3",
        "05-計画期間.md:1",
        "1-主旨.md",
    ]
    assert "「定員合計.令和9年度末」" in result["01-趣旨.md:2"]
    assert "定員合計.令和6年度末" in result["01-趣旨.md:2"]
    assert "}}" in result["02-経緯.md:3"]
    assert "見出し" in result["03-考え方.md:1"]
    assert "3段目" in result["03-考え方.md:11"]
    assert "太字" in result["04-目指すもの.md:3"]
    assert "UTF-8" in result["05-計画期間.md:1"]
    assert "8d 62" in result["05-計画期間.md:1"]
    assert "01-趣旨.md" in result["1-主旨.md"]


def test_the_line_of_a_wrong_byte_is_reported(tmp_path: Path) -> None:
    result = problems(tmp_path, {FILE: "一\n二\n".encode() + "三".encode("cp932")})
    assert list(result) == [f"{FILE}:3"]


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(PlanTextError) as caught:
        load_texts(tmp_path / "ない", FIGURES)
    assert [problem.place for problem in caught.value.problems] == [str(tmp_path / "ない")]


def test_a_folder_in_the_place_of_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(PlanTextError) as caught:
        load_texts(tmp_path, FIGURES)
    assert [problem.place for problem in caught.value.problems] == [FILE]


def test_a_byte_order_mark_windows_lines_and_hidden_files_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"\x00\xff")
    given = loaded(tmp_path, b"\xef\xbb\xbf" + "甲\r\n乙\r\n".encode())
    assert given.section("趣旨") == (Paragraph((Run("甲乙"),)),)


def test_a_file_name_may_be_decomposed_as_some_systems_write_it(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "17-スケジュール.md")
    assert name != "17-スケジュール.md"
    assert "スケジュール" in loaded(tmp_path, "甲", name).own


def test_without_a_text_there_is_a_default_or_nothing() -> None:
    given = load_texts(None, FIGURES)
    assert given.own == frozenset()
    assert given.section("経緯") == ()
    (period,) = given.section("計画期間")
    assert period == Bullets(
        (Item((Run("本計画の期間は、令和3年12月から令和6年度までとする。"),)),)
    )
    assert given.section("経費") == ()
    assert given.section("経費", LEFT_OPEN)[1:] == LEFT_OPEN


def test_an_empty_file_is_as_none(tmp_path: Path) -> None:
    assert loaded(tmp_path, " \n\n").section("趣旨") == load_texts(None, FIGURES).section("趣旨")


def test_defaults_name_only_figures_that_every_plan_has() -> None:
    barest = figures(results_of(ledger_of(made_tables(1, 1, "見本"))))
    assert set(load_texts(None, barest).sections) == {section.key for section in SECTIONS}


def test_sections_are_numbered_in_their_order() -> None:
    assert [section.number for section in SECTIONS] == list(range(1, len(SECTIONS) + 1))
    assert SECTIONS[0].file == FILE


@pytest.fixture(scope="module")
def example() -> dict[str, str]:
    return figures(results_of(read_ledger(SETAGAYA)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("自治体名", "世田谷区"),
        ("計画期間", "令和3年12月から令和6年度まで"),
        ("計画期間開始", "令和3年12月"),
        ("長期目標年度", "令和11年度"),
        ("現在定員", "110"),
        ("現在本体定員.東京育成園", "29"),
        ("入所児童数", "95"),
        ("措置児童数.乳児院", "8"),
        ("個別的ケア割合", "57.6"),
        ("定員合計.令和6年度末", "111"),
        ("本体定員.令和6年度末.東京育成園", "18"),
        ("グループホーム割合.令和3年度末", "52.7"),
        ("グループホーム6人以上.令和6年度末.福音寮", "5"),
        ("目標合計.令和6年度末", "113"),
        ("目標グループホーム割合.令和6年度末", "68.1"),
        ("目標との差.令和6年度末", "2"),
        ("必要量.令和6年度", "113"),
        ("必要量.令和6年度.3歳未満", "8"),
        ("新設か所数.令和4年度", "2"),
        ("経費合計.令和4年度", "34,098"),
        ("歳出.令和4年度.扶助費", "18,098"),
        ("国庫負担.令和4年度", "8,239"),
        ("国庫補助.令和4年度", "8,000"),
        ("差引.令和4年度", "17,859"),
    ],
)
def test_figures_are_those_of_the_plan(example: dict[str, str], name: str, value: str) -> None:
    assert example[name] == value


def test_every_figure_is_of_the_documented_vocabulary(example: dict[str, str]) -> None:
    assert {name.split(".")[0] for name in example} == {known.name for known in KNOWN}


def test_no_two_figures_have_one_canonical_name(example: dict[str, str]) -> None:
    assert len({canonical(name) for name in example}) == len(example)


def test_homes_of_one_name_are_distinguished_by_their_ids() -> None:
    tables = made_tables(2, 1, "見本")
    same = tables["homes"].with_columns(name=pl.lit("見本学園"))
    names = figures(results_of(ledger_of({**tables, "homes": same})))
    assert {"現在定員.h0", "現在定員.h1"} <= set(names)


def test_the_example_uses_no_figure_that_it_types(example: dict[str, str]) -> None:
    """Hold that the example's texts take the plan's own sums from the ledger."""
    files = sorted((SETAGAYA / "texts").iterdir())
    texts = [path for path in files if path.suffix == ".md"]
    assert [path.name for path in texts] == [section.file for section in SECTIONS]
    text = "".join(path.read_text("utf-8") for path in texts)
    typed = [f"{example[name]}人" for name in ("定員合計.令和6年度末", "入所児童数", "措置児童数")]
    typed += ["34,098", "8,239", "57.6", "68.1"]
    assert [figure for figure in typed if figure in text] == []
    assert text.count("{{") == text.count("}}") > 25


def test_texts_come_from_a_mapping_as_from_a_folder() -> None:
    folder = SETAGAYA / "texts"
    given = figures(results_of(read_ledger(SETAGAYA)))
    assert texts_of(sources_in(folder), given) == load_texts(folder, given)


def test_the_sources_of_a_folder_name_every_wrong_file(tmp_path: Path) -> None:
    (tmp_path / "01-主旨.md").write_text("甲", "utf-8")
    (tmp_path / "02-経緯.md").write_bytes(b"\x93")
    with pytest.raises(PlanTextError) as caught:
        sources_in(tmp_path)
    assert [one.place for one in caught.value.problems] == ["01-主旨.md", "02-経緯.md:1"]
    assert [one.line for one in caught.value.problems] == [None, 1]


@pytest.mark.parametrize("section", SECTIONS[:17], ids=lambda section: section.key)
def test_a_section_of_the_document_begins_with_its_text(section: Section) -> None:
    results = results_of(read_ledger(SETAGAYA))
    texts = load_texts(SETAGAYA / "texts", figures(results))
    result = texts.section(section.key)
    assert plan_document(results, texts).section(section.key)[: len(result)] == result


def test_a_report_has_its_own_text_or_the_plans(tmp_path: Path) -> None:
    assert loaded(tmp_path, "甲").section("報告-趣旨") == (Paragraph((Run("甲"),)),)
    short = loaded(tmp_path, "乙", "20-報告-趣旨.md")
    assert short.section("報告-趣旨") == (Paragraph((Run("乙"),)),)
    assert short.section("趣旨") == (Paragraph((Run("甲"),)),)


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("- 章\n  - 趣旨\n  - 主旨\n", 3, "「主旨」という節はありません。近い名前:趣旨"),
        ("- 章\n  - 趣旨\n- 次\n  - 趣旨\n", 4, "節「趣旨」が2回あります。"),
        ("- 章\n  - 支援-住宅\n", 2, "「支援-住宅」という節はありません。"),
        ("章\n", 1, "章の名前の箇条書き"),
        ("- 章\n  - 趣旨\n\n段落 {{ 図表 }}\n", 4, "1行だけの段落に書きます。"),
    ],
)
def test_an_outline_that_is_none_is_refused_at_its_line(
    tmp_path: Path, source: str, line: int, said: str
) -> None:
    found = problems(tmp_path, {"18-構成.md": source})
    assert said in found[f"18-構成.md:{line}"]


def test_the_period_of_one_year_is_that_year() -> None:
    assert figures(results_of(ledger_of(made_tables(1, 1, "見本"))))["計画期間"] == "令和3年度"
