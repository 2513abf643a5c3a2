"""Read Parquet files, each tried in a separate process before it is read in this one.

A damaged file can make the reader request all available memory, which kills its process.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.headers import column_named
from shokibo.ledger.cells import TEXT_KINDS
from shokibo.ledger.columns import Table
from shokibo.ledger.findings import Finding
from shokibo.ledger.raw import RawCell, RawTable, TableSource, UnusableCell

_TRIAL = """
import sys
from shokibo.ledger.carriers.parquet import is_sound
for path in sys.argv[1:]:
    print(is_sound(path), flush=True)
"""


def trials(paths: Sequence[Path]) -> dict[Path, bool]:
    """Test whether each file can be read; in this process only if no other can be started."""
    sound: dict[Path, bool] = {}
    try:
        while left := [str(path) for path in paths[len(sound) :]]:
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-P", "-c", _TRIAL, *left],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                check=False,
            )
            printed = [line == "True" for line in done.stdout.split()]
            if len(printed) < len(left):  # it died on the file for which it printed nothing
                printed.append(False)
            sound |= dict(zip(paths[len(sound) :], printed, strict=False))
    except OSError:
        return {path: is_sound(str(path)) for path in paths}
    return sound


def is_sound(path: str) -> bool:
    """Return whether a Parquet file can be read, or can't only because of its size."""
    try:
        if _width(Path(path)) <= limits.MAX_COLUMNS and _rows(Path(path)) <= limits.MAX_ROWS:
            pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return False
    return True


def read_parquet(path: Path, table: Table) -> RawTable | Finding:
    """Read a sound Parquet file, or return why its rows or columns are not a table."""
    for code, count, limit in (
        ("TOO_MANY_COLUMNS", _width, limits.MAX_COLUMNS),
        ("TOO_MANY_ROWS", _rows, limits.MAX_ROWS),
    ):
        if count(path) > limit:
            return problems.at(code, table.name, path.name, limit=limit)
    frame = pl.read_parquet(path, glob=False)
    lengths = frame.select(pl.col(pl.String).str.len_bytes().sum())
    if lengths.width and (texts := sum(lengths.row(0))) > limits.MAX_TEXT_BYTES:
        return problems.too_large(path, texts, limits.MAX_TEXT_BYTES)
    cells = frame.height * frame.width
    if cells > limits.MAX_SHEET_CELLS:
        return problems.too_large(path, cells, limits.MAX_SHEET_CELLS)
    for name, dtype in frame.schema.items():
        if reason := _refused(table, path, name, dtype):
            return reason
    return RawTable(
        table,
        TableSource(path.name, is_sheet=False),
        0,
        list(frame.columns),
        [_cells(frame[name]) for name in frame.columns],
        list(range(1, frame.height + 1)),
    )


def _refused(table: Table, path: Path, name: str, dtype: pl.DataType) -> Finding | None:
    """Refuse a column with a type that cells can't have."""
    column = column_named(table, name)
    if column is None:
        return None
    if dtype.is_nested() or dtype == pl.Binary:
        return problems.at("COLUMN_NOT_CELLS", table.name, path.name, header=name)
    if column.kind in TEXT_KINDS and (dtype.is_temporal() or dtype == pl.Boolean):
        values = {"header": name, "type": str(dtype)}
        return problems.at("COLUMN_NOT_TEXT", table.name, path.name, **values)
    return None


_DAYS = (-719_162, 2_932_896)
"""The days from 1970 on which the calendar begins and ends: 0001-01-01, 9999-12-31."""
_IN_A_DAY = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def _cells(series: pl.Series) -> list[RawCell]:
    """Return a column's cells; a time outside the calendar can't be used."""
    match series.dtype:
        case pl.Date():
            in_a_day, first, last = 1, *_DAYS
        case pl.Datetime(time_unit=unit) | pl.Duration(time_unit=unit):
            in_a_day, first, last = (
                _IN_A_DAY[unit],
                _DAYS[0] + 1,
                _DAYS[1] - 1,
            )  # in every time zone
        case _:
            return list(series)
    within = (series.to_physical() // in_a_day).is_between(first, last)
    cells: list[RawCell] = series.set(~within.fill_null(value=True), None).to_list()
    for position in (~within).arg_true():
        cells[position] = UnusableCell("CELL_DAY_STRANGE")
    return cells


def _width(path: Path) -> int:
    return len(pl.scan_parquet(path, glob=False).collect_schema())


def _rows(path: Path) -> int:
    return int(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item())
