"""Read a folder of CSV or Parquet files, one file a table."""

import csv
import io
from pathlib import Path

import polars as pl

from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.headers import find_header, table_named
from shokibo.ledger.cells import Cell
from shokibo.ledger.findings import Finding
from shokibo.ledger.raw import Carried, RawTable, Source, by_column, filled_rows
from shokibo.ledger.tables import Table

SUFFIXES = {".csv", ".parquet"}


def read_folder(folder: Path) -> Carried:
    """Read every CSV or Parquet file of a folder that is a table."""
    carried = Carried()
    seen: dict[str, str] = {}
    files = sorted(path for path in folder.iterdir() if path.suffix.casefold() in SUFFIXES)
    for path in files:
        table = table_named(path.stem)
        if table is None:
            carried.notes.append(problems.note("SHEET_UNKNOWN", "", path.name))
        elif table.name in seen:
            carried.problems.append(problems.table_twice(table, seen[table.name], path.name))
        else:
            seen[table.name] = path.name
            _read_file(path, table, carried)
    if not seen:
        carried.problems.append(problems.at_file("NO_TABLES", folder))
    return carried


def _read_file(path: Path, table: Table, carried: Carried) -> None:
    size = path.stat().st_size
    if size > limits.MAX_FILE_BYTES:
        carried.problems.append(problems.too_large(path, size, limits.MAX_FILE_BYTES))
        return
    reader = _read_csv if path.suffix.casefold() == ".csv" else _read_parquet
    try:
        found = reader(path, table)
    except PermissionError:
        found = problems.at_file("NO_PERMISSION", path)
    if isinstance(found, Finding):
        carried.problems.append(found)
    elif found is not None:
        carried.tables.append(found)


def _read_csv(path: Path, table: Table) -> RawTable | Finding | None:
    text = _decoded(path.read_bytes())
    if text is None:
        return problems.at_file("ENCODING_UNKNOWN", path)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            rows.append([cell or None for cell in row])
            numbers.append(line)
            line = reader.line_num + 1
    except csv.Error:
        return problems.at_file("CSV_DAMAGED", path, line=line)
    kept = filled_rows(rows)
    return _raw([rows[i] for i in kept], [numbers[i] for i in kept], path, table)


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _raw(
    rows: list[list[Cell]], numbers: list[int], path: Path, table: Table
) -> RawTable | Finding | None:
    if not rows:
        return None
    header = find_header(rows, table)
    if header is None:
        return problems.header_not_found(table, f"{path.name}:{numbers[0]}")
    body = rows[header + 1 :]
    headers = rows[header]
    width = max(len(headers), max((len(row) for row in body), default=0))
    return RawTable(
        table,
        Source(path.name, is_sheet=False),
        numbers[header],
        [*headers, *[None] * (width - len(headers))],
        by_column(body, width),
        numbers[header + 1 :],
    )


def _read_parquet(path: Path, table: Table) -> RawTable | Finding:
    try:
        rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        if rows > limits.MAX_ROWS:
            return problems.too_large(path, rows, limits.MAX_ROWS)
        frame = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.ComputeError, OSError):
        return problems.at_file("PARQUET_DAMAGED", path)
    return RawTable(
        table,
        Source(path.name, is_sheet=False),
        0,
        list(frame.columns),
        [frame[name].to_list() for name in frame.columns],
        list(range(1, frame.height + 1)),
    )
