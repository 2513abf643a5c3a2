"""The keys of the JSON in docs/commands.md, made of the declarations of the answers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from msgspec import inspect

from shokibo.answers import Answer
from shokibo.documents.letters.decisions import Letters
from shokibo.documents.plan.report import CommitteeReport
from shokibo.law.day_evaluation import DayEvaluation
from shokibo.ledger.findings import Findings
from shokibo.need.answers import Forecast
from shokibo.need.estimate import Estimate
from shokibo.planning.budget import Budget
from shokibo.planning.months import YearOfMonths
from shokibo.planning.outline import PlanReport
from shokibo.planning.proposal.answers import Proposal
from shokibo.planning.review import Review
from shokibo.planning.staffing import Staffing
from shokibo.planning.status import Status
from shokibo.planning.support.report import Support
from shokibo.returns.filed.against import ComparisonReport
from shokibo.returns.filed.answer import ReceivedForms
from shokibo.returns.forms import FormFigures

COMMANDS = Path(__file__).parent.parent / "docs" / "commands.md"
ANSWERS = {
    answer.__name__: answer
    for answer in (
        *(Findings, DayEvaluation, FormFigures, ComparisonReport, ReceivedForms, YearOfMonths),
        *(
            Status,
            PlanReport,
            CommitteeReport,
            Budget,
            Letters,
            Staffing,
            Support,
            Proposal,
            Review,
            Estimate,
            Forecast,
        ),
    )
}
_KEYS = re.compile(r"(<!-- The keys of (\w+), made by `make docs` -->\n).*?(<!-- end -->)", re.S)
_NAMES = {
    inspect.IntType: "integer",
    inspect.StrType: "string",
    inspect.BoolType: "boolean",
    inspect.DateType: "date",
    inspect.NoneType: "null",
    inspect.StructType: "object",
    inspect.DictType: "object",
}


def commands_page() -> str:
    """Return the page with the keys as they are declared now."""
    return _KEYS.sub(
        lambda found: "\n".join((found[1], *_table(ANSWERS[found[2]]), "", found[3])),
        COMMANDS.read_text("utf-8"),
    )


def _table(answer: type[Answer]) -> Iterator[str]:
    yield "| key | type | |"
    yield "|---|---|---|"
    yield from _rows(cast("inspect.StructType", inspect.type_info(answer)), "", {})


def _rows(answer: inspect.StructType, path: str, seen: dict[type, str]) -> Iterator[str]:
    """Return a row a key; the keys of a part that was met before are named by where that was."""
    for field in answer.fields:
        key, words, kind = f"{path}{field.encode_name}", "", field.type
        if isinstance(kind, inspect.Metadata):
            words = (kind.extra or {}).get("en") or (kind.extra_json_schema or {})["description"]
            kind = kind.type
        part, inside = _part(kind)
        if part and part.cls in seen:
            words = f"{words + ': ' if words else ''}the keys of `{seen[part.cls]}`"
        yield f"| `{key}` | {_name(kind)} | {words} |"
        if part and part.cls not in seen:
            seen[part.cls] = key + inside
            yield from _rows(part, f"{key}{inside}.", seen)


def _part(kind: inspect.Type) -> tuple[inspect.StructType | None, str]:
    """Return the part that a key leads to, and how its place is written after the key."""
    if isinstance(kind, inspect.StructType):
        return kind, ""
    if isinstance(kind, inspect.ListType):
        return _part(kind.item_type)[0], "[]"
    if isinstance(kind, inspect.DictType):
        return _part(kind.value_type)[0], ".KIND"
    if isinstance(kind, inspect.UnionType):
        return next(filter(lambda one: one[0], map(_part, kind.types)), (None, ""))
    return None, ""


def _name(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.UnionType):
        return " or ".join(_name(one) for one in kind.types)
    if isinstance(kind, inspect.LiteralType):
        return ", ".join(f"`{value}`" for value in kind.values)
    if isinstance(kind, inspect.ListType):
        return "list" if _part(kind)[0] else f"list of {_name(kind.item_type)}s"
    if isinstance(kind, inspect.TupleType):
        return f"list of {len(kind.item_types)} {_name(kind.item_types[0])}s"
    return _NAMES[type(kind)]
