"""The applications before and after one in the queue, as the address of its page asks for it."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from shokibo.web.accounts.access import Office
from shokibo.web.certification.models import Application
from shokibo.web.certification.views.queue import (
    QueueQuery,
    judge,
    listing_of,
    query_of,
    rows_of,
)
from shokibo.web.certification.views.steps import url_of
from shokibo.web.pages.listing import arranged


@dataclass(frozen=True)
class Neighbours:
    """Where an application stands in a queue: the pages before and after, blank for none.

    `number` is which of the rows it is; None where it is no longer one of them.
    """

    before: str
    after: str
    number: int | None
    rows: int
    query: str


def neighbours_of(row: Application, office: Office, asked: QueueQuery) -> Neighbours:
    """Find an application in the queue, or where it was in it."""
    rows, _, _ = arranged(asked, listing_of(office), rows_of(office, asked), partial(judge, office))
    keys, query = [one.pk for one in rows], query_of(asked.request)
    number = keys.index(row.pk) + 1 if row.pk in keys else None
    after = number or sum(_natural(one) < _natural(row) for one in rows)
    before = after - 1 if number else after
    pages = [url_of(office, key) + query for key in keys]
    return Neighbours(
        "".join(pages[:before][-1:]), "".join(pages[after:][:1]), number, len(keys), query
    )


def _natural(row: Application) -> tuple[int, dt.date, int]:
    return row.fiscal_year, row.applied_on or dt.date.max, row.pk
