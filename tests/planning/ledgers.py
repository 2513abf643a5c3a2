"""Small ledgers built in memory, and the plan, budgets and findings that the program gives.

A table is a list of rows of texts, as a person would write them; a blank cell is None or left out.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from shokibo.checking import check
from shokibo.law.parameters import national_law
from shokibo.ledger.cells import parse
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.raw import ROW, ROW_DTYPE
from shokibo.ledger.tables import BY_NAME, Table
from shokibo.planning import budget as budgeting
from shokibo.planning import outline as planning
from shokibo.planning.outline import Outline
from shokibo.planning.spans import plan_spans

EXAMPLE = Path(__file__).parents[2] / "examples" / "setagaya"

Row = Mapping[str, str | None]
Tables = Mapping[str, Sequence[Row]]

_EMPTY = ledger_of({})


def in_memory(tables: Tables) -> Ledger:
    """Make a ledger of rows of texts; a row's number is its position, from 1."""
    frames = {name: _frame(BY_NAME[name], rows) for name, rows in tables.items()}
    return Ledger({**_EMPTY.tables, **frames}, sources=_EMPTY.sources)


def _frame(table: Table, rows: Sequence[Row]) -> pl.DataFrame:
    series = []
    for column in table.columns:
        cells = [row.get(column.name) for row in rows]
        read = [parse(cell, column) if cell else None for cell in cells]
        series.append(pl.Series(column.name, read, column.kind.dtype))
    return pl.DataFrame([*series, pl.Series(ROW, range(1, len(rows) + 1), ROW_DTYPE)])


def outline_of(ledger: Ledger) -> Outline:
    """Work out the one plan of a ledger."""
    return planning.outline(ledger, national_law(), plan_spans(ledger))


def plan_json(ledger: Ledger) -> dict[str, Any]:
    """Give the plan as the command line prints it."""
    return planning.as_json(outline_of(ledger), "ja")


def budgets_json(ledger: Ledger) -> list[dict[str, Any]]:
    """Give the budgets of the plan's years as the command line prints them."""
    return [budgeting.as_json(one) for one in budgeting.budgets(ledger, outline_of(ledger))]


def findings(ledger: Ledger) -> list[Finding]:
    """Give everything that is found in a ledger by the law of the sources."""
    return check(ledger, national_law())
