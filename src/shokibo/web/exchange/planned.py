"""One row of what an import would do, before it is stored."""

from dataclasses import dataclass, field
from typing import Any

from shokibo.ledger.checks.located import json_value
from shokibo.ledger.columns import Table
from shokibo.ledger.formatting import display_value


@dataclass(frozen=True)
class Planned:
    """One row of what an import would do; see RunChange."""

    table: str
    kind: str
    place: str
    name: str
    row_id: int | None = None
    row_version: int | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    held: dict[str, Any] = field(default_factory=dict)


def values_of(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row's columns as JSON: days as text."""
    return {column.name: json_value(row[column.name]) for column in table.columns}


def name_of(table: Table, row: dict[str, Any]) -> str:
    """Name a row by its key, as people read it."""
    key = table.key or ("home_id", "fiscal_year", "action", "unit_id")
    parts = [
        display_value(table.column(name), row[name])
        for name in key
        if name != "authority_code" or len(key) == 1
    ]
    return " ".join(str(part) for part in parts if part is not None)[:500]
