"""Answers cached across requests, for as long as nothing of the authority changes.

Every change of an authority's rows is an event in its log, and events are never changed or deleted,
so their count shows whether an answer is still valid.
"""

import datetime as dt
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib import metadata
from threading import Lock
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from django.db.models import Count, Model
from django.dispatch import Signal, receiver
from django.utils import timezone

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import recorded
from shokibo.web.base import clock
from shokibo.web.register.models import Authority

T = TypeVar("T")
MOST = 2048
"""Answers cached by a process; the least recently used is evicted."""
SHARED_SECONDS = 60
_PROGRAM = metadata.version("shokibo")
_counts: ContextVar[dict[int, dict[str, int]] | None] = ContextVar("counts", default=None)
"""The events that the request has counted, by authority; None outside of a request."""


@dataclass
class _Answer:
    """An answer and the event count it is based on; others wait while it is being made."""

    lock: Lock = field(default_factory=Lock)
    version: object = None
    value: Any = None


_answers: OrderedDict[Hashable, _Answer] = OrderedDict()
_lock = Lock()


def cached(
    authority: Authority,
    what: tuple[Hashable, ...],
    make: Callable[[], T],
    of: Collection[type[Model]] = (),
    *,
    shared: bool = False,
) -> T:
    """Return the result of `make`, cached until the authority's log grows.

    `what` names the answer and everything it depends on apart from the authority's rows: the day,
    the homes, the language. `of` names the models whose rows are read, if not all. Threads share
    the answer, so it must not be modified. One that is `shared` is slow to make and is passed to
    the other processes of an office: it must be picklable and never None; SQLite has one process.
    """
    if not caches():
        return make()
    key = (authority.pk, *what)
    with _lock:
        answer = _answers.setdefault(key, _Answer())
        _answers.move_to_end(key)
        if len(_answers) > MOST:
            _answers.popitem(last=False)
    with answer.lock:
        version = version_of(authority, of)  # before the rows are read
        if answer.version != version:
            name = hashlib.sha256(repr((_PROGRAM, key, version)).encode()).hexdigest()
            is_shared = shared and connection.vendor != "sqlite"
            answer.value = cache.get_or_set(name, make, SHARED_SECONDS) if is_shared else make()
            answer.version = version
        value: T = answer.value
        return value


def caches() -> bool:
    """Whether answers may be cached: not within a transaction, which may be rolled back."""
    return not transaction.get_connection().in_atomic_block


def version_of(authority: Authority, of: Collection[type[Model]] = ()) -> object:
    """Count the events of an authority's rows, of some models or of all, since yesterday.

    No transaction lasts longer. Events are numbered before they are committed, so the highest
    number would miss one that is committed late. Counted once per request.
    """
    counted = _counts.get()
    counts = {} if counted is None else counted
    since = clock.today() - dt.timedelta(days=1)
    if authority.pk not in counts:
        midnight = timezone.make_aware(dt.datetime.combine(since, dt.time()))
        recent = Event.objects.filter(authority=authority, at__gte=midnight).order_by()
        counts[authority.pk] = dict(recent.values_list("subject_kind").annotate(Count("pk")))
    kinds = {model._meta.label_lower for model in of} or counts[authority.pk]
    return since, sorted((kind, counts[authority.pk].get(kind, 0)) for kind in kinds)


@receiver([request_started, request_finished])
def _of_a_request(signal: Signal, **_: object) -> None:
    _counts.set({} if signal is request_started else None)


@receiver(recorded)
def _count_again(**_: object) -> None:
    (_counts.get() or {}).clear()
