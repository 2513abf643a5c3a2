"""A small sound ledger, and the carriers it travels in, made for the tests of reading."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from shokibo.ledger.findings import Finding, UnreadableLedgerError
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME

Rows = Sequence[Sequence[object]]
Sheets = Mapping[str, Rows]

AUTHORITIES: Rows = [
    ["団体コード", "自治体名", "自治体区分"],
    ["131121", "世田谷区", "児童相談所設置市"],
]
HOMES: Rows = [["施設ID", "施設名", "法人名", "団体コード"], ["H1", "髙﨑園", "法人", "131121"]]
UNITS: Rows = [
    ["生活単位ID", "施設ID", "生活単位名", "種別"],
    ["U1", "H1", "a園", "地域小規模児童養護施設"],
    ["U2", "H1", "b園", "分園型小規模グループケア"],
]
CAPACITIES: Rows = [
    ["生活単位ID", "適用開始日", "定員"],
    ["U1", "2022-04-01", "6"],
    ["U2", "令和4年4月1日", "4"],
]
STAFF_HEADERS = [
    *("職員ID", "施設ID", "生活単位ID", "職種", "雇用形態", "週勤務時間"),
    *("常勤の週勤務時間", "役割", "専任", "本体勤務ローテーション"),
]
STAFF: Rows = [
    STAFF_HEADERS,
    ["S1", "H1", "U1", "保育士", "常勤", None, None, "直接養育", "○", "×"],
    ["S2", "H1", "U1", "児童指導員", "非常勤", "15", "38:45", "直接養育", "○", "×"],
    ["S3", "H1", None, "その他", "非常勤", "13.33", "40", "バックアップ", "×", "○"],
]
SHEETS: dict[str, Rows] = {
    "自治体": AUTHORITIES,
    "施設": HOMES,
    "生活単位": UNITS,
    "定員": CAPACITIES,
    "職員": STAFF,
}
ENGLISH_NAMES = {table.sheet: table.name for table in BY_NAME.values()}
ENGLISH_HEADERS = {
    (table.sheet, column.header): column.name
    for table in BY_NAME.values()
    for column in table.columns
}


def workbook(path: Path, sheets: Sheets) -> Path:
    """Write a workbook by XlsxWriter, one sheet a table."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def openpyxl_workbook(path: Path, sheets: Sheets) -> Path:
    """Write a workbook by openpyxl, one sheet a table."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def csv_text(rows: Rows) -> str:
    """Write rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def folder(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder; text in UTF-8."""
    path.mkdir(exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (path / name).write_bytes(data)
    return path


def csv_folder(path: Path, sheets: Sheets, encoding: str = "utf-8") -> Path:
    """Write a folder of CSV files with Japanese names and headers."""
    return folder(
        path, {f"{name}.csv": csv_text(rows).encode(encoding) for name, rows in sheets.items()}
    )


def in_english(sheets: Sheets) -> dict[str, Rows]:
    """Return sheets with their English names and headers."""
    return {
        ENGLISH_NAMES[name]: [[ENGLISH_HEADERS[name, str(header)] for header in rows[0]], *rows[1:]]
        for name, rows in sheets.items()
    }


def parquet_folder(path: Path, sheets: Sheets) -> Path:
    """Write a folder of Parquet files, every column as text."""
    path.mkdir(exist_ok=True)
    for name, (headers, *rows) in sheets.items():
        columns = list(zip(*rows, strict=True))
        frame = {
            str(header): pl.Series([None if c is None else str(c) for c in column], dtype=pl.String)
            for header, column in zip(headers, columns, strict=True)
        }
        pl.DataFrame(frame).write_parquet(path / f"{name}.parquet")
    return path


def problems_of(path: Path) -> list[Finding]:
    """Read what can't be read and give its problems."""
    with pytest.raises(UnreadableLedgerError) as refusal:
        read_ledger(path)
    return refusal.value.problems


def found(problems: Sequence[Finding]) -> list[tuple[str, str]]:
    """Return the code and place of each finding."""
    return [(problem.code, problem.place) for problem in problems]
