"""Read a folder of CSV or Parquet files, one file a table."""

import csv
import io
from pathlib import Path

from shokibo.formulas import unescaped
from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.headers import HEADER_WITHIN, find_header, matched_tables
from shokibo.ledger.carriers.parquet import read_parquet, trials
from shokibo.ledger.cells import Cell, is_blank
from shokibo.ledger.columns import Table
from shokibo.ledger.findings import Finding
from shokibo.ledger.raw import Carrier, RawTable, TableSource, transposed

SUFFIXES = {".csv", ".parquet"}


def read_folder(folder: Path) -> Carrier:
    """Read every CSV or Parquet file of a folder that is a table."""
    carried = Carrier()
    paths = sorted(path for path in folder.iterdir() if path.suffix.casefold() in SUFFIXES)
    tables = matched_tables(((path.name, path.stem) for path in paths), carried)
    files = {folder / name: table for name, table in tables}
    if not files:
        carried.problems.append(problems.at_file("NO_TABLES", folder))
    refused = {path: reason for path in files if (reason := _refused(path))}
    sound = trials([path for path in files if _is_parquet(path) and path not in refused])
    for path, table in files.items():
        found: RawTable | Finding | None
        if path in refused:
            found = refused[path]
        elif not _is_parquet(path):
            found = _read_csv(path, table)
        elif sound[path]:
            found = read_parquet(path, table)
        else:
            found = problems.at_file("PARQUET_DAMAGED", path)
        if isinstance(found, Finding):
            carried.problems.append(found)
        elif found is not None:
            carried.tables.append(found)
    return carried


def _refused(path: Path) -> Finding | None:
    if not path.is_file():
        return problems.at_file("NOT_A_FILE", path)
    size = path.stat().st_size
    if size > limits.MAX_FILE_BYTES:
        return problems.too_large(path, size, limits.MAX_FILE_BYTES)
    try:
        path.open("rb").close()
    except PermissionError:
        return problems.at_file("NO_PERMISSION", path)
    return None


def _is_parquet(path: Path) -> bool:
    return path.suffix.casefold() == ".parquet"


def _read_csv(path: Path, table: Table) -> RawTable | Finding | None:
    text = decoded(path.read_bytes())
    if text is None:
        return problems.at_file("ENCODING_UNKNOWN", path)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            last = next((at for at in range(len(row), 0, -1) if not is_blank(row[at - 1])), 0)
            filled: list[Cell] = [unescaped(cell) or None for cell in row[:last]]
            cells += last
            if last > limits.MAX_COLUMNS:
                limit = limits.MAX_COLUMNS
                return problems.at("TOO_MANY_COLUMNS", table.name, path.name, limit=limit)
            if cells > limits.MAX_SHEET_CELLS:
                return problems.too_large(path, cells, limits.MAX_SHEET_CELLS)
            if filled:
                rows.append(filled)
                numbers.append(line)
            if len(rows) > limits.MAX_ROWS + HEADER_WITHIN:
                limit = limits.MAX_ROWS
                return problems.at("TOO_MANY_ROWS", table.name, path.name, limit=limit)
            line = reader.line_num + 1
    except csv.Error:
        return problems.at_file("CSV_DAMAGED", path, line=line)
    return _raw_table(rows, numbers, path, table)


def decoded(data: bytes) -> str | None:
    """Return the text of a CSV file in UTF-8 or Shift_JIS; None if it is neither."""
    if b"\0" in data:  # NUL occurs in UTF-16, but not in text
        return None
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _raw_table(
    rows: list[list[Cell]], numbers: list[int], path: Path, table: Table
) -> RawTable | Finding | None:
    if not rows:
        return None
    header = find_header(rows, table)
    if header is None:
        return problems.header_not_found(table, f"{path.name}:{numbers[0]}")
    body = rows[header + 1 :]
    headers = rows[header]
    width = max(map(len, rows))
    if width * len(body) > limits.MAX_SHEET_CELLS:
        return problems.too_large(path, width * len(body), limits.MAX_SHEET_CELLS)
    return RawTable(
        table,
        TableSource(path.name, is_sheet=False),
        numbers[header],
        [*headers, *[None] * (width - len(headers))],
        transposed(body, width),
        numbers[header + 1 :],
    )
