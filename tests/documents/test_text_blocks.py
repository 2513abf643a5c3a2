"""Boxes, tables, pictures and footnotes in the authority's texts, in every format."""

import base64
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from shokibo.documents.blocks import (
    Box,
    Bullets,
    Item,
    Paragraph,
    Picture,
    PlanDocument,
    Run,
    Table,
)
from shokibo.documents.plan.docx import plan_docx
from shokibo.documents.plan.pdf import plan_pdf
from shokibo.documents.plan.texts import PlanTextError, load_texts, sources_in
from shokibo.documents.plan.xlsx import plan_xlsx
from shokibo.ledger.model import ledger_of

from .test_plan_cases import document_of, made_tables, squeezed

FILE = "02-経緯.md"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">'
    '<rect x="1" y="1" width="58" height="18" fill="none" stroke="black"/></svg>'
)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
TEXT = """- 前の文[^1]

> **抜粋**
>
> - ① {{ 施設数 }}施設

| 区分 | 数 |
|---|--:|
| 甲 | {{ 施設数 }}か所 |

![体系図の説明](図.svg "体系の図")

[^1]: 注の文 {{ 施設数 }}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("texts")
    (made / FILE).write_text(TEXT, "utf-8")
    (made / "図.svg").write_text(SVG, "utf-8")
    return made


@pytest.fixture(scope="module")
def document(folder: Path) -> PlanDocument:
    return document_of(ledger_of(made_tables(1, 1, "見本")), folder)


def test_blocks_are_read_with_figures_and_footnotes(document: PlanDocument) -> None:
    bullets, box, table, picture = document.section("経緯")
    assert bullets == Bullets((Item((Run("前の文", note="注の文 1"),)),))
    assert box == Box((Paragraph((Run("抜粋", bold=True),)), Bullets((Item((Run("① 1施設"),)),))))
    assert isinstance(table, Table)
    assert [cell.text for row in (table.head, *table.rows) for cell in row] == [
        *("区分", "数"),
        *("甲", "1か所"),
    ]
    assert table.aligns == ("left", "right")
    assert picture == Picture(SVG.encode(), "svg", "体系の図", "体系図の説明")


def test_the_pdf_prints_them(document: PlanDocument) -> None:
    page = squeezed(PdfReader(BytesIO(plan_pdf(document))).pages[2].extract_text())
    for words in ("前の文", "抜粋", "①1施設", "甲1か所", "体系の図", "注の文1"):
        assert words in page
    assert "・①" not in page  # a number of one's own replaces the bullet


def test_word_has_them_as_its_own(document: PlanDocument) -> None:
    content = plan_docx(document)
    word = docx.Document(BytesIO(content))
    box, table, *_ = word.tables
    assert box.cell(0, 0).text == "抜粋\n①1施設"
    assert [cell.text for cell in table.rows[1].cells] == ["甲", "1か所"]
    numbered = box.cell(0, 0).paragraphs[1]._p
    assert [mark.get(qn("w:val")) for mark in numbered.iter(qn("w:numId"))] == ["0"]
    assert "体系図の説明" in word.element.xml
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert "注の文 1" in package.read("word/footnotes.xml").decode()
        assert "footnotes.xml" in package.read("[Content_Types].xml").decode()


def test_a_table_of_a_text_is_no_sheet_of_the_workbook(document: PlanDocument) -> None:
    assert plan_xlsx(document).startswith(b"PK")


def test_a_picture_is_put_into_the_stored_text(folder: Path) -> None:
    source = sources_in(folder)["経緯"]
    assert "](data:image/svg+xml;base64," in source
    assert source.count("\n") == TEXT.count("\n")


def test_a_png_is_a_picture_too(tmp_path: Path) -> None:
    (tmp_path / "図.PNG").write_bytes(PNG)
    (tmp_path / FILE).write_text("![甲](図.PNG)", "utf-8")
    (picture,) = load_texts(tmp_path, {}).section("経緯")
    assert picture == Picture(PNG, "png", "", "甲")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("甲\n\n![乙](ない.svg)", 3, "「ない.svg」を図として読めません。"),
        ("![乙](壊れた.svg)", 1, "図「乙」を描けません。"),
        ("![乙](data:image/gif;base64,AAAA)", 1, "図「乙」を描けません。"),
        ("![乙](data:image/png;base64,A)", 1, "図「乙」を描けません。"),
        ("![乙](他.svg)", 1, "図「乙」を描けません。"),
        ("![](壊れた.svg)", 1, "図「data:…」を描けません。"),
        ("<b>甲</b>", 1, "HTMLのタグは使えません。"),
        ("甲 ![乙](図.svg)", 1, "図は、1行だけの段落に書きます。"),
        ("甲[^1]", 1, "脚注「[^1]」の文がありません。"),
        ("甲\n\n[^1]: 乙", 3, "脚注「[^1]」は本文で使われていません。"),
        ("甲[^1]\n\n[^1]: {{ ない }}", 3, "「ない」という値はありません。"),
        ("> > 甲", 1, "囲み(>)のなかの囲みは使えません。"),
        ("> | 甲 |\n> |---|\n> | 乙 |", 1, "囲み(>)のなかの表は使えません。"),
        ("| 甲 |\n|---|\n| {{ ない }} |", 3, "「ない」という値はありません。"),
    ],
)
def test_what_can_not_be_printed_is_refused_at_its_line(
    text: str, line: int, said: str, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    (tmp_path / "壊れた.svg").write_text("<svg", "utf-8")
    (tmp_path / "図.svg").write_text(SVG, "utf-8")
    linked = SVG.replace("<rect", '<image href="/etc/hostname"/><rect')
    (tmp_path / "他.svg").write_text(linked, "utf-8")
    with pytest.raises(PlanTextError) as caught:
        load_texts(tmp_path, {})
    found = [(one.place, one.message("ja")) for one in caught.value.problems]
    assert [place for place, words in found if said in words] == [f"{FILE}:{line}"], found
    assert all(one.message("en") for one in caught.value.problems)
