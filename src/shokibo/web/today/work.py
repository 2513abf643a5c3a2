"""What waits for a person: one kind of work each, with what leads straight to it."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.today.figures import Figures

LINES = 4
"""So many rows of a kind of work are named; the rest is behind its link."""


@dataclass(frozen=True)
class Line:
    """One row that waits: where it leads, since how many days, and a note."""

    text: str
    url: str = ""
    days: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Work:
    """A kind of work: how many wait, what they ask for, and where they are all to be found.

    `lines` are the first, the longest waiting first. `urgent` holds somebody else up, or costs
    money, or nears a deadline.
    """

    title: str
    count: int
    lines: tuple[Line, ...]
    url: str
    help: str = ""
    urgent: bool = False

    @property
    def days(self) -> int | None:
        """How long the first of them waits."""
        return next((line.days for line in self.lines if line.days is not None), None)

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Today:
    """Who looks, on which day, and what is known of their register; None who reads none."""

    office: Office
    day: dt.date
    figures: Figures | None

    @property
    def code(self) -> str:
        """The authority's code, for addresses."""
        return str(self.office.authority.code)

    def since(self, moment: dt.date | None) -> int | None:
        """Count the days since then; None if it is not known."""
        if moment is None:
            return None
        day = localtime(moment).date() if isinstance(moment, dt.datetime) else moment
        return max(0, (self.day - day).days)


def work_of(
    title: str,
    rows: Sequence[Any] | QuerySet[Any],
    line: Callable[[Any], Line],
    url: str,
    help: str = "",
    *,
    urgent: bool = False,
) -> Iterator[Work]:
    """Return the work that rows ask for, the first of them named; none if there is no row."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    if count:
        yield Work(title, count, tuple(map(line, rows[:LINES])), url, help, urgent)


Source = Callable[[Today], Iterator[Work]]


def only_with(*permissions: Permission) -> Callable[[Source], Source]:
    """Ask a source only for people who hold one of these; it makes no query for anybody else."""

    def gate(source: Source) -> Source:
        @wraps(source)
        def gated(today: Today) -> Iterator[Work]:
            if any(today.office.may(permission) for permission in permissions):
                yield from source(today)

        return gated

    return gate
