"""Workbooks that tests bring in, and the ways to bring them."""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from openpyxl import load_workbook

from shokibo.ledger.columns import DELETE
from shokibo.ledger.tables import BY_NAME
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.exchange import actions, applying, dry_run, files
from shokibo.web.exchange.models import Run
from shokibo.web.exchange.reach import Reach
from tests.builders import Edit, Tables, write_sheets
from tests.web.world import OURS, World

Cell = str | int | None


def workbook(folder: Path, *edits: Edit) -> bytes:
    """Make a workbook of some rows."""
    tables: Tables = {}
    for edit in edits:
        edit(tables)
    return write_sheets(tables, folder / "made.xlsx").read_bytes()


def downloaded(office: Office) -> bytes:
    """Take out what a person may take out."""
    reach = Reach(office, Permission.LEDGER_EXPORT)
    return files.workbook(files.part(reach), files.sheets_of(reach))


@lru_cache(maxsize=200)
def edited(content: bytes, table: str, key: str, **cells: Cell) -> bytes:
    """Write cells into the first row of a sheet that holds a word; a new row for a blank key.

    Tests edit the same few workbooks, and writing one takes as long as bringing it in.
    """
    book = load_workbook(BytesIO(content))
    sheet = book[BY_NAME[table].sheet]
    headers = [cell.value for cell in sheet[1]]
    columns = {c.name: c.header for c in (*BY_NAME[table].columns, DELETE)}
    number = _row(sheet.iter_rows(min_row=2), key) if key else sheet.max_row + 1
    for name, value in cells.items():
        if columns[name] not in headers:
            headers.append(columns[name])
            sheet.cell(1, len(headers), columns[name])
        sheet.cell(number, headers.index(columns[name]) + 1).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _row(rows: Iterable[Any], key: str) -> int:
    return next(int(row[0].row) for row in rows if key in [str(cell.value) for cell in row])


def brought(world: World, role: str, content: bytes) -> Run:
    """Upload a workbook and read it: give the dry run."""
    run = actions.upload(office=world.office(role), name="台帳.xlsx", content=content)
    dry_run.dry_run(run.pk)
    run.refresh_from_db()
    return run


def taken_in(world: World, role: str, content: bytes, reason: str = "試験のため") -> Run:
    """Bring a workbook in, as it is."""
    run = brought(world, role, content)
    assert run.state == "ready", run.findings
    actions.ask(office=world.office(role), run=run, version=run.version, reason=reason)
    applying.apply(run.pk)
    run.refresh_from_db()
    return run


def sent(world: World, role: str, content: bytes, name: str = "台帳.xlsx") -> HttpResponse:
    """Upload a workbook on the page."""
    file = SimpleUploadedFile(name, content)
    answer: Any = world.client(role).post(f"/{OURS}/exchange/", {"file": file}, follow=True)
    return cast("HttpResponse", answer)


def problems(run: Run) -> list[tuple[str, str]]:
    """Return code and place of each problem."""
    return [(one["code"], one["place"]) for one in run.findings["problems"]]


def planned(run: Run) -> list[tuple[str, str, str]]:
    """Return table, kind and name of each row of a dry run."""
    return list(run.changes.values_list("table", "kind", "name_ja"))
