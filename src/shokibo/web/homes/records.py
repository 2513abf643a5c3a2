"""What the support records of a year show of homes, for the pages that confirm requirements."""

import datetime as dt

from shokibo.law.requirements import DUTIES
from shokibo.law.support_evidence import Evidence, evidence, year_of_records
from shokibo.web.base.language import language
from shokibo.web.register.models import Authority, Home
from shokibo.web.store.answers import cached
from shokibo.web.store.mapping import models_of
from shokibo.web.store.reading import ledger_of

GROUNDED = ("early_return", "training", *DUTIES.values())
"""The items for which the records are evidence."""
_TABLES = ("trainings", "support_log", "family_support")


def evidence_of(authority: Authority, year: int) -> dict[str, Evidence]:
    """Return what a year's records show, by 施設ID."""
    return cached(
        authority,
        ("support", "evidence", year),
        lambda: evidence(ledger_of(authority, only=_TABLES), year),
        models_of(_TABLES),
    )


def records_of(home: Home, day: dt.date) -> tuple[int, str]:
    """Return the year that grounds a confirmation from a day on, and what its records show."""
    year = year_of_records(day)
    return year, sentence(evidence_of(home.authority, year), home)


def sentence(records: dict[str, Evidence], home: Home) -> str:
    """Put a home's records into a sentence; blank if there is none."""
    return records.get(home.code, Evidence()).say(language())
