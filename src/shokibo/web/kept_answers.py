"""Answers kept from one request to the next, for as long as nothing of the authority changes.

Every change of an authority's rows is an event of its log, and no event is ever changed or
deleted, so the log tells whether an answer still holds. Each process keeps its own answers.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from threading import Lock, local
from typing import Any, TypeVar

from django.core.signals import request_finished, request_started
from django.db import transaction
from django.db.models import Count, Max, Model
from django.dispatch import receiver
from django.utils import timezone

from shokibo.web.audit.models import Event
from shokibo.web.register.models import Authority

T = TypeVar("T")
MOST = 2048
"""Answers kept by a process; the one longest unused makes room."""
LONGEST_CHANGE = dt.timedelta(days=1)
"""No transaction stays open for longer, so no older event appears any more."""


@dataclass
class _Place:
    """Where an answer stands. Who finds it taken waits for it instead of working it out too."""

    lock: Lock = field(default_factory=Lock)
    version: tuple[Hashable, ...] | None = None
    answer: Any = None


_places: OrderedDict[Hashable, _Place] = OrderedDict()
_lock = Lock()
_Numbers = tuple[dt.date, tuple[tuple[Any, ...], ...]]
_asking = local()
"""What the request of this thread has counted; outside of a request nothing is."""


def kept(
    authority: Authority,
    what: tuple[Hashable, ...],
    make: Callable[[], T],
    of: Collection[type[Model]] = (),
) -> T:
    """Give what `make` gives; what it gave before, if the authority's log has not grown since.

    `what` names the answer, and everything it depends on beside the authority's rows: the day, the
    homes, the language. `of` names the models whose rows are read, where they are not all: a change
    of others leaves the answer. It is shared between threads, so nobody may change it.
    """
    if not keeps():
        return make()
    place = _place((authority.pk, *what))
    with place.lock:
        version = version_of(authority, of)  # before the rows are read, never after
        if place.version != version:
            place.answer, place.version = make(), version
        answer: T = place.answer
        return answer


def keeps() -> bool:
    """Tell whether answers are kept here: not within a transaction, which may be rolled back."""
    return not transaction.get_connection().in_atomic_block


def version_of(authority: Authority, of: Collection[type[Model]] = ()) -> tuple[Hashable, ...]:
    """Give what differs after every change of an authority's rows, of some models or of all.

    Numbers of events are given before they are committed, so the highest alone would miss one that
    is committed late; their count does not.
    """
    kinds = {model._meta.label_lower for model in of}
    since, numbers = _numbers(authority)
    return (since, *(one for one in numbers if not kinds or one[0] in kinds))


def _numbers(authority: Authority) -> _Numbers:
    """Count the events of each kind; once a request, in which none of these can come before it."""
    read: dict[int, _Numbers] | None = getattr(_asking, "read", None)
    if read is not None and authority.pk in read:
        return read[authority.pk]
    since = timezone.localtime().date() - LONGEST_CHANGE
    recent = Event.objects.filter(authority=authority, at__gte=_midnight(since)).order_by()
    counted = recent.values_list("subject_kind").annotate(Count("pk"), Max("pk"), Max("at"))
    numbers = since, tuple(sorted(counted))
    if read is not None:
        read[authority.pk] = numbers
    return numbers


def changed() -> None:
    """Count anew from here on: this request has changed rows itself."""
    if hasattr(_asking, "read"):
        _asking.read = {}


@receiver(request_started)
def _begin(**_: object) -> None:
    _asking.read = {}


@receiver(request_finished)
def _end(**_: object) -> None:
    _asking.__dict__.clear()


def forget() -> None:
    """Forget every answer."""
    with _lock:
        _places.clear()


def _place(key: Hashable) -> _Place:
    with _lock:
        place = _places.setdefault(key, _Place())
        _places.move_to_end(key)
        while len(_places) > MOST:
            _places.popitem(last=False)
        return place


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
