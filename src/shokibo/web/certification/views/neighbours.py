"""The applications before and after one in the queue, as the address of its page asks for it."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from shokibo.web.accounts.access import Office
from shokibo.web.certification.models import Application
from shokibo.web.certification.views.asking import QueueQuery, at
from shokibo.web.certification.views.queue import judge, listing_of, rows_of
from shokibo.web.certification.views.steps import url_of
from shokibo.web.pages.listing import arranged


@dataclass(frozen=True)
class Neighbours:
    """Where an application stands in a queue: the pages before and after, blank for none.

    `number` is which of the rows it is; None if it is no longer one of them.
    """

    before: str
    after: str
    number: int | None
    rows: int


def neighbours_of(row: Application, office: Office, asked: QueueQuery) -> Neighbours:
    """Find an application in the queue, or where it would stand in it."""
    rows = rows_of(office, asked)
    is_to_do = any(one == row for one in rows)
    if not is_to_do:
        rows = sorted([*rows, row], key=_natural)
    ordered, _, _ = arranged(asked, listing_of(office), rows, partial(judge, office))
    keys = [one.pk for one in ordered]
    is_listed = is_to_do and row.pk in keys
    place = keys.index(row.pk) if row.pk in keys else 0
    pages = [url_of(office, key) + at(asked.request) for key in keys if key != row.pk]
    return Neighbours(
        "".join(pages[:place][-1:]),
        "".join(pages[place:][:1]),
        place + 1 if is_listed else None,
        len(pages) + is_listed,
    )


def _natural(row: Application) -> tuple[int, dt.date, int]:
    return row.fiscal_year, row.applied_on or dt.date.max, row.pk
