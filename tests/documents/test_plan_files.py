"""The plan in Word, PDF and Excel, read back by other programs."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table as WordTable
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader
from pypdf.generic import ArrayObject, Destination, DictionaryObject, PdfObject

from shokibo.documents.form_pdf import MissingCharacterError
from shokibo.documents.plan_document import TEXT_WIDTH_MM, Heading, PlanDocument
from shokibo.documents.plan_docx import write_plan_docx
from shokibo.documents.plan_pdf import write_plan_pdf
from shokibo.documents.plan_xlsx import CONTENTS, write_plan_xlsx

from .test_plan_cases import (
    INJECTED,
    golden_budget,
    golden_rows,
    made,
    setagaya,
    table,
    tables,
)

WRITERS = {"docx": write_plan_docx, "pdf": write_plan_pdf, "xlsx": write_plan_xlsx}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the example's document in every format."""
    folder = tmp_path_factory.mktemp("plan")
    for suffix, write in WRITERS.items():
        write(setagaya(), folder / f"plan.{suffix}")
    return folder


@pytest.fixture(scope="session")
def word(folder: Path) -> Document:
    return docx.Document(str(folder / "plan.docx"))


@pytest.fixture(scope="session")
def pdf(folder: Path) -> PdfReader:
    return PdfReader(folder / "plan.pdf")


@pytest.fixture(scope="session")
def book(folder: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folder / "plan.xlsx")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def captioned(word: Document, caption: str) -> WordTable:
    """Give the table under the only caption that holds a word."""
    (title,) = [p for p in word.paragraphs if p.style.name == "Caption" and caption in p.text]  # type: ignore[union-attr]
    following: Any = title._p.getnext()
    return WordTable(following, word)


def pages(reader: PdfReader) -> list[str]:
    return [squeezed(page.extract_text()) for page in reader.pages]


@pytest.fixture(scope="session")
def printed(pdf: PdfReader) -> list[str]:
    """Give the text of every page of the example's PDF, without spaces."""
    return pages(pdf)


@pytest.mark.parametrize(("caption", "names", "cells"), golden_rows())
def test_word_tables_hold_the_golden_figures(
    word: Document, caption: str, names: tuple[str, ...], cells: tuple[str, ...]
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


def test_pdf_tables_hold_the_golden_figures(printed: list[str]) -> None:
    text = "".join(printed)
    for _, names, cells in golden_rows():
        assert names[1] + "".join(cells) in text
    for _, name, amount in golden_budget():
        assert re.search(f"{re.escape(name)}—{amount}", text), name


def sheet_rows(sheet: Worksheet, caption: str) -> list[list[Cell | MergedCell]]:
    """Give the cells under a caption, to the first blank row; merged ones as their first."""
    titles = enumerate((str(row[0].value) for row in sheet.iter_rows(max_col=1)), start=1)
    (at,) = [row for row, title in titles if title.startswith("表") and caption in title]
    merged = {
        place: (each.min_row, each.min_col)
        for each in sheet.merged_cells.ranges
        for place in each.cells
    }
    rows = []
    for row in sheet.iter_rows(min_row=at + 1):
        cells = [sheet.cell(*merged.get((c.row, c.column), (c.row, c.column))) for c in row]
        if all(cell.value is None for cell in cells):
            break
        rows.append(cells)
    return rows


def shown(cell: Cell | MergedCell) -> str:
    """Show a cell as its number format prints it."""
    if isinstance(cell.value, str):
        return squeezed(cell.value)
    figure, _, zero = cell.number_format.split(";")
    form = zero if cell.value == 0 else figure
    digits, *words = form.split('"')
    number = f"{cell.value:,.1f}" if ".0" in digits else f"{cell.value:,}"
    return squeezed((number if digits else "") + "".join(words))


@pytest.mark.parametrize(("caption", "names", "cells"), golden_rows())
def test_workbook_holds_the_golden_figures_as_numbers(
    book: openpyxl.Workbook, caption: str, names: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    sheet = book[table(setagaya(), caption).sheet]
    found = sheet_rows(sheet, caption)
    (row,) = [row for row in found if tuple(shown(c) for c in row[:2]) == names]
    assert [shown(cell) for cell in row[2:]] == list(cells)
    assert all(isinstance(cell.value, int) for cell in row[2:])


@pytest.mark.parametrize(("caption", "name", "amount"), golden_budget())
def test_workbook_holds_the_golden_costs_as_numbers(
    book: openpyxl.Workbook, caption: str, name: str, amount: str
) -> None:
    found = sheet_rows(book["必要経費"], caption)
    year = [shown(cell) for cell in found[0]].index("令和4年度")
    (cell,) = [row[year] for row in found if name in [shown(c) for c in row]]
    assert cell.value == int(amount.replace(",", ""))


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


def test_word_contents_are_filled_can_be_updated_and_ask_nothing(word: Document) -> None:
    (contents,) = word.element.body.iter(qn("w:sdt"))
    found = fields(contents)
    assert found[0].startswith('TOC \\o "1-3"')
    marks = {mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))}
    targets = [code.split()[1] for code in found[1:]]
    assert set(targets) == marks
    links = contents.iter(qn("w:hyperlink"))
    entries = ["".join(text.text for text in link.iter(qn("w:t"))) for link in links]
    assert entries == [b.text for b in setagaya().blocks if isinstance(b, Heading)]
    assert not list(word.settings.element.iter(qn("w:updateFields")))
    assert "w:dirty" not in word.element.xml


def test_word_captions_are_counted_by_word(word: Document) -> None:
    drawn = tables(setagaya())
    for style, kind, count in (("Caption", "表", len(drawn)), ("Figure Caption", "図", 5)):
        found = [p for p in word.paragraphs if p.style is not None and p.style.name == style]
        assert [fields(p._p) for p in found] == [[f"SEQ {kind} \\* ARABIC"]] * count
        assert [p.text.split("　")[0] for p in found] == [f"{kind}{n + 1}" for n in range(count)]


def test_word_tables_fit_and_repeat_their_heads(word: Document) -> None:
    assert len(word.tables) == len(tables(setagaya()))
    for each in word.tables:
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
    assert described == [figure.alt for figure in setagaya().figures]


def test_word_tells_title_and_author_and_nothing_of_its_maker(word: Document, folder: Path) -> None:
    told = word.core_properties
    assert (told.title, told.author) == (setagaya().title, "世田谷区")
    assert told.comments == ""
    assert told.created is not None
    assert told.created.year == 2021
    with zipfile.ZipFile(folder / "plan.docx") as package:
        content = b"".join(package.read(name) for name in package.namelist())
    assert b"python-docx" not in content
    assert b"thumbnail.jpeg" not in content


def test_pdf_has_an_outline_page_numbers_and_the_mark(pdf: PdfReader, printed: list[str]) -> None:
    def titles(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, Destination):
                yield str(entry.title)
            else:
                yield from titles(entry)

    found = [title for title in titles(pdf.outline) if title != "目次"]
    assert found == [b.text for b in setagaya().blocks if isinstance(b, Heading)]
    assert all("架空を含む" in text for text in printed)
    assert [text.endswith(str(n)) for n, text in enumerate(printed[2:], 1)] == [True] * len(
        printed[2:]
    )
    assert "計画策定の趣旨" in printed[1]
    assert printed[2].startswith(squeezed(setagaya().title))


def test_pdf_is_tagged_japanese_and_its_charts_are_described(pdf: PdfReader) -> None:
    catalog: Any = pdf.trailer["/Root"]
    assert catalog["/Lang"] == "ja-JP"
    assert "/StructTreeRoot" in catalog
    assert pdf.metadata is not None
    assert pdf.metadata.title == setagaya().title
    alts = {str(o["/Alt"]) for o in structure(catalog["/StructTreeRoot"]) if "/Alt" in o}
    assert {figure.alt for figure in setagaya().figures} <= alts


def structure(node: PdfObject) -> Iterator[DictionaryObject]:
    """Give every element of a PDF's structure."""
    found = node.get_object()
    if isinstance(found, ArrayObject):
        for kid in found:
            yield from structure(kid)
    elif isinstance(found, DictionaryObject):
        yield found
        if "/K" in found:
            yield from structure(found["/K"])


def test_pdf_has_the_words_of_every_cell(printed: list[str]) -> None:
    text = "".join(printed)
    for drawn in tables(setagaya()):
        for row in (drawn.head, *drawn.rows):
            for cell in row:
                assert squeezed(cell.text) in text


def test_workbook_has_a_sheet_a_group_with_pictures_and_print_set_up(
    book: openpyxl.Workbook,
) -> None:
    assert book.sheetnames == [
        CONTENTS,
        "定員の状況",
        "入所状況",
        "必要量",
        "各施設の計画",
        "目標",
        "必要経費",
        "スケジュール",
    ]
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddHeader is not None
        assert str(sheet.oddHeader.right.text).endswith("架空を含む")
    links = [row[0].hyperlink for row in book[CONTENTS].iter_rows() if row[0].hyperlink]
    assert len(links) == len(tables(setagaya())) + len(setagaya().figures)
    for link in links:
        name, place = str(link.location).split("!")
        below = [book[name.strip("'")][place].offset(rows).value for rows in range(4)]
        assert any(str(value).startswith(("表", "図")) for value in below)


def test_workbook_has_its_charts_as_described_pictures(folder: Path) -> None:
    with zipfile.ZipFile(folder / "plan.xlsx") as package:
        names = package.namelist()
        drawings = [name for name in names if name.startswith("xl/drawings/drawing")]
        described = b"".join(package.read(name) for name in drawings).decode()
    assert len([name for name in names if name.startswith("xl/media/")]) == 5
    assert all(f'descr="{figure.alt}"' in described for figure in setagaya().figures)


@pytest.mark.parametrize("suffix", list(WRITERS))
def test_the_same_document_gives_the_same_bytes(suffix: str, folder: Path, tmp_path: Path) -> None:
    WRITERS[suffix](setagaya(), tmp_path / "other")
    assert (tmp_path / "other").read_bytes() == (folder / f"plan.{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", list(WRITERS))
def test_a_file_is_written_whole_or_not_at_all(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        WRITERS[suffix](made(1, 1, bare=True), tmp_path / "missing" / f"plan.{suffix}")
    assert list(tmp_path.iterdir()) == []


def read_back(document: PlanDocument, folder: Path) -> dict[str, str]:
    """Write a document in every format and give the text of each, without spaces."""
    for suffix, write in WRITERS.items():
        write(document, folder / f"plan.{suffix}")
    word = docx.Document(str(folder / "plan.docx"))
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    return {
        "docx": squeezed("".join(t.text or "" for t in word.element.body.iter(qn("w:t")))),
        "pdf": "".join(pages(PdfReader(folder / "plan.pdf"))),
        "xlsx": squeezed(
            "".join(
                str(cell.value)
                for sheet in book.worksheets
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None and cell.data_type != "f"
            )
        ),
    }


def test_a_name_is_text_in_every_format_whatever_it_holds(tmp_path: Path) -> None:
    texts = read_back(made(1, 1, name=INJECTED), tmp_path)
    for suffix, text in texts.items():
        assert text.count(squeezed(INJECTED)) >= 3, suffix


def test_control_characters_do_not_stop_the_word_document(tmp_path: Path) -> None:
    write_plan_docx(made(1, 1, name="甲\x0b\x01乙"), tmp_path / "plan.docx")
    assert "甲乙県" in docx.Document(str(tmp_path / "plan.docx")).element.xml


def test_a_sign_that_can_not_be_drawn_stops_the_pdf_with_words(tmp_path: Path) -> None:
    with pytest.raises(MissingCharacterError, match="🌸"):
        write_plan_pdf(made(1, 1, name="🌸"), tmp_path / "plan.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("years", "bare"), [(1, True), (7, False)])
def test_a_small_plan_is_written_in_every_format(years: int, bare: bool, tmp_path: Path) -> None:
    texts = read_back(made(2, years, bare=bare), tmp_path)
    for suffix, text in texts.items():
        assert "第h1学園年度末の定員" in text, suffix
        assert ("歳出合計" in text) == (not bare), suffix
        assert ("自治体が記入" in text) == (suffix != "xlsx"), suffix


def test_thirty_homes_and_thirty_five_years_are_written_in_every_format(tmp_path: Path) -> None:
    document = made(30, 35)
    for suffix, write in WRITERS.items():
        write(document, tmp_path / f"plan.{suffix}")
    last = "第h29学園　年度末の定員（令和32年度～令和37年度）"
    word = docx.Document(str(tmp_path / "plan.docx"))
    assert len(word.tables) == len(tables(document)) > 200
    assert last in word.element.xml
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as package:
        assert last in package.read("xl/sharedStrings.xml").decode()
    assert len(PdfReader(tmp_path / "plan.pdf").pages) > 50
