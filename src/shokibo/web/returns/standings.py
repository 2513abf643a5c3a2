"""The status of forms: what arrived and when, read at once for all requested."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from shokibo.returns.standing import Standing
from shokibo.web.base.clock import today
from shokibo.web.receipts.acceptances import Key, counting
from shokibo.web.receipts.models import DeliveredFile, Question
from shokibo.web.register.models import Authority
from shokibo.web.returns.deadlines import is_awaited, statutory
from shokibo.web.returns.models import LaterDeadline, PaperReturn, Return
from shokibo.web.returns.versions import READ_STATES

LOOKS = {
    "not_awaited": "none",
    "on_paper": "met",
    "open": "none",
    "overdue": "error",
    "sent": "pending",
    "asked": "warning",
    "accepted": "met",
}
"""The badge of each state."""
_KEY = ("authority", "form", "fiscal_year")


@dataclass(frozen=True)
class Known:
    """What is stored about forms of authorities, by key."""

    day: dt.date
    first_days: dict[Key, dt.date]
    latest: dict[Key, str]
    """SHA-256 of the current version."""
    later: dict[Key, tuple[dt.date, str]]
    on_paper: dict[Key, dt.date]
    accepted: dict[Key, str]
    """SHA-256 of the version accepted last."""
    unanswered: Counter[Key]

    def of(self, authority: Authority, form: int, year: int) -> Standing:
        """Return a form's status."""
        key = (authority.pk, form, year)
        later, ground = self.later.get(key, (None, ""))
        return Standing(
            self.day,
            statutory(form, year),
            is_awaited(authority, year),
            later,
            ground,
            self.on_paper.get(key),
            self.first_days.get(key),
            key in self.latest and self.latest[key] == self.accepted.get(key),
            self.unanswered[key],
        )


def known(authorities: Iterable[Authority] | None = None, **of: Any) -> Known:
    """Read what is stored about some or all authorities; `of` narrows to a form and a year."""
    within = dict(of)
    if authorities is not None:
        within["authority__in"] = list(authorities)
    in_delivery = {_AT_DELIVERY.get(name, name): value for name, value in within.items()}
    first_days: dict[Key, dt.date] = {}
    latest: dict[Key, str] = {}
    files = DeliveredFile.objects.filter(state__in=READ_STATES, **in_delivery)
    at = (_AT_DELIVERY.get(name, name) for name in _KEY)
    for *key, day, sha256 in files.order_by("delivery_id", "name", "pk").values_list(
        *at, "delivery__came_on", "sha256"
    ):
        one: Any = tuple(key)
        first_days[one] = min(day, first_days.get(one, day))
        latest[one] = sha256
    sent = Return.objects.filter(state="submitted", **within).order_by("edition")
    for *key, moment, sha256 in sent.values_list(*_KEY, "submitted_at", "figures_sha256"):
        one, day = tuple(key), localtime(moment).date()
        first_days[one] = min(day, first_days.get(one, day))
        latest[one] = sha256
    return Known(
        today(),
        first_days,
        latest,
        {
            (authority, form, year): (day, ground)
            for authority, form, year, day, ground in LaterDeadline.objects.filter(
                **within
            ).values_list(*_KEY, "day", "ground")
        },
        {
            (authority, form, year): day
            for authority, form, year, day in PaperReturn.objects.filter(**within).values_list(
                *_KEY, "day"
            )
        },
        {key: row.sha256 for key, row in counting(**within).items()},
        Counter(Question.objects.filter(state="open", **within).values_list(*_KEY)),
    )


_AT_DELIVERY = {"form": "delivery__form", "fiscal_year": "delivery__fiscal_year"}
