"""What the rules say of homes and their units on a day, ready for a page."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import polars as pl

from shokibo.law.checks import certified_homes, certified_units
from shokibo.law.evaluate import evaluate
from shokibo.law.evaluation_json import as_json
from shokibo.law.parameters import national_law
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.planning.status import Status, status_on
from shokibo.web.bridge.reading import judging_ledger
from shokibo.web.look.language import language
from shokibo.web.register.models import Authority, Home


@dataclass(frozen=True)
class NoLongerHeld:
    """A finding on a certified add-on, and whose it is: ids of the ledger."""

    finding: Finding
    home_id: str
    unit_id: str | None

    @property
    def message(self) -> str:
        """Say what was found and what to do."""
        return self.finding.message(language())


@dataclass(frozen=True)
class Judged:
    """What the rules say on a day: of open units and homes by their id, and where they stand."""

    units: dict[str, dict[str, Any]]
    homes: dict[str, dict[str, Any]]
    status: Status
    no_longer_held: list[NoLongerHeld]


def evaluated(authority: Authority, homes: Collection[Home], day: dt.date) -> dict[str, Any]:
    """Evaluate homes as the command line prints it, in the language of the page or call."""
    law = national_law()
    ledger = judging_ledger(authority, homes)
    told = cast("dict[str, Any]", as_json(evaluate(ledger, law, [day]), law, day, language()))
    ids = {home.code for home in homes}
    of_homes = {
        name: [row for row in told[name] if row["home_id"] in ids] for name in ("units", "homes")
    }
    return {**told, **of_homes}


def judged(authority: Authority, homes: Collection[Home], day: dt.date) -> Judged:
    """Judge homes on a day; a person's postings in other homes count as the rules count them."""
    law = national_law()
    ledger = judging_ledger(authority, homes)
    told = cast("dict[str, Any]", as_json(evaluate(ledger, law, [day]), law, day, language()))
    ids = [home.code for home in homes]
    return Judged(
        {row["unit_id"]: row for row in told["units"] if row["home_id"] in ids},
        {row["home_id"]: row for row in told["homes"] if row["home_id"] in ids},
        status_on(_part(ledger, ids), day),
        [one for one in _no_longer_held(ledger, day) if one.home_id in ids],
    )


def _part(ledger: Ledger, ids: list[str]) -> Ledger:
    tables = {
        name: ledger[name].filter(pl.col("home_id").is_in(ids)) for name in ("homes", "units")
    }
    return replace(ledger, tables={**ledger.tables, **tables})


def _no_longer_held(ledger: Ledger, day: dt.date) -> Iterator[NoLongerHeld]:
    law, month = national_law(), f"{day:%Y-%m}"
    columns = ledger["applications"].select("application_id", "home_id", "unit_id")
    of_whom = {row["application_id"]: row for row in columns.iter_rows(named=True)}
    for finding in (*certified_units(ledger, law), *certified_homes(ledger, law)):
        if month in cast("list[str]", finding.values["months"]):
            row = of_whom[finding.values["application_id"]]
            yield NoLongerHeld(finding, row["home_id"], row["unit_id"])
