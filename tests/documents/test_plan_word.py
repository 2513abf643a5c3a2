"""The plan in Word, read back by python-docx."""

import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table as WordTable

from shokibo.documents.blocks import TEXT_WIDTH_MM, Box, Figure, Heading, Picture
from shokibo.documents.drawing.printable import UnprintableError
from shokibo.documents.plan.docx import plan_docx
from shokibo.documents.plan.docx_parts import run
from shokibo.documents.plan.pdf import paging

from .test_plan_cases import (
    content,
    golden_budget,
    golden_rows,
    made,
    setagaya,
    squeezed,
    tables,
)


@pytest.fixture(scope="module")
def word() -> Document:
    return docx.Document(BytesIO(content("docx")))


def captioned(word: Document, caption: str) -> WordTable:
    """Return the table under the only caption that holds a word."""
    (title,) = [p for p in word.paragraphs if p.style.name == "Caption" and caption in p.text]  # type: ignore[union-attr]
    following: Any = title._p.getnext()
    return WordTable(following, word)


@pytest.mark.parametrize(("caption", "names", "cells"), golden_rows())
def test_word_tables_hold_the_golden_figures(
    word: Document, caption: str, names: tuple[str, ...], cells: list[str]
) -> None:
    found = [[squeezed(c.text) for c in row.cells] for row in captioned(word, caption).rows]
    assert [*names, *cells] in found


@pytest.mark.parametrize(("caption", "name", "amount"), golden_budget())
def test_word_tables_hold_the_golden_costs(
    word: Document, caption: str, name: str, amount: str
) -> None:
    found = [[squeezed(c.text) for c in row.cells] for row in captioned(word, caption).rows]
    year = found[0].index("令和4年度")
    assert [row[year] for row in found if name in row] == [amount]


def test_word_headings_are_headings(word: Document) -> None:
    expected = [(b.level, b.text) for b in setagaya().blocks if isinstance(b, Heading)]
    found = [
        (int(p.style.name[-1]), p.text)
        for p in word.paragraphs
        if p.style is not None and p.style.name is not None and p.style.name.startswith("Heading")
    ]
    assert found == expected


def fields(element: BaseOxmlElement) -> list[str]:
    return [str(code.text).strip() for code in element.iter(qn("w:instrText"))]


def test_word_contents_show_the_pages_of_the_pdf_and_can_be_updated(word: Document) -> None:
    (contents,) = word.element.body.iter(qn("w:sdt"))
    found = fields(contents)
    assert found[0].startswith('TOC \\o "1-3"')
    marks = {mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))}
    targets = [code.split()[1] for code in found[1:]]
    assert set(targets) == marks
    links = contents.iter(qn("w:hyperlink"))
    entries = ["".join(text.text for text in link.iter(qn("w:t"))) for link in links]
    headings = [b.text for b in setagaya().blocks if isinstance(b, Heading)]
    pages = paging(setagaya()).headings
    assert entries == [f"{text}{page}" for text, page in zip(headings, pages, strict=True)]
    (update,) = word.settings.element.iter(qn("w:updateFields"))
    assert update.getnext() is not None  # before the compatibility, as the schema has it


def test_a_heading_that_begins_a_page_in_the_pdf_does_so_in_word(word: Document) -> None:
    headings = [p for p in word.paragraphs if str(p.style and p.style.name).startswith("Heading")]
    breaks = [p._p.find(f".//{qn('w:pageBreakBefore')}") is not None for p in headings]
    tops = paging(setagaya()).tops
    assert breaks == list(tops)
    assert len(breaks) > sum(breaks) > 3  # more than the three chapters


def test_rows_that_a_cell_spans_stay_on_one_page() -> None:
    long = docx.Document(BytesIO(plan_docx(made(12, 1))))
    rows = list(captioned(long, "職員数")._tbl.iter(qn("w:tr")))
    spanned = [row.find(f".//{qn('w:vMerge')}[@{qn('w:val')}='continue']") for row in rows]
    kept = [row.find(f".//{qn('w:keepNext')}") is not None for row in rows]
    assert len(rows) > 25
    assert kept[:-1] == [following is not None for following in spanned[1:]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Komorebi", "K/o/m/o/r/e/b/i"),
        ("Komoreb", "Komoreb"),
        ("架空Komorebiの家", "架空K/o/m/o/r/e/b/iの家"),
        ("12,345,678", "12,345,678"),
        ("△1,234,567.8%", "△1,234,567.8%"),
    ],
)
def test_long_latin_words_may_break_in_word_and_figures_never(text: str, shown: str) -> None:
    (written,) = run(text, most_unbroken=7).findall(qn("w:t"))
    assert str(written.text).replace("\u200b", "/") == shown


def test_word_captions_are_counted_by_word(word: Document) -> None:
    drawn = tables(setagaya())
    for style, kind, count in (("Caption", "表", len(drawn)), ("Figure Caption", "図", 5)):
        found = [
            p
            for p in word.paragraphs
            if p.style is not None and p.style.name == style and p.text.startswith(kind)
        ]
        assert [fields(p._p) for p in found] == [[f"SEQ {kind} \\* ARABIC"]] * count
        assert [p.text.split("　")[0] for p in found] == [f"{kind}{n + 1}" for n in range(count)]


def test_word_tables_fit_and_repeat_their_heads(word: Document) -> None:
    boxes = [block for block in setagaya().blocks if isinstance(block, Box)]
    assert len(word.tables) == len(tables(setagaya())) + len(boxes)
    for each in word.tables[len(boxes) :]:
        first, *others = each._tbl.iter(qn("w:tr"))
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert not [row for row in others if row.find(f".//{qn('w:tblHeader')}") is not None]
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in (first, *others))
        widths = [int(column.get(qn("w:w"))) for column in each._tbl.iter(qn("w:gridCol"))]
        assert sum(widths) <= Mm(TEXT_WIDTH_MM).twips + len(widths)


def test_word_names_japanese_fonts_for_east_asia(word: Document) -> None:
    fonts = [style.element.find(f".//{qn('w:rFonts')}") for style in word.styles if style.type == 1]
    assert fonts
    assert {font.get(qn("w:eastAsia")) for font in fonts} == {"ＭＳ 明朝", "ＭＳ ゴシック"}
    assert not [key for font in fonts for key in font.attrib if key.endswith("Theme")]


def test_word_pages_are_a4_numbered_and_marked(word: Document) -> None:
    assert len(word.sections) == 2
    for section in word.sections:
        sides = [side for side in (section.page_width, section.page_height) if side is not None]
        assert [round(side.mm, 1) for side in sides] == [210, 297]
        assert section.header.paragraphs[0].text.endswith("架空を含む")
    front, main = word.sections
    assert fields(front.footer._element) == []
    assert fields(main.footer._element) == ["PAGE"]
    assert main._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert "世田谷区" in main.header.paragraphs[0].text


def test_word_pictures_say_what_they_show(word: Document) -> None:
    described = [each.get("descr") for each in word.element.body.iter(qn("wp:docPr"))]
    shown = [b.alt for b in setagaya().blocks if isinstance(b, Figure | Picture)]
    assert described == shown


def test_word_shows_title_and_author_and_nothing_about_its_maker(word: Document) -> None:
    result = word.core_properties
    assert (result.title, result.author) == (setagaya().title, "世田谷区")
    assert result.comments == ""
    assert result.created is not None
    assert result.created.year == 2021
    with zipfile.ZipFile(BytesIO(content("docx"))) as package:
        parts = b"".join(package.read(name) for name in package.namelist())
    assert b"python-docx" not in parts
    assert b"thumbnail.jpeg" not in parts


def test_control_characters_stop_the_word_document() -> None:
    with pytest.raises(UnprintableError, match=r"U\+0001"):
        plan_docx(made(1, 1, name="甲\x01乙"))
