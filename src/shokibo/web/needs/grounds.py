"""The rows that a calculation is based on, and whether they are still the same."""

import hashlib
from collections.abc import Sequence

from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.web.needs.asked import ProposalAsked, read
from shokibo.web.needs.models import FILED, Calculation
from shokibo.web.planning.contents import SUPPORT, TABLES, plan_ledger
from shokibo.web.register.models import Authority
from shokibo.web.store.answers import cached
from shokibo.web.store.mapping import models_of
from shokibo.web.store.reading import ledger_of

TABLES_OF = {
    "forecast": ("episodes",),
    "proposal": tuple(name for name in TABLES if name not in SUPPORT),
    **dict.fromkeys(FILED, TABLES),
}
"""The tables on which each kind is based. No page shows rows of episodes: they are only counted."""


def ledger_for(kind: str, authority: Authority) -> Ledger:
    """Read the present rows on which a calculation of a kind is based."""
    if kind == "forecast":
        return ledger_of(authority, only=TABLES_OF[kind])
    return plan_ledger(authority)


def digest_of(ledger: Ledger, tables: Sequence[str]) -> str:
    """Return the digest of some tables' rows, in any order."""
    found = hashlib.sha256()
    for name in tables:
        rows = ledger[name].drop(ROW)
        found.update(name.encode() + b"\x00" + rows.sort(rows.columns).write_csv().encode())
    return found.hexdigest()


def is_outdated(calculation: Calculation) -> bool:
    """Whether the rows changed since the calculation."""
    if calculation.state != "done":
        return False
    if calculation.kind == "proposal":
        forecast = read(calculation.asked, ProposalAsked).forecast
        if forecast and is_outdated(Calculation.objects.get(pk=forecast)):
            return True
    return calculation.grounds != _digest_now(calculation.kind, calculation.authority)


def _digest_now(kind: str, authority: Authority) -> str:
    tables = TABLES_OF[kind]
    return cached(
        authority,
        ("needs", kind),
        lambda: digest_of(ledger_for(kind, authority), tables),
        models_of(tables),
    )
