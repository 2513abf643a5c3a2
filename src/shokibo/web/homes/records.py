"""A year's support records as evidence for confirming requirements."""

import datetime as dt

from shokibo import calendar
from shokibo.law.requirements import DUTIES
from shokibo.law.support_evidence import Evidence, evidence, year_of_records
from shokibo.texts import NOTHING, Text, literal
from shokibo.web.base.language import language
from shokibo.web.register.models import Authority, Home
from shokibo.web.store.answers import cached
from shokibo.web.store.mapping import models_of
from shokibo.web.store.reading import ledger_of

GROUNDED = ("early_return", "training", *DUTIES.values())
"""The items for which the records are evidence."""
_TABLES = ("trainings", "support_log", "family_support")


def evidence_of(authority: Authority, year: int) -> dict[str, Evidence]:
    """Return the evidence of a year's records, by 施設ID."""
    return cached(
        authority,
        ("support", "evidence", year),
        lambda: evidence(ledger_of(authority, only=_TABLES), year),
        models_of(_TABLES),
    )


def records_of(home: Home, day: dt.date) -> tuple[int, str]:
    """Return the year on which a confirmation from a day on is based, and its evidence."""
    year = year_of_records(day)
    return year, sentence(evidence_of(home.authority, year), home)


def ground_of(home: Home, day: dt.date) -> Text:
    """Return the records on which a confirmation from a day on is based, as its evidence."""
    year = year_of_records(day)
    return ground(evidence_of(home.authority, year), home, year)


def ground(records: dict[str, Evidence], home: Home, year: int) -> Text:
    """Write a home's records as evidence, with their year; the register has the Japanese.

    Blank without records.
    """
    found = records.get(home.code, Evidence())
    if found.is_empty:
        return NOTHING
    return literal(
        f"{calendar.fiscal_year_label(year)}の記録: {found.say('ja')}",
        f"Records of FY{year}: {found.say('en')}",
    )


def sentence(records: dict[str, Evidence], home: Home) -> str:
    """Describe a home's records in a sentence; blank without records."""
    return records.get(home.code, Evidence()).say(language())
