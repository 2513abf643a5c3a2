"""Findings as a run stores them: codes and values, described in the language of the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from shokibo.checking import CATALOGUE
from shokibo.ledger.cell_groups import cell_groups
from shokibo.ledger.findings import Entry, Finding, Severity
from shokibo.ledger.tables import BY_NAME
from shokibo.texts import Language
from shokibo.web.exchange.problems import ENTRIES
from shokibo.wording import names_in

_CATALOGUE: dict[str, Entry] = {**CATALOGUE, **ENTRIES}


@dataclass(frozen=True)
class DescribedFinding:
    """A finding in words. `sheet` is blank if it concerns the whole file."""

    code: str
    severity: Severity
    sheet: str
    place: str
    words: str
    found: str
    """What was found, without what to do."""


def stored(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as JSON, with NULs shown: PostgreSQL stores none."""
    return [
        {
            "code": one.code,
            "table": one.table,
            "place": one.place,
            "values": {
                name: value.replace("\x00", "␀") if isinstance(value, str) else value
                for name, value in one.values.items()
            },
        }
        for one in findings
    ]


def described(found: Iterable[dict[str, Any]], language: Language) -> Iterator[DescribedFinding]:
    """Describe stored findings; values that earlier versions did not store are blank."""
    for one in found:
        entry = _CATALOGUE[one["code"]]
        blanks = dict.fromkeys(names_in(entry.found) | names_in(entry.remedy))
        finding = Finding(entry, one["table"], one["place"], blanks | one["values"])
        table = BY_NAME.get(one["table"])
        yield DescribedFinding(
            finding.code,
            finding.severity,
            table.sheet if table else "",
            one["place"],
            finding.message(language),
            entry.describe(language, finding.values),
        )


def one_per_message(listed: list[DescribedFinding], language: Language) -> list[DescribedFinding]:
    """Combine findings with the same message; the place names all cells."""
    places = ((one.place, (one.code, one.sheet, one.words)) for one in listed)
    return [
        replace(listed[first], place=cells.label(language)) for cells, first in cell_groups(places)
    ]
