"""A small clean plan, ledgers built in memory, and what the program gives of them.

A table is a list of rows of texts, as a person would write them; a blank cell is None or left out.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from shokibo.answers import plain
from shokibo.law.parameters import national_law
from shokibo.ledger.cells import parse
from shokibo.ledger.columns import Table
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.raw import ROW, ROW_DTYPE
from shokibo.ledger.tables import BY_NAME
from shokibo.planning import outline as planning
from shokibo.planning.checks import check_plans
from shokibo.planning.plan import Plan
from shokibo.planning.spans import plan_spans
from tests.builders import Edit, drawn
from tests.builders import Tables as Drawn

EXAMPLE = Path(__file__).parents[2] / "examples" / "setagaya"

Row = Mapping[str, str | None]
Tables = Mapping[str, Sequence[Row]]

PLAN = {
    "authorities": """
        authority_code | name   | kind
        990001         | 架空県 | prefecture""",
    "homes": """
        home_id | name     | operator | authority_code
        h       | 架空学園 | 架空会   | 990001""",
    "units": """
        unit_id | home_id | name     | kind
        m1      | h       | 本体の東 | main_unit
        m2      | h       | 本体の西 | main_unit
        g1      | h       | 地域の家 | community_home
        g2      | h       | 分園の家 | branch_group_care""",
    "capacities": """
        unit_id | effective_from | capacity
        m1      | 2019-04-01     | 6
        m2      | 2019-04-01     | 6
        g1      | 2019-04-01     | 6
        g2      | 2019-04-01     | 5""",
    "plan": """
        title    | baseline_on | from_year | to_year | goal_year
        架空計画 | 2021-09-30  | 2021      | 2023    | 2029""",
    "actions": """
        home_id | fiscal_year | action          | unit_id | unit_kind      | capacity
        h       | 2022        | change_capacity | g1      |                | 4
        h       | 2022        | open            |         | community_home | 4""",
    "need": """
        fiscal_year | age_band       | children
        2021        | preschool      | 3
        2021        | school_age     | 20
        2022        | preschool      | 5
        2022        | school_age     | 20
        2023        | three_and_over | 25""",
    "costs": """
        fiscal_year | item | account | timing  | amount  | programme | revenue_account \
| national_share | eligible_rule | source
        2022 | 家賃 | 扶助費 | annual  | 1200000 | 負担金 | 国庫負担 | 1/2 | full | 見積
        2022 | 礼金 | 扶助費 | initial | 200000  | 負担金 | 国庫負担 | 1/2 | \
months_of_rent:2:家賃 | 見積""",
}
"""Two main units of 6 places and two group homes of 6 and 5; in 2022 one falls to 4, one opens."""


def tables_with(*edits: Edit) -> Drawn:
    """Return the small plan's tables with edits made to them."""
    tables = {name: drawn(text) for name, text in PLAN.items()}
    for edit_of in edits:
        edit_of(tables)
    return tables


def ledger_with(*edits: Edit) -> Ledger:
    """Return the small plan as a ledger with edits made to it."""
    return in_memory(tables_with(*edits))


def table(name: str, text: str) -> Edit:
    """Put a table drawn in text in the place of the plan's."""

    def change(tables: Drawn) -> None:
        tables[name] = drawn(text)

    return change


def in_memory(tables: Tables) -> Ledger:
    """Make a ledger of rows of texts; a row's number is its position, from 1."""
    frames = {name: _frame(BY_NAME[name], rows) for name, rows in tables.items()}
    return Ledger({**_EMPTY.tables, **frames}, sources=_EMPTY.sources)


_EMPTY = ledger_of({})


def _frame(declared: Table, rows: Sequence[Row]) -> pl.DataFrame:
    series = []
    for column in declared.columns:
        cells = [row.get(column.name) for row in rows]
        read = [parse(cell, column) if cell else None for cell in cells]
        series.append(pl.Series(column.name, read, column.kind.dtype))
    return pl.DataFrame([*series, pl.Series(ROW, range(1, len(rows) + 1), ROW_DTYPE)])


def outline_of(ledger: Ledger) -> Plan:
    """Compute the one plan of a ledger."""
    return Plan(ledger, national_law(), plan_spans(ledger))


def plan_json(ledger: Ledger) -> dict[str, Any]:
    """Return the plan as the command line prints it."""
    printed: dict[str, Any] = plain(planning.plan_report(outline_of(ledger), "ja"))
    return printed


def year_of(rows: Sequence[dict[str, Any]], year: int) -> dict[str, Any]:
    """Return the row of a fiscal year."""
    (found,) = [row for row in rows if row["fiscal_year"] == year]
    return found


def budgets_json(ledger: Ledger) -> list[dict[str, Any]]:
    """Return the budgets of the plan's years as the command line prints them."""
    return [plain(one) for one in outline_of(ledger).budgets]


def plan_findings(ledger: Ledger) -> list[Finding]:
    """Return what is found in a ledger's plans by the law of the sources."""
    return list(check_plans(ledger, national_law()))
