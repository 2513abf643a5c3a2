"""The tables as files: CSV, JSON, and the data package that describes them (Frictionless)."""

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shokibo.formulas import escaped
from shokibo.opendata.disclosure import RULE
from shokibo.opendata.table import Column, OpenTable, Value
from shokibo.texts import Text

DESCRIPTION = "datapackage.json"


@dataclass(frozen=True)
class Package:
    """Whose tables, of which day and edition, hidden below what, under which licence."""

    authority_code: str
    authority: str
    day: dt.date
    edition: int
    threshold: int | None
    licence: str

    @property
    def title(self) -> Text:
        """The title of the whole."""
        return Text(
            f"{self.authority} 児童養護施設の小規模化と地域分散化",
            f"{self.authority}: small and dispersed children's homes",
        )


def files(package: Package, tables: Sequence[OpenTable]) -> dict[str, bytes]:
    """Write every file by its name: two for each table, and the description of all."""
    written = {
        name: content
        for table in tables
        for name, content in (
            (f"{table.name}.csv", as_csv(table)),
            (f"{table.name}.json", as_json(table)),
        )
    }
    description = described(package, tables, written)
    return {**written, DESCRIPTION: _json(description)}


def as_csv(table: OpenTable) -> bytes:
    """Write a table as CSV, with a byte order mark so that Excel shows Japanese as it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_json(table: OpenTable) -> bytes:
    """Write a table as a list of rows by column name."""
    names = [column.name for column in table.columns]
    return _json([dict(zip(names, map(_plain, row), strict=True)) for row in table.rows])


def described(
    package: Package, tables: Sequence[OpenTable], written: dict[str, bytes]
) -> dict[str, Any]:
    """Describe the tables as a data package; the digests are those of the files as written."""
    licence = {"licenses": [{"title": package.licence}]} if package.licence else {}
    return {
        "profile": "tabular-data-package",
        "name": f"shokibo-{package.authority_code}",
        "title": package.title.ja,
        "description": package.title.en,
        "version": f"{package.day.isoformat()}.{package.edition}",
        "created": package.day.isoformat(),
        "contributors": [{"title": package.authority, "role": "publisher"}],
        **licence,
        "threshold": package.threshold,
        **_disclosure(package.threshold),
        "resources": [_resource(table, written[f"{table.name}.csv"]) for table in tables],
    }


def _disclosure(threshold: int | None) -> dict[str, str]:
    """Give the rule by which rows are blank, which a reader may know."""
    if threshold is None:
        return {}
    return {
        "disclosure": RULE.say("ja", threshold=threshold),
        "disclosure_en": RULE.say("en", threshold=threshold),
    }


def _resource(table: OpenTable, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title.ja,
        "description": table.about.ja,
        "title_en": table.title.en,
        "description_en": table.about.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "hidden_cells": table.hidden,
        "rows": len(table.rows),
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, str]:
    return {
        "name": column.name,
        "type": column.type,
        "title": column.title.ja,
        "description": column.about.ja,
        "title_en": column.title.en,
        "description_en": column.about.en,
    }


def _cell(value: Value) -> str:
    """Write a cell; text that a spreadsheet would take for a formula stays text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped(value) if isinstance(value, str) else str(value)


def _plain(value: Value) -> str | int | bool | float | None:
    """Make a value fit for JSON, which has no decimals: a share of one decimal is written as is."""
    return float(value) if isinstance(value, Decimal) else value


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
