"""The tables as files: CSV, JSON, and the data package that describes them (Frictionless)."""

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import msgspec
from msgspec import UNSET, UnsetType

from shokibo.answers import plain
from shokibo.formulas import escaped
from shokibo.opendata.disclosure import RULE
from shokibo.opendata.table import OpenTable, Type, Value
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


class Field(msgspec.Struct, frozen=True):
    """A column in the description."""

    name: str
    type: Type
    title: str
    description: str
    title_en: str
    description_en: str


class Schema(msgspec.Struct, frozen=True):
    """The columns of a table; a blank cell is no value."""

    fields: list[Field]
    missing: list[str] = msgspec.field(name="missingValues", default_factory=lambda: [""])


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """A table in the description, by its CSV file."""

    profile: str = "tabular-data-resource"
    name: str
    path: str
    title: str
    description: str
    title_en: str
    description_en: str
    format: str = "csv"
    mediatype: str = "text/csv"
    encoding: str = "utf-8-sig"
    bytes: int
    hash: str
    hidden_cells: int
    rows: int
    schema: Schema


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """The data package's description; what is not set is left out."""

    profile: str = "tabular-data-package"
    name: str
    title: str
    description: str
    version: str
    created: dt.date
    contributors: list[dict[str, str]]
    licenses: list[dict[str, str]] | UnsetType = UNSET
    threshold: int | None
    disclosure: str | UnsetType = UNSET
    disclosure_en: str | UnsetType = UNSET
    resources: list[Resource]


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
    return {**written, DESCRIPTION: _json(plain(description))}


def as_csv(table: OpenTable) -> bytes:
    """Write a table as CSV, with a byte order mark so that Excel shows Japanese as it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_json(table: OpenTable) -> bytes:
    """Write a table as a list of rows by column name; JSON has no decimals."""
    names = [column.name for column in table.columns]
    rows = (
        [float(value) if isinstance(value, Decimal) else value for value in row]
        for row in table.rows
    )
    return _json([dict(zip(names, row, strict=True)) for row in rows])


def described(
    package: Package, tables: Sequence[OpenTable], written: dict[str, bytes]
) -> Description:
    """Describe the tables as a data package; the digests are those of the files as written."""
    threshold = package.threshold
    return Description(
        name=f"shokibo-{package.authority_code}",
        title=package.title.ja,
        description=package.title.en,
        version=f"{package.day.isoformat()}.{package.edition}",
        created=package.day,
        contributors=[{"title": package.authority, "role": "publisher"}],
        licenses=[{"title": package.licence}] if package.licence else UNSET,
        threshold=threshold,
        disclosure=UNSET if threshold is None else RULE.say("ja", threshold=threshold),
        disclosure_en=UNSET if threshold is None else RULE.say("en", threshold=threshold),
        resources=[resource(table, written[f"{table.name}.csv"]) for table in tables],
    )


def resource(table: OpenTable, content: bytes) -> Resource:
    """Describe a table by its CSV file."""
    return Resource(
        name=table.name,
        path=f"{table.name}.csv",
        title=table.title.ja,
        description=table.about.ja,
        title_en=table.title.en,
        description_en=table.about.en,
        bytes=len(content),
        hash=f"sha256:{hashlib.sha256(content).hexdigest()}",
        hidden_cells=table.hidden,
        rows=len(table.rows),
        schema=Schema(
            [
                Field(
                    column.name,
                    column.type,
                    column.title.ja,
                    column.about.ja,
                    column.title.en,
                    column.about.en,
                )
                for column in table.columns
            ]
        ),
    )


def _cell(value: Value) -> str:
    """Write a cell; text that a spreadsheet would take for a formula stays text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped(value) if isinstance(value, str) else str(value)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
