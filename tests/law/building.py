"""Ledgers built of plain rows, whose headers and codes are Japanese or English."""

from collections.abc import Mapping, Sequence

import polars as pl

from shokibo.ledger.carriers.headers import column_named, table_named
from shokibo.ledger.cells import Cell, is_blank, parse
from shokibo.ledger.model import Ledger, ledger_of

Row = Mapping[str, Cell]


def ledger_from(tables: Mapping[str, Sequence[Row]]) -> Ledger:
    """Build a ledger; a column that a row leaves out is blank.

    Raises KeyError for a name of a table or column that is not declared.
    """
    frames = dict(_frame(name, rows) for name, rows in tables.items())
    return ledger_of(frames)


def _frame(name: str, rows: Sequence[Row]) -> tuple[str, pl.DataFrame]:
    table = table_named(name)
    if table is None:
        raise KeyError(name)
    read: dict[str, list[object]] = {column.name: [None] * len(rows) for column in table.columns}
    for number, row in enumerate(rows):
        for header, cell in row.items():
            column = column_named(table, header)
            if column is None:
                raise KeyError(f"{name}: {header}")
            read[column.name][number] = None if is_blank(cell) else parse(cell, column)
    return table.name, pl.DataFrame(read, schema=table.schema)
