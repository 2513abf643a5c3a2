"""Answers kept from one request to the next, for as long as nothing of the authority changes.

Every change of an authority's rows is an event of its log, and no event is ever changed or
deleted, so the log tells whether an answer still holds. Each process keeps its own answers; those
that are shared are handed to the other processes of an office through Django's cache, and worked
out anew at the end of the request that made them void.
"""

import datetime as dt
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from importlib import metadata
from threading import Lock, local
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Max, Model
from django.dispatch import receiver
from django.utils import timezone

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import recorded
from shokibo.web.base import clock
from shokibo.web.register.models import Authority

T = TypeVar("T")
MOST = 2048
"""Answers kept by a process; the one longest unused makes room."""
LONGEST_CHANGE = dt.timedelta(days=1)
"""No transaction stays open for longer, so no older event appears any more."""
SHARED_SECONDS = 60
"""How long an answer waits for the other processes, and is worked out anew after it was asked."""
_PROGRAM = metadata.version("shokibo")
"""Another version of the program may hold its answers otherwise."""
_LOG = logging.getLogger(__name__)
_Version = tuple[Hashable, ...]


@dataclass(frozen=True)
class _Question:
    authority: Authority
    what: tuple[Hashable, ...]
    make: Callable[[], Any]
    of: Collection[type[Model]]
    shared: bool

    @property
    def key(self) -> tuple[Hashable, ...]:
        return (self.authority.pk, *self.what)

    def answer(self, version: _Version) -> Any:
        """Take the answer that another process gave, or make it, for the others too.

        SQLite has one process, and one writer at a time.
        """
        if not self.shared or connection.vendor == "sqlite":
            return self.make()
        named = (_PROGRAM, self.key, version)
        name = hashlib.sha256(repr(named).encode()).hexdigest()
        given = cache.get(name)
        if given is None:
            given = self.make()
            cache.set(name, given, SHARED_SECONDS)
        return given


@dataclass
class _Place:
    """Where an answer stands. Who finds it taken waits for it instead of working it out too."""

    question: _Question
    asked: float = field(default_factory=time.monotonic)
    lock: Lock = field(default_factory=Lock)
    version: _Version | None = None
    answer: Any = None

    def answered(self) -> Any:
        """Give the answer that holds now."""
        with self.lock:
            question = self.question
            version = version_of(question.authority, question.of)  # before the rows are read
            if self.version != version:
                self.answer, self.version = question.answer(version), version
            return self.answer


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
    *,
    shared: bool = False,
) -> T:
    """Give what `make` gives; what it gave before, if the authority's log has not grown since.

    `what` names the answer, and everything it depends on beside the authority's rows: the day, the
    homes, the language. `of` names the models whose rows are read, where they are not all: a change
    of others leaves the answer. Threads share it, so nobody may change it. One that is `shared`
    can be pickled, is never None, and depends on nothing of the request.
    """
    if not keeps():
        return make()
    answer: T = _place(_Question(authority, what, make, of, shared)).answered()
    return answer


def keeps() -> bool:
    """Tell whether answers are kept here: not within a transaction, which may be rolled back."""
    return not transaction.get_connection().in_atomic_block


def version_of(authority: Authority, of: Collection[type[Model]] = ()) -> _Version:
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
    since = clock.today() - LONGEST_CHANGE
    recent = Event.objects.filter(authority=authority, at__gte=_midnight(since)).order_by()
    counted = recent.values_list("subject_kind").annotate(Count("pk"), Max("pk"), Max("at"))
    numbers = since, tuple(sorted(counted))
    if read is not None:
        read[authority.pk] = numbers
    return numbers


@receiver(recorded)
def changed(authorities: Collection[int | None], **_: object) -> None:
    """Count anew from here on: this request has changed rows of authorities itself."""
    if hasattr(_asking, "read"):
        _asking.read = {}
        _asking.changed |= {*authorities}


@receiver(request_started)
def _begin(**_: object) -> None:
    _asking.read, _asking.changed = {}, set()


@receiver(request_finished)
def _end(**_: object) -> None:
    """Once the answer is sent, work out anew what its changes made void."""
    authorities: set[int | None] = getattr(_asking, "changed", set())
    _asking.__dict__.clear()
    if not authorities or not keeps():
        return
    try:
        for place in _asked_lately(authorities):
            place.answered()
    except DatabaseError as error:
        _LOG.warning("answers are left to their next reader: %s", error)


def _asked_lately(authorities: set[int | None]) -> list[_Place]:
    """Give the shared answers of authorities that somebody wanted a moment ago."""
    since = time.monotonic() - SHARED_SECONDS
    with _lock:
        places = [place for place in _places.values() if place.asked > since]
    return [
        place
        for place in places
        if place.question.shared and place.question.authority.pk in authorities
    ]


def forget() -> None:
    """Forget every answer."""
    with _lock:
        _places.clear()


def _place(question: _Question) -> _Place:
    """Give where the answer to a question stands; it is asked as it was asked last."""
    with _lock:
        place = _places.setdefault(question.key, _Place(question))
        place.question, place.asked = question, time.monotonic()
        _places.move_to_end(question.key)
        while len(_places) > MOST:
            _places.popitem(last=False)
        return place


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
