"""A child's clocks: what is due and when, from the day a clock starts to the day it is met.

A period counts its first day, so that 7 days from the 1st end on the 7th, and two months from
1 June on 31 July. If the month has no such day the period ends with the month (民法143条).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shokibo import calendar
from shokibo.law.parameters import Law

_DAY = dt.timedelta(days=1)
WARRANT, PROLONGATION = "warrant", "prolongation"
POLICY_REVIEW, BACKING_REVIEW = "policy_review", "backing_review"
WARRANT_DAYS, PROTECTION_MONTHS = "protection_warrant_days", "protection_months"


@dataclass(frozen=True)
class Clock:
    """What is due for a child, from when and by when; `met_on` is the day it was done."""

    what: str
    runs_from: dt.date
    due: dt.date
    met_on: dt.date | None = None

    def is_open(self, day: dt.date) -> bool:
        """Whether it runs on a day; it has stopped on the day it is met."""
        return self.runs_from <= day and (self.met_on is None or day < self.met_on)


@dataclass(frozen=True)
class Protection:
    """Temporary protection: its days, and the days of what the law requires."""

    started_on: dt.date
    ended_on: dt.date | None = None
    consent_on: dt.date | None = None
    warrant_asked_on: dt.date | None = None
    prolonged_on: dt.date | None = None


@dataclass(frozen=True)
class Review:
    """Something to be reviewed by a day, until it ends: a policy, or the support after a return."""

    what: str
    recorded_on: dt.date
    review_on: dt.date | None
    ended_on: dt.date | None = None


def protection_clocks(protection: Protection, law: Law) -> Iterator[Clock]:
    """Return the clocks of a temporary protection, by the parameters of its first day."""
    start, ended_on = protection.started_on, protection.ended_on
    if days := _number(law, WARRANT_DAYS, start):
        met = _first(protection.consent_on, protection.warrant_asked_on, ended_on)
        yield Clock(WARRANT, start, start + (days - 1) * _DAY, met)
    months = _number(law, PROTECTION_MONTHS, start)
    if not months:
        return
    period, prolonged_on = 1, protection.prolonged_on
    if prolonged_on is not None:
        while end_of_months(start, months * period) < prolonged_on:
            period += 1
        last = end_of_months(start, months * period)
        begun = start if period == 1 else end_of_months(start, months * (period - 1)) + _DAY
        yield Clock(PROLONGATION, begun, last, prolonged_on)
        period += 1
    begun = start if period == 1 else end_of_months(start, months * (period - 1)) + _DAY
    yield Clock(PROLONGATION, begun, end_of_months(start, months * period), ended_on)


def review_clocks(reviews: Iterable[Review]) -> Iterator[Clock]:
    """Return the clocks of reviews; each is met by the next of its kind, or when it ends."""
    latest: dict[str, Review] = {}
    for review in sorted(reviews, key=lambda review: review.recorded_on):
        if (before := latest.get(review.what)) is not None:
            yield from _clock(before, review.recorded_on)
        latest[review.what] = review
    for review in latest.values():
        yield from _clock(review, None)


def _clock(review: Review, next_on: dt.date | None) -> Iterator[Clock]:
    if review.review_on is not None:
        met = _first(next_on, review.ended_on)
        yield Clock(review.what, review.recorded_on, review.review_on, met)


def end_of_months(start: dt.date, months: int) -> dt.date:
    """Return the last day of a period of months that begins on a day."""
    years, month = divmod(start.month - 1 + months, 12)
    first = dt.date(start.year + years, month + 1, 1)
    last = calendar.month_end(first)
    return min(last, first + (start.day - 2) * _DAY) if start.day <= last.day else last


def _number(law: Law, name: str, day: dt.date) -> int | None:
    """Return a number in force on a day; None before its first day, or if none is set."""
    dated = law.at(name, day)
    return dated.value if dated is not None and type(dated.value) is int else None


def _first(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day is not None), default=None)
