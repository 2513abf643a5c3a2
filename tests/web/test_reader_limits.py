"""A reading that calculates too long, or asks for too much memory, is a problem of its file."""

from io import BytesIO

import pytest
import xlsxwriter

from shokibo.ledger.tables import BY_NAME
from shokibo.web.base import isolation
from shokibo.web.exchange.isolation import read_isolated
from shokibo.web.exchange.models import Run
from tests.web.imports import sent
from tests.web.world import World


def _staff(rows: int) -> bytes:
    """Make a workbook with postings, each cell of its own and wrong."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    table = BY_NAME["staff"]
    sheet = book.add_worksheet(table.sheet)
    sheet.write_row(0, 0, [column.header for column in table.columns])
    for row in range(1, rows + 1):
        sheet.write_row(row, 0, [f"{row}の{column.name}" for column in table.columns])
    book.close()
    return content.getvalue()


def _codes(content: bytes) -> set[str]:
    return {one.code for one in read_isolated("台帳.xlsx", content, {}).problems}


def test_a_reading_beyond_its_seconds_is_a_problem_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(isolation, "MOST_SECONDS", 1)
    assert "FILE_UNREADABLE" not in _codes(_staff(10))
    assert _codes(_staff(8_000)) == {"FILE_UNREADABLE"}


def test_a_reading_beyond_its_memory_is_a_problem_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = _staff(10)
    assert "FILE_UNREADABLE" not in _codes(content)
    monkeypatch.setattr(isolation, "MOST_MEMORY", 50_000_000)
    assert _codes(content) == {"FILE_UNREADABLE"}


def test_the_page_says_that_the_limit_was_reached(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "MOST_MEMORY", 50_000_000)
    page = sent(world, "officer", _staff(10)).content.decode()
    assert "計算時間かメモリーの上限に達した" in page
    assert Run.objects.get().state == "refused"
