"""The plan as PDF, read back by pypdf."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, Destination, DictionaryObject, PdfObject

from shokibo.documents.blocks import Heading
from shokibo.documents.drawing.printable import UnprintableError
from shokibo.documents.plan.pdf import plan_pdf

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
def pdf() -> PdfReader:
    return PdfReader(BytesIO(content("pdf")))


@pytest.fixture(scope="module")
def printed(pdf: PdfReader) -> list[str]:
    """Return the text of every page, without spaces."""
    return [squeezed(page.extract_text()) for page in pdf.pages]


def test_pdf_tables_hold_the_golden_figures(printed: list[str]) -> None:
    text = "".join(printed)
    for _, names, cells in golden_rows():
        assert names[1] + "".join(cells) in text
    for _, name, amount in golden_budget():
        assert re.search(f"{re.escape(name)}0{amount}", text), name


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
    """Return every element of a PDF's structure."""
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


def test_a_sign_that_can_not_be_drawn_stops_the_pdf_with_words() -> None:
    with pytest.raises(UnprintableError, match="🌸"):
        plan_pdf(made(1, 1, name="🌸"))
