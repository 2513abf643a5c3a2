"""Certified add-ons that no longer hold, as the core's checks find them (R8)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import polars as pl

from shokibo.law.checks import certified_homes, certified_units
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.web.bridge.reading import REGISTER, judging_ledger, ledger_of
from shokibo.web.certification.judgement import law
from shokibo.web.certification.models import Application
from shokibo.web.look.language import language
from shokibo.web.register.models import Authority, Home


@dataclass(frozen=True)
class Fallen:
    """A certified add-on with what the checks say of it."""

    application: Application
    findings: list[Finding]

    @property
    def messages(self) -> list[str]:
        """The findings in the page's language."""
        return [finding.message(language()) for finding in self.findings]

    @property
    def severity(self) -> str:
        """The gravest."""
        grave = any(finding.severity == "error" for finding in self.findings)
        return "error" if grave else "warning"


def no_longer_holding(
    authority: Authority, years: Collection[int], homes: Collection[Home] | None = None
) -> list[Fallen]:
    """Give the certified add-ons of some years that do not hold in every month."""
    if homes is None:
        ledger = ledger_of(authority, only=REGISTER)
    else:
        ledger = judging_ledger(authority, homes)
    by_code = fallen_codes(ledger, years, homes)
    rows = Application.objects.filter(
        authority=authority, code__in=by_code, state__in=("certified", "ended")
    ).select_related("home", "unit")
    return [Fallen(row, by_code[row.code]) for row in rows]


def fallen_codes(
    ledger: Ledger, years: Collection[int], homes: Collection[Home] | None = None
) -> dict[str, list[Finding]]:
    """Give the ids of such add-ons with what was found, from a ledger that is read already."""
    wanted = pl.col("fiscal_year").is_in(list(years))
    if homes is not None:
        wanted &= pl.col("home_id").is_in([home.code for home in homes])
    of_years = ledger["applications"].filter(wanted)
    part = Ledger({**ledger.tables, "applications": of_years}, sources=ledger.sources)
    by_code: dict[str, list[Finding]] = {}
    for finding in _found(part):
        by_code.setdefault(str(finding.values["application_id"]), []).append(finding)
    return by_code


def _found(ledger: Ledger) -> Iterator[Finding]:
    yield from certified_units(ledger, law())
    yield from certified_homes(ledger, law())
