"""The plan in every format: whole files, any text, any size."""

import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from shokibo.documents.blocks import PlanDocument

from .test_plan_cases import FORMATS, INJECTED, content, made, setagaya, squeezed, tables


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_the_same_document_gives_the_same_bytes(suffix: str) -> None:
    assert FORMATS[suffix](setagaya()) == content(suffix)


def read_back(document: PlanDocument, folder: Path) -> dict[str, str]:
    """Write a document in every format and give the text of each, without spaces."""
    for suffix, draw in FORMATS.items():
        (folder / f"plan.{suffix}").write_bytes(draw(document))
    word = docx.Document(str(folder / "plan.docx"))
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    printed = PdfReader(folder / "plan.pdf").pages
    return {
        "docx": squeezed("".join(t.text or "" for t in word.element.body.iter(qn("w:t")))),
        "pdf": squeezed("".join(page.extract_text() for page in printed)),
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


@pytest.mark.parametrize(("years", "bare"), [(1, True), (7, False)])
def test_a_small_plan_is_written_in_every_format(years: int, bare: bool, tmp_path: Path) -> None:
    texts = read_back(made(2, years, bare=bare, draft=True), tmp_path)
    for suffix, text in texts.items():
        assert "第h1学園年度末の定員" in text, suffix
        assert ("歳出合計" in text) == (not bare), suffix
        assert ("自治体が記入" in text) == (suffix != "xlsx"), suffix


def test_thirty_homes_and_thirty_five_years_are_written_in_every_format(tmp_path: Path) -> None:
    document = made(30, 35)
    for suffix, draw in FORMATS.items():
        (tmp_path / f"plan.{suffix}").write_bytes(draw(document))
    last = "第h29学園　年度末の定員（令和32年度～令和37年度）"
    word = docx.Document(str(tmp_path / "plan.docx"))
    assert len(word.tables) == len(tables(document)) > 200
    assert last in word.element.xml
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as package:
        assert last in package.read("xl/sharedStrings.xml").decode()
    assert len(PdfReader(tmp_path / "plan.pdf").pages) > 50
