"""The log as a chain: each event is sealed by a digest of itself and the seal before it.

Changing, removing or swapping events breaks every later seal, unless all of them are recomputed;
then the last seal differs from the one that a backup or a printout of the page shows.

Events are sealed right after the transaction that wrote them, by one process at a time: a lock
within that transaction would make changes of the register wait for each other, even in a deadlock.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from shokibo.texts import Text
from shokibo.web.audit.models import Event, Seal, SealCheck
from shokibo.web.base.bulk import insert
from shokibo.web.base.lines import write_line

Values: TypeAlias = Mapping[str, Any]
"""An event's fields by name, those that refer to rows as their keys."""
START = "0" * 64
"""The seal before the first."""
_LOCK = 5_108_112
"""The PostgreSQL advisory lock under which seals are added."""
_WINDOW = 10_000
"""How many of the latest events are checked after a change; at a start all are."""
_BATCH = 1_000
_LATER = {"subject_en"}
"""Fields that events of earlier releases lack: if blank they are left out of the digest."""


@dataclass(frozen=True)
class Anchor:
    """The last seal, to be noted outside of the database."""

    number: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.number}:{self.sha256}"


def read_anchor(written: str) -> Anchor:
    """Read a noted seal. Raises ValueError."""
    number, _, sha256 = written.strip().partition(":")
    if not re.fullmatch(r"[0-9]{1,18}", number) or not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError(written)
    return Anchor(int(number), sha256)


@dataclass(frozen=True)
class Verdict:
    """The outcome of a check: how many seals hold, and what broke the next one, if any."""

    sealed: int
    broken: Text | None = None


def _digest(previous: str, event: Values) -> str:
    """Return the digest of an event and the seal before it."""
    content = {
        name: value for name, value in event.items() if value is not None or name not in _LATER
    }
    content["at"] = event["at"].astimezone(dt.UTC).isoformat()
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{written}".encode()).hexdigest()


def seal_later() -> None:
    """Seal what this transaction writes, once it is committed."""
    if not any(function is _committed for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(_committed, robust=True)


def _committed() -> None:
    seal()


def seal() -> int:
    """Seal the latest events; return how many."""
    last = Event.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    return _seal(Event.objects.filter(pk__gt=last - _WINDOW))


def seal_all() -> int:
    """Seal every event that has no seal; return how many."""
    return _seal(Event.objects.all())


def _seal(among: QuerySet[Event]) -> int:
    lines: list[dict[str, object]] = []
    open_ones = among.filter(~Exists(Seal.objects.filter(event_id=OuterRef("pk")))).order_by("pk")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = anchor()
        seals = []
        for event in open_ones.values().iterator(_BATCH):
            last = Anchor(last.number + 1, _digest(last.sha256, event))
            seals.append(Seal(number=last.number, event_id=event["id"], sha256=last.sha256))
            lines.append(_line(event, last))
        insert(seals)
    for line in lines:
        write_line("event", **line)
    return len(lines)


def _line(event: Values, sealed: Anchor) -> dict[str, object]:
    return {
        "at": event["at"].isoformat(),
        "action": event["action"],
        "actor": event["actor_id"],
        "authority": event["authority_id"],
        "home": event["home_id"],
        "kind": event["subject_kind"],
        "subject": event["subject_id"],
        "seal": str(sealed),
    }


def anchor() -> Anchor:
    """Return the last seal; number 0 if there is none."""
    last = Seal.objects.order_by("-number").first()
    return Anchor(last.number, last.sha256) if last else Anchor(0, START)


def verify(noted: Anchor | None = None) -> Verdict:
    """Check every seal against its event, and a seal noted elsewhere; store the outcome."""
    seal_all()
    verdict = _verified(noted)
    broken = verdict.broken.ja if verdict.broken else ""
    SealCheck.objects.create(sealed=verdict.sealed, broken=broken)
    return verdict


def _verified(noted: Anchor | None) -> Verdict:
    last = Anchor(0, START)
    for found, event in _sealed():
        if found.number != last.number + 1:
            return Verdict(last.number, _GONE.of(number=last.number + 1))
        if event is None:
            return Verdict(last.number, _REMOVED.of(number=found.number, event=found.event_id))
        if _digest(last.sha256, event) != found.sha256:
            return Verdict(last.number, _CHANGED.of(number=found.number, event=found.event_id))
        last = Anchor(found.number, found.sha256)
        if noted and noted.number == last.number and noted != last:
            return Verdict(last.number - 1, _OTHER.of(number=last.number))
    if noted and noted.number > last.number:
        return Verdict(last.number, _SHORT.of(number=noted.number, last=last.number))
    return Verdict(last.number)


def _sealed() -> Iterator[tuple[Seal, Values | None]]:
    after = 0
    while seals := list(Seal.objects.filter(number__gt=after).order_by("number")[:_BATCH]):
        found = Event.objects.filter(pk__in=[one.event_id for one in seals]).values()
        events = {event["id"]: event for event in found}
        yield from ((one, events.get(one.event_id)) for one in seals)
        after = seals[-1].number


class _Broken(Text):
    def of(self, **values: object) -> Text:
        return Text(self.say("ja", **values), self.say("en", **values))


_CHANGED = _Broken(
    "封印{number}番の記録(番号{event})は、封印したあとに書き換えられています。",
    "Event {event} was changed after its seal, number {number}.",
)
_REMOVED = _Broken(
    "封印{number}番の記録(番号{event})が消されています。",
    "Event {event}, of seal {number}, was removed.",
)
_GONE = _Broken("封印{number}番が消されています。", "Seal {number} was removed.")
_OTHER = _Broken(
    "封印{number}番が、控えた値と違います。記録の全体が作り直されています。",
    "Seal {number} is not the one that was noted: the log was made anew.",
)
_SHORT = _Broken(
    "封印{number}番を控えていますが、{last}番までしかありません。新しい記録が消されています。",
    "Seal {number} was noted, but the last one is {last}: later events were removed.",
)
