"""Random ledgers that hold whatever a reading lets through, odd texts above all."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl
from hypothesis import strategies as st

from shokibo.characters import clean, unprintable
from shokibo.ledger.columns import Column, Kind, Table
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import TABLES

ODD = (
    *('"', '""', "'", ",", ";", "a,b", '一"二"三', "一行目　二行目", "a  b"),
    *("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "%", "#REF!", "#N/A", "NULL", "None"),
    *("0", "007", "1.0", "1e5", "１２３", "TRUE", "○", "×", "2022-04-01", "R4.4.1", "1/2", "38:45"),
    *(
        "😀👨👩",
        "髙橋﨑",
        "葛󠄀城",
        "ｶﾞ",
        "か゛",
        "㈱①Ⅳ",
        "Ａ園　１号",
        "a　b",
        "'=1",
        "''@x",
        "'a",
        "＝1",
    ),
    *(
        "<b>&amp;</b>",
        "]]>",
        "_x0041_",
        "_x000D_",
        "C:\\x\\",
        "\\n",
        "[red]x[/]",
        "{home}",
        "🄰" * 40,
    ),
)
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
_ANY = st.sampled_from(ODD) | st.text(_LETTERS | st.just("\n"), min_size=1, max_size=12)
TEXTS = _ANY.map(clean).filter(bool)
REMARKS = _ANY.map(lambda text: clean(text, lines=True)).filter(bool)
IDS = (
    TEXTS.map(lambda text: clean(unicodedata.normalize("NFKC", text)))
    .filter(bool)
    .filter(lambda text: not unprintable(text))
    .filter(lambda text: not text.startswith("例:"))  # refused: left from the template's example
)
DATES = st.dates() | st.sampled_from(
    [
        *(dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(1899, 12, 31), dt.date(1926, 12, 25)),
        *(dt.date(1989, 1, 7), dt.date(1989, 1, 8), dt.date(2019, 4, 30), dt.date(2019, 5, 1)),
        *(dt.date(2020, 2, 29), dt.date.min, dt.date.max),
    ]
)
ITEMS = IDS.filter(lambda text: "\n" not in text) | st.just("")
KINDS: Mapping[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: TEXTS,
    Kind.REMARKS: REMARKS,
    Kind.ID: IDS,
    Kind.AUTHORITY_CODE: st.from_regex(r"[0-9]{6}", fullmatch=True),
    Kind.CHILD_CODE: st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,11}", fullmatch=True),
    Kind.DATE: DATES,
    Kind.DATE_OR_MONTH: DATES,
    Kind.MONTH: st.dates(dt.date(1000, 1, 1)).map(lambda day: day.replace(day=1)),
    Kind.FISCAL_YEAR: st.integers(1927, 2117),
    Kind.INTEGER: st.integers(-(10**15) + 1, 10**15 - 1),
    Kind.YEN: st.integers(-(10**15) + 1, 10**15 - 1),
    Kind.HOURS: st.integers(0, 999 * 3600)
    | st.integers(0, 99_999).map(lambda hundredths: hundredths * 36),
    Kind.YES_NO: st.booleans(),
    Kind.SHARE: st.tuples(st.integers(0, 999_999), st.integers(1, 999_999)).map(
        lambda parts: f"{parts[0]}/{parts[1]}"
    ),
    Kind.ELIGIBLE_RULE: st.sampled_from(["full", "none"])
    | st.tuples(st.integers(0, 99), ITEMS).map(lambda rule: f"months_of_rent:{rule[0]}:{rule[1]}"),
}


def decimals(most: int) -> st.SearchStrategy[str]:
    """Return numbers with their digits as given: zeros at their end too."""
    after = st.from_regex(rf"[0-9]{{0,{most}}}", fullmatch=True)
    return st.tuples(st.integers(0, 10**9 - 1), after).map(
        lambda parts: f"{parts[0]}.{parts[1]}" if parts[1] else str(parts[0])
    )


_REFERRED = {column.refers for table in TABLES for column in table.columns}


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Return a ledger of few rows in any tables, some of them marked to be removed."""
    frames: dict[str, pl.DataFrame] = {}
    removed: dict[str, pl.DataFrame] = {}
    ids: dict[str, list[str]] = {}
    for table in TABLES:
        rows = draw(_rows(table, ids))
        ids[table.name] = [row[table.columns[0].name] for row in rows]
        for row in rows:
            row.update(draw(_own_ids(table, ids)))
        out = [draw(st.booleans()) and table.name not in _REFERRED for _ in rows]
        frames[table.name] = _frame(table, rows, [not gone for gone in out])
        removed[table.name] = _frame(table, rows, out)
    made = ledger_of(frames)
    return replace(made, removed={name: ledger_of(removed)[name] for name in removed})


def _rows(table: Table, ids: dict[str, list[str]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    if any(c.required and c.refers and not ids[c.refers] for c in table.columns):
        return st.just([])
    cells = st.fixed_dictionaries({column.name: cells_of(column, ids) for column in table.columns})

    def key(row: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(row[name] for name in table.key)

    return st.lists(cells, max_size=3, unique_by=key if table.key else None)


def _own_ids(table: Table, ids: dict[str, list[str]]) -> st.SearchStrategy[dict[str, Any]]:
    """Return what a row holds in columns that name a row of its own table."""
    own = [column.name for column in table.columns if column.refers == table.name]
    known = st.none() | st.sampled_from(ids[table.name])
    return st.fixed_dictionaries(dict.fromkeys(own, known))


def cells_of(column: Column, ids: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    """Return what a column may hold; `ids` are those of the tables that it may name."""
    if column.refers:
        known = ids.get(column.refers, [])
        cells: st.SearchStrategy[Any] = st.sampled_from(known) if known else st.none()
    elif column.codes is not None:
        cells = st.sampled_from(list(column.codes))
    else:
        kinds = {**KINDS, Kind.DECIMAL: decimals(column.decimals)}
        cells = kinds[column.kind].filter(lambda value: _fits(value, column))
    return cells if column.required else st.none() | cells


def _fits(value: object, column: Column) -> bool:
    """Say whether a text is no longer than its column holds: an id of one sign may become 18."""
    return column.longest is None or len(str(value)) <= column.longest


def _frame(table: Table, rows: list[dict[str, Any]], keep: list[bool]) -> pl.DataFrame:
    kept = [row for row, stays in zip(rows, keep, strict=True) if stays]
    return pl.DataFrame(kept, table.schema, orient="row")


def held(ledger: Ledger) -> dict[str, tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]]:
    """Return what a ledger holds, however it travelled: rows that stay, and rows to be removed."""
    return {
        table.name: (
            ledger[table.name].drop(ROW).rows(),
            ledger.removed[table.name].drop(ROW).rows() if table.name in ledger.removed else [],
        )
        for table in TABLES
    }
