"""R8: which certified add-ons no longer hold after an edit of the ledger, and in which months."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import cast

import polars as pl

from shokibo.law.certification import months_of_effect
from shokibo.law.certified_checks import CertifiedFinding, certified_addons
from shokibo.law.parameters import Law
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger

_HOLDS, _UNKNOWN, _LAPSED = range(3)
_Effect = dict[str, dict[str, dt.date]]
"""The first days of an application's months of effect, by its id and the month."""


@dataclass(frozen=True)
class Lapse:
    """Months in which a certified add-on holds before an edit and not, or not for sure, after it.

    `findings` are those after the edit that concern these months.
    """

    application_id: str
    months: tuple[dt.date, ...]
    findings: tuple[Finding, ...]


def lapsing(
    before: Ledger, after: Ledger, law: Law, applications: Collection[str] | None = None
) -> list[Lapse]:
    """Judge certified add-ons before and after an edit, all or some; return what lapses by it.

    What could be judged and can't be any more lapses too. Where every add-on holds after the
    edit, the ledger before it is not judged.
    """
    after, before = (_only(ledger, applications) for ledger in (after, before))
    found = list(certified_addons(after, law))
    if not found:
        return []
    effect: _Effect = defaultdict(dict)
    months = months_of_effect(after["applications"]).select("application_id", "month")
    for application, day in months.collect().iter_rows():
        effect[application][f"{day:%Y-%m}"] = day
    then, now = _outcomes(certified_addons(before, law), effect), _outcomes(found, effect)
    lapsed: dict[str, list[str]] = defaultdict(list)
    for (application, month), outcome in now.items():
        if outcome > then.get((application, month), _HOLDS):
            lapsed[application].append(month)
    return [
        Lapse(
            application,
            tuple(sorted(days[month] for month in lapsed[application])),
            tuple(
                one.finding
                for one in found
                if application in one.applications
                and not set(lapsed[application]).isdisjoint(_months(one))
            ),
        )
        for application, days in effect.items()
        if application in lapsed
    ]


def _only(ledger: Ledger, applications: Collection[str] | None) -> Ledger:
    if applications is None:
        return ledger
    named = pl.col("application_id").is_in(list(applications))
    return replace(
        ledger,
        tables={**ledger.tables, "applications": ledger["applications"].filter(named)},
    )


def _months(one: CertifiedFinding) -> list[str]:
    return cast("list[str]", one.finding.values["months"])


def _outcomes(found: Iterable[CertifiedFinding], effect: _Effect) -> dict[tuple[str, str], int]:
    """Return the gravest outcome of each application and month in which it does not hold."""
    outcomes: dict[tuple[str, str], int] = {}
    for one in found:
        outcome = _LAPSED if one.finding.severity == "error" else _UNKNOWN
        for application in one.applications:
            for month in effect[application].keys() & _months(one):
                key = application, month
                outcomes[key] = max(outcome, outcomes.get(key, _HOLDS))
    return outcomes
