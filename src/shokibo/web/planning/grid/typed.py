"""The ledger that a plan is worked out from: as stored, or with a grid as it is typed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW, ROW_DTYPE
from shokibo.ledger.tables import Table
from shokibo.web.planning.grid.rows import Grid, Row

Counted = tuple[dict[str, Any], Row | None]
"""A row that counts, by the ledger's columns, and the row of the grid that it is, if any."""
Places = dict[int, Row]
"""Which row of the grid a row of the typed ledger is."""


def with_typed(ledger: Ledger, grid: Grid) -> tuple[Ledger, Places]:
    """Put a grid as typed in its table's place, its rows numbered in the order they count.

    Stored rows that the grid does not show stay; rows that can't be read are left out. What is
    typed takes the place of a row of the same key, which somebody may have stored meanwhile.
    """
    table = grid.kind.table
    rows = _once(table, _rows(ledger, grid))
    schema = {**table.schema, ROW: ROW_DTYPE}
    values = [
        (*(held[name] for name in table.schema), number) for number, (held, _) in enumerate(rows)
    ]
    frame = pl.DataFrame(values, schema=schema, orient="row")
    places = {number: row for number, (_, row) in enumerate(rows) if row is not None}
    return replace(ledger, tables={**ledger.tables, table.name: frame}), places


def left_out(grid: Grid) -> list[Row]:
    """Give the rows of a grid that can't be read, and so are in no figure."""
    return [row for row in grid.rows if row.is_wrong and not row.removed]


def _rows(ledger: Ledger, grid: Grid) -> Iterator[Counted]:
    opened = {row.pk: row for row in grid.rows if row.pk is not None}
    for held in ledger[grid.kind.table.name].iter_rows(named=True):
        row = opened.get(held[ROW])
        if row is None or not row.touched:
            yield held, row
        elif _counts(grid, row):
            yield {**held, **row.values}, row
    blank = dict.fromkeys(grid.kind.table.schema)
    codes = ledger["authorities"]["authority_code"]
    for row in grid.rows:
        if row.pk is None and _counts(grid, row):
            yield {**blank, "authority_code": codes[0], **row.values}, row


def _once(table: Table, rows: Iterable[Counted]) -> list[Counted]:
    if not table.key:
        return list(rows)
    return list(
        {tuple(held[name] for name in table.key): (held, row) for held, row in rows}.values()
    )


def _counts(grid: Grid, row: Row) -> bool:
    return not (row.removed or row.is_wrong or grid.is_left_out(row))
