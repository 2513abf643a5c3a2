"""Read a folder of CSV or Parquet files, one file a table."""

import csv
import io
from pathlib import Path

from shokibo.formulas import unescaped
from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.headers import HEADER_WITHIN, find_header, table_named
from shokibo.ledger.carriers.parquet import read_parquet, trials
from shokibo.ledger.cells import Cell, is_blank
from shokibo.ledger.findings import Finding
from shokibo.ledger.raw import Carrier, RawTable, TableSource, transposed
from shokibo.ledger.tables import Table

SUFFIXES = {".csv", ".parquet"}


def read_folder(folder: Path) -> Carrier:
    """Read every CSV or Parquet file of a folder that is a table."""
    carried = Carrier()
    files = _files_of_tables(folder, carried)
    refused = {path: reason for path in files if (reason := _refused(path))}
    sound = trials([path for path in files if _is_parquet(path) and path not in refused])
    for path, table in files.items():
        found = refused.get(path) or _read_file(path, table, sound.get(path))
        if isinstance(found, Finding):
            carried.problems.append(found)
        elif found is not None:
            carried.tables.append(found)
    return carried


def _files_of_tables(folder: Path, carried: Carrier) -> dict[Path, Table]:
    files: dict[Path, Table] = {}
    seen: dict[str, str] = {}
    for path in sorted(path for path in folder.iterdir() if path.suffix.casefold() in SUFFIXES):
        table = table_named(path.stem)
        if table is None:
            carried.notes.append(problems.note("SHEET_UNKNOWN", "", path.name))
        elif table.name in seen:
            carried.problems.append(problems.table_twice(table, seen[table.name], path.name))
        else:
            seen[table.name] = path.name
            files[path] = table
    if not seen:
        carried.problems.append(problems.at_file("NO_TABLES", folder))
    return files


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


def _read_file(path: Path, table: Table, is_sound: bool | None) -> RawTable | Finding | None:
    if not _is_parquet(path):
        return _read_csv(path, table)
    return read_parquet(path, table) if is_sound else problems.at_file("PARQUET_DAMAGED", path)


def _read_csv(path: Path, table: Table) -> RawTable | Finding | None:
    text = _decoded(path.read_bytes())
    if text is None:
        return problems.at_file("ENCODING_UNKNOWN", path)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            filled = _without_blank_end(row)
            cells += len(filled)
            if len(filled) > limits.MAX_COLUMNS:
                return _too_many("TOO_MANY_COLUMNS", path, table, limits.MAX_COLUMNS)
            if cells > limits.MAX_SHEET_CELLS:
                return problems.too_large(path, cells, limits.MAX_SHEET_CELLS)
            if filled:
                rows.append(filled)
                numbers.append(line)
            if len(rows) > limits.MAX_ROWS + HEADER_WITHIN:
                return _too_many("TOO_MANY_ROWS", path, table, limits.MAX_ROWS)
            line = reader.line_num + 1
    except csv.Error:
        return problems.at_file("CSV_DAMAGED", path, line=line)
    return _raw(rows, numbers, path, table)


def _without_blank_end(row: list[str]) -> list[Cell]:
    """Give a line's cells up to the last that holds anything."""
    last = next((at for at in range(len(row), 0, -1) if not is_blank(row[at - 1])), 0)
    return [unescaped(cell) or None for cell in row[:last]]


def _too_many(code: str, path: Path, table: Table, limit: int) -> Finding:
    return problems.too_many(code, table.name, path.name, limit)


def _decoded(data: bytes) -> str | None:
    if b"\0" in data:  # UTF-16 has them, and no text
        return None
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
