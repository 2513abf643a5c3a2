"""Rows of the ledger's tables, made from their declaration: what is read and what is written."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from shokibo.characters import clean
from shokibo.ledger.columns import Column, Kind, Table
from shokibo.web.store.mapping import MAPPED

MOST = 10**15 - 1
"""Whole numbers have at most the digits that a cell of the ledger may have."""
LONGEST_REASON = 1000
NO_NUL = r"^[^\x00]*$"
VERSION: Any = Field(None, ge=1, le=2**31 - 1, description="読んだ行の版。If-Match でもよい")
Remarks = Annotated[str, AfterValidator(lambda text: clean(text, lines=True))]
"""A text of several lines, without what nobody sees."""
DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_HOURS = r"^[0-9]{1,3}(\.[0-9]{1,4}|:[0-5][0-9])?$"
_EXAMPLES: dict[Kind, Any] = {
    Kind.DATE: "2022-04-01",
    Kind.MONTH: "2022-04",
    Kind.DATE_OR_MONTH: "2022-04-01",
    Kind.FISCAL_YEAR: 2022,
    Kind.INTEGER: 6,
    Kind.YEN: 1_200_000,
    Kind.DECIMAL: "16.5",
    Kind.CHILD_CODE: "C-0123",
    Kind.HOURS: "38.75",
    Kind.YES_NO: True,
    Kind.SHARE: "1/2",
    Kind.ELIGIBLE_RULE: "full",
    Kind.AUTHORITY_CODE: "131121",
}
_EXAMPLES_BY_NAME = {
    "home_id": "ikuseien",
    "unit_id": "ikuseien-g1",
    "staff_id": "S-001",
    "application_id": "2022-ikuseien-g1",
    "operator_number": "5010905000001",
}
_OUT: dict[Kind, Any] = {
    Kind.DATE: dt.date,
    Kind.DATE_OR_MONTH: dt.date,
    Kind.FISCAL_YEAR: int,
    Kind.INTEGER: int,
    Kind.YEN: int,
    Kind.YES_NO: bool,
}


def changed_columns(table: Table) -> list[Column]:
    """Return the columns that a change may hold: those of the register's own form."""
    return [table.column(name) for name in MAPPED[table.name].form]


def added_columns(table: Table) -> list[Column]:
    """Return the columns that a new row may hold."""
    mapped = MAPPED[table.name]
    return [table.column(name) for name in (*mapped.belongs, *mapped.form)]


def row_model(table: Table) -> type[BaseModel]:
    """Make the schema of a row as it is read: id, version, and every column."""
    fields: dict[str, Any] = {
        "id": (int, Field(description="行の番号", examples=[1])),
        "version": (int, Field(description="保存のたびに増える版", examples=[1])),
    }
    for column in table.columns:
        kind: Any = _OUT.get(column.kind, str)
        if column.codes is not None:
            kind = Literal[tuple(column.codes)]
        fields[column.name] = (
            kind if column.required else kind | None,
            Field(**_described(column)),
        )
    return _made(f"{_named(table)}Row", f"{table.sheet}の行", fields)


def page_model(table: Table) -> type[BaseModel]:
    """Make the schema of a page of rows."""
    fields: dict[str, Any] = {
        "count": (int, Field(description="見える行の数。絞り込みの後", examples=[1])),
        "next": (str | None, Field(description="次のページのアドレス。最後なら null")),
        "rows": (list[row_model(table)], Field(description="行。id の順")),  # type: ignore[misc]
    }
    return _made(f"{_named(table)}Page", f"{table.sheet}の行の一ページ", fields)


def added_model(table: Table) -> type[BaseModel]:
    """Make the schema of a row that is added. Its own `reason`, where it has one, is the reason."""
    fields = {c.name: _given(c, optional=not c.required) for c in added_columns(table)}
    name, title = f"{_named(table)}Added", f"登録する{table.sheet}の行"
    return _made(name, title, {"reason": _reason(), **fields}, strict=True)


def changed_model(table: Table) -> type[BaseModel]:
    """Make the schema of a change: only the columns that change, and the version that was read."""
    fields = {c.name: _given(c, optional=True) for c in changed_columns(table)}
    version = (int | None, VERSION)
    name, title = f"{_named(table)}Changed", f"{table.sheet}の行の変更"
    return _made(name, title, {"version": version, "reason": _reason(), **fields}, strict=True)


def _made(
    name: str, title: str, fields: dict[str, Any], *, strict: bool = False
) -> type[BaseModel]:
    config = ConfigDict(title=title, extra="forbid", strict=strict)
    return create_model(name, __config__=config, **fields)


def _named(table: Table) -> str:
    return table.name.capitalize()


def _reason() -> Any:
    return (
        Remarks,
        Field(
            "",
            max_length=LONGEST_REASON,
            pattern=NO_NUL,
            description="変更の理由。認定済みの月に影響するときは必須。記録に残る",
        ),
    )


def _given(column: Column, *, optional: bool) -> Any:
    """Return the type of a value that is sent. A required column may be left out, never blanked."""
    least = 1 if column.required else 0
    text = Field(min_length=least, max_length=column.longest, pattern=NO_NUL)
    kind: Any = Annotated[str, text]
    if column.codes is not None:
        kind = Literal[tuple(column.codes)]
    elif column.kind is Kind.DATE:
        day = Field(pattern=DAY, json_schema_extra={"format": "date"})
        kind = Annotated[str, day, AfterValidator(_in_the_calendar)]
    elif column.kind in (Kind.INTEGER, Kind.YEN, Kind.FISCAL_YEAR):
        kind = Annotated[int, Field(ge=-MOST, le=MOST)]
    elif column.kind is Kind.YES_NO:
        kind = bool
    elif column.kind is Kind.HOURS:
        kind = Annotated[str, Field(pattern=_HOURS)]
    field = Field(None, **_described(column)) if optional else Field(**_described(column))
    return (kind | None if optional and not column.required else kind, field)


def _in_the_calendar(day: str) -> str:
    """Return a day that the calendar has. Raises ValueError for a 30th of February."""
    dt.date.fromisoformat(day)
    return day


def _described(column: Column) -> dict[str, Any]:
    labels = "・".join(f"{code} {label}" for code, label in (column.codes or {}).items())
    parts = (column.header, column.explanation.ja, labels)
    words = "。".join(part.rstrip("。") for part in parts if part)
    described: dict[str, Any] = {"title": column.header, "description": words}
    example = _EXAMPLES_BY_NAME.get(column.name, _EXAMPLES.get(column.kind))
    if column.codes is not None:
        example = next(iter(column.codes))
    return {**described, "examples": [example]} if example is not None else described
