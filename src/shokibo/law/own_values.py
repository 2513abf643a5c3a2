"""An authority's own values: which of the law's values it may set, and how they are written.

A parameter's `settable` says which: `value` for one value, `unit_kind` for one for each kind of
unit, written as in base_qualified.community_home.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from shokibo.law.parameters import Law, national_law
from shokibo.ledger.cells import parse
from shokibo.ledger.checks.located import finding_at
from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.texts import Text, literal

OWN_VALUE_UNKNOWN = Entry(
    "OWN_VALUE_UNKNOWN",
    "error",
    Text("自治体の値に「{name}」という項目はありません。", "There is no own value named {name}."),
    Text(
        "自治体が定められるのは、{names}です。",
        "An authority may set {names}.",
    ),
)
OWN_VALUE_NOT_SETTABLE = Entry(
    "OWN_VALUE_NOT_SETTABLE",
    "error",
    Text(
        "「{name}」({meaning})は、通知などが定める値で、自治体は定められません。",
        "{name} is laid down by the sources, so an authority may not set it.",
    ),
    Text(
        "行を消してください。自治体が定められるのは、{names}です。",
        "Delete the row. An authority may set {names}.",
    ),
)
OWN_VALUE_UNREADABLE = Entry(
    "OWN_VALUE_UNREADABLE",
    "error",
    Text(
        "自治体の値「{name}」({meaning})の値「{value}」を読めません。",
        "The value {value} of {name} can't be read.",
    ),
    Text("{expected}を書いてください。", "Write {expected_in_english}."),
)
ENTRIES = (OWN_VALUE_UNKNOWN, OWN_VALUE_NOT_SETTABLE, OWN_VALUE_UNREADABLE)

_EXPECTED: dict[type, tuple[Kind, Text]] = {
    bool: (Kind.YES_NO, Text("○か×", "yes ○ or no ×")),
    int: (Kind.INTEGER, Text("0以上の整数", "a whole number, 0 or more")),
    str: (Kind.TEXT, Text("文字", "words")),
}


@dataclass(frozen=True)
class OwnValue:
    """A value by which an authority overrides the law's, for a kind of unit or in general.

    `authority_code` is None if the ledger's only authority sets it.
    """

    authority_code: str | None
    parameter: str
    unit_kind: str | None
    effective_from: dt.date
    effective_to: dt.date | None
    value: bool | int | str
    source: str


@cache
def settable_names() -> Mapping[str, str]:
    """Return the names that an authority may set, as written in a ledger, and their parameters."""
    return {
        name: parameter
        for parameter, declared in national_law().parameters.items()
        if declared.settable
        for name in (
            [f"{parameter}.{kind}" for kind in UNIT_KINDS]
            if declared.settable == "unit_kind"
            else [parameter]
        )
    }


def meaning_of(name: str) -> Text:
    """Describe what a name in a ledger sets; an unknown name is returned unchanged."""
    parameter = settable_names().get(name)
    if parameter is None:
        return literal(name, name)
    meaning, kind = national_law().parameters[parameter].meaning, name.partition(".")[2]
    if not kind:
        return literal(meaning.ja, meaning.en)
    return literal(f"{meaning.ja}:{UNIT_KINDS[kind]}", f"{meaning.en}: {kind.replace('_', ' ')}")


def own_values(ledger: Ledger) -> Iterator[OwnValue]:
    """Return the usable own values of a ledger, in its order."""
    for row in ledger["parameters"].iter_rows(named=True):
        parameter = settable_names().get(row["name"])
        value = None if parameter is None else read_value(parameter, row["value"])
        if parameter is not None and value is not None:
            yield OwnValue(
                row["authority_code"],
                parameter,
                row["name"].partition(".")[2] or None,
                row["effective_from"],
                row["effective_to"],
                value,
                row["source"],
            )


def expected(name: str) -> Text:
    """Describe how a settable value is written."""
    return _EXPECTED[_type(settable_names()[name])][1]


def kind_of(parameter: str) -> Kind:
    """Return the kind of cell for a parameter's value."""
    return _EXPECTED[_type(parameter)][0]


def _type(parameter: str) -> type:
    """Return the type of a parameter's values; those for each kind of unit are numbers."""
    value = national_law().parameters[parameter].values[0].value
    return int if isinstance(value, dict) else type(value)


def read_value(parameter: str, text: str) -> bool | int | str | None:
    """Read a value for a parameter; None if it can't be read."""
    try:
        value = parse(text, Column(parameter, "", kind_of(parameter)))
    except ValueError:
        return None
    return value if isinstance(value, str) or (isinstance(value, int) and value >= 0) else None


def check_own_values(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Find own values with unknown names, names that may not be set, and wrong types."""
    parameters = law.parameters
    for row in ledger["parameters"].select("name", "value", ROW).iter_rows(named=True):
        head = row["name"].partition(".")[0]
        row["names"] = list(settable_names())
        row["meaning"] = parameters[head].meaning.ja if head in parameters else None
        parameter = settable_names().get(row["name"])
        if parameter is not None:
            if read_value(parameter, row["value"]) is None:
                words = expected(row["name"])
                row |= {"expected": words.ja, "expected_in_english": words.en}
                yield finding_at(ledger, OWN_VALUE_UNREADABLE, "parameters", "value", row)
        elif head in parameters and parameters[head].settable is None:
            yield finding_at(ledger, OWN_VALUE_NOT_SETTABLE, "parameters", "name", row)
        else:
            yield finding_at(ledger, OWN_VALUE_UNKNOWN, "parameters", "name", row)
