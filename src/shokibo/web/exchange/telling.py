"""Findings as a run keeps them: codes and figures, told in the language of the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from shokibo.checking import CATALOGUE
from shokibo.ledger.contiguous import cell_ranges
from shokibo.ledger.findings import Entry, Finding, Severity, Value
from shokibo.ledger.tables import BY_NAME
from shokibo.texts import Language
from shokibo.web.exchange.problems import ENTRIES
from shokibo.wording import names_in

_CATALOGUE: dict[str, Entry] = {**CATALOGUE, **ENTRIES}


@dataclass(frozen=True)
class Said:
    """A finding in words. `sheet` is blank where it is of the whole file."""

    code: str
    severity: Severity
    sheet: str
    place: str
    words: str


def kept(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Give findings as they are kept."""
    return [
        {
            "code": one.code,
            "table": one.table,
            "place": one.place,
            "values": {name: _without_nul(value) for name, value in one.values.items()},
        }
        for one in findings
    ]


def _without_nul(value: Value) -> Value:
    """Give a value with its NULs shown: PostgreSQL keeps none."""
    return value.replace("\x00", "␀") if isinstance(value, str) else value


def said(found: Iterable[dict[str, Any]], language: Language) -> Iterator[Said]:
    """Say findings that were kept; a value that an earlier version did not keep is blank."""
    for one in found:
        entry = _CATALOGUE[one["code"]]
        blanks = dict.fromkeys(names_in(entry.found) | names_in(entry.remedy))
        finding = Finding(entry, one["table"], one["place"], blanks | one["values"])
        table = BY_NAME.get(one["table"])
        sheet = table.sheet if table else ""
        yield Said(finding.code, finding.severity, sheet, one["place"], finding.message(language))


def in_lines(told: list[Said], language: Language) -> list[Said]:
    """Give one for all cells of a column that say the same in a row."""
    places = ((one.place, (one.code, one.sheet, one.words)) for one in told)
    return [
        replace(told[first], place=cells.label(language)) for cells, first in cell_ranges(places)
    ]


def by_sheet(found: Iterable[Said]) -> dict[str, list[Said]]:
    """Group what is said by sheet, in the order of the ledger."""
    order = ["", *(table.sheet for table in BY_NAME.values())]
    groups: dict[str, list[Said]] = {sheet: [] for sheet in order}
    for one in found:
        groups[one.sheet].append(one)
    return {sheet: rows for sheet, rows in groups.items() if rows}
