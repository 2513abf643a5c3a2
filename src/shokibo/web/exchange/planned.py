"""One row of what an import would do, before it is stored."""

from dataclasses import dataclass, field
from typing import Any

from shokibo.ledger.checks.located import json_value
from shokibo.ledger.columns import Table
from shokibo.texts import Text


@dataclass(frozen=True)
class Planned:
    """One row of what an import would do; see RunChange."""

    table: str
    kind: str
    place: str
    name: Text
    row_id: int | None = None
    row_version: int | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    held: dict[str, Any] = field(default_factory=dict)


def values_of(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row's columns as JSON: days as text."""
    return {column.name: json_value(row[column.name]) for column in table.columns}
