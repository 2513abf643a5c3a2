"""R8: the certified add-ons that no longer hold after an edit of the ledger, and the months."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import cast

import polars as pl

from shokibo.law.certification import rejudged
from shokibo.law.certified_checks import HOLDS, CertifiedFinding, findings_on, outcomes
from shokibo.law.parameters import Law
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger


@dataclass(frozen=True)
class Lapse:
    """Months in which a certified add-on holds before an edit but not, or not certainly, after it.

    `findings` are those after the edit that concern these months.
    """

    application_id: str
    months: tuple[dt.date, ...]
    findings: tuple[Finding, ...]


def lapsing(
    before: Ledger, after: Ledger, law: Law, applications: Collection[str] | None = None
) -> list[Lapse]:
    """Judge all or some certified add-ons before and after an edit; return what lapses through it.

    What can no longer be judged lapses too. If every add-on holds after the edit, the ledger before
    it is not judged.
    """
    after, before = (_only(ledger, applications) for ledger in (after, before))
    judged = rejudged(after, law)
    now = outcomes(judged)
    if (now["outcome"] == HOLDS).all():
        return []
    then = outcomes(rejudged(before, law))
    key = ["application_id", "month"]
    worse = pl.col("outcome") > pl.col("outcome_before").fill_null(HOLDS)
    lapsed = (
        now.join(then, on=key, how="left", suffix="_before", maintain_order="left")
        .filter(worse)
        .group_by("application_id", maintain_order=True)
        .agg(pl.col("month").sort())
    )
    months = dict(lapsed.iter_rows())
    found = list(findings_on(after, law, judged.of(months)))
    return [
        Lapse(
            application,
            tuple(days),
            tuple(
                one.finding
                for one in found
                if application in one.applications
                and not _months(one).isdisjoint(f"{day:%Y-%m}" for day in days)
            ),
        )
        for application, days in months.items()
    ]


def _only(ledger: Ledger, applications: Collection[str] | None) -> Ledger:
    if applications is None:
        return ledger
    named = pl.col("application_id").is_in(list(applications))
    return replace(
        ledger,
        tables={**ledger.tables, "applications": ledger["applications"].filter(named)},
    )


def _months(one: CertifiedFinding) -> set[str]:
    return set(cast("list[str]", one.finding.values["months"]))
