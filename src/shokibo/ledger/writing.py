"""Write a ledger to any carrier; reading it back returns the same ledger."""

import csv
from pathlib import Path
from typing import Literal, TextIO

import polars as pl

from shokibo.files import replacing
from shokibo.formulas import escaped
from shokibo.ledger.carriers.files import SUFFIXES
from shokibo.ledger.carriers.headers import table_named
from shokibo.ledger.cells import TEXT_KINDS
from shokibo.ledger.columns import DELETE, Column, Kind, Table
from shokibo.ledger.formatting import column_texts
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import TABLES

FolderCarrier = Literal["csv", "parquet"]


class StaleFilesError(Exception):
    """A folder already has tables that this ledger would not replace: their names."""


def rows_of(ledger: Ledger, table: Table) -> tuple[pl.DataFrame, tuple[Column, ...]]:
    """Return a table's rows, including those marked for removal, and the columns to write."""
    removed = ledger.removed.get(table.name)
    rows = ledger[table.name]
    if removed is None or removed.is_empty():
        return rows, table.columns
    marked = pl.concat(
        [
            rows.with_columns(pl.lit(None, pl.Boolean).alias("delete")),
            removed.with_columns(pl.lit(value=True).alias("delete")),
        ]
    )
    return marked, (*table.columns, DELETE)


def tables_to_write(ledger: Ledger) -> list[Table]:
    """Select the tables that have rows; for an empty ledger all, so that it can be read back."""
    return [table for table in TABLES if rows_of(ledger, table)[0].height] or list(TABLES)


def write_folder(ledger: Ledger, folder: Path, carrier: FolderCarrier) -> list[Path]:
    """Write a folder of CSV or Parquet files, one for each table that has rows, all or none.

    Raises StaleFilesError if the folder has other tables, OSError if it can't be written.
    """
    tables = {
        folder / f"{table.name}.{carrier}": rows_of(ledger, table)
        for table in tables_to_write(ledger)
    }
    stale = sorted(
        path.name
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.suffix.casefold() in SUFFIXES and table_named(path.stem) and path not in tables
    )
    if stale:
        raise StaleFilesError(", ".join(stale))
    with replacing(list(tables), folder) as drafts:
        for (rows, columns), draft in zip(tables.values(), drafts, strict=True):
            if carrier == "csv":
                cells = [
                    [cell and escaped(cell) for cell in column_texts(column, rows)]
                    if column.kind in TEXT_KINDS
                    else column_texts(column, rows)
                    for column in columns
                ]
                # with a byte order mark, so that Excel shows Japanese correctly
                with draft.open("w", encoding="utf-8-sig", newline="") as file:
                    writer = csv.writer(_LineFeeds(file))
                    writer.writerow(column.name for column in columns)
                    writer.writerows(zip(*cells, strict=True))
                continue
            texts = [
                pl.Series(column.name, column_texts(column, rows), pl.String)
                for column in columns
                if column.kind is Kind.HOURS
            ]
            named = rows.select(column.name for column in columns)
            named.with_columns(texts).write_parquet(draft)
    return list(tables)


class _LineFeeds:
    """A file for lines that end as in CSV, where CR is quoted; ends them with LF only."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, line: str, /) -> int:
        """Write one line."""
        return self._file.write(line.removesuffix("\r\n") + "\n")
