"""A table for everybody, and what its columns mean."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from shokibo.texts import Text

Value = str | int | bool | Decimal | None
Type = Literal["string", "integer", "number", "boolean", "date"]
HIDDEN = "x"
"""The mark of a count that is hidden."""


@dataclass(frozen=True)
class Column:
    """A column: its name in files, what it is called, and what it means."""

    name: str
    type: Type
    title: Text
    about: Text = Text("", "")  # noqa: RUF009


@dataclass(frozen=True)
class OpenTable:
    """A table with its rows. `hidden` counts the cells that are left blank in it."""

    name: str
    title: Text
    about: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    hidden: int = 0


def marked(column: Column) -> tuple[Column, Column]:
    """Return a column of counts of people with that of its marks."""
    mark = Column(
        f"{column.name}_mark",
        "string",
        Text(f"{column.title.ja}の印", f"mark of {column.title.en}"),
        Text(
            f"「{HIDDEN}」は、少ない数から個人が分からないよう空欄にした値。",
            f"'{HIDDEN}': left blank so that no small count tells of a person.",
        ),
    )
    return column, mark
