"""The list of deletions, in files that outlive the database: a restored backup repeats them.

It stands in the program's own folder and next to every backup: a line of JSON a deletion, with the
digest of the child's code, and nothing else of the child.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from shokibo.care.retention import CHILD
from shokibo.files import private, replacing
from shokibo.web.accounts.access import Office
from shokibo.web.audit.recording import Act, Actor, StaleError
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.care import retention
from shokibo.web.care.actions import digest_of, lock_child
from shokibo.web.care.known import known_of
from shokibo.web.care.models import Child, Deletion
from shokibo.web.care.retention import Deleting
from shokibo.web.register.forgetting import asked, forgotten
from shokibo.web.register.models import Authority, Episode

FILE = "deletions.jsonl"


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A deletion: the authority's code, the digest of the child's code, when, which kinds."""

    authority: str
    digest: str
    at: dt.datetime
    kinds: tuple[str, ...]


@transaction.atomic
def delete_going(actor: Actor | None, found: Iterable[retention.Going]) -> None:
    """Delete records whose period is over, and note it in the list."""
    now = clock.now()
    asked_for = [Deleting(one.child, one.kinds, now) for one in found]
    retention.delete(Act(actor, "care.expire"), asked_for)
    _keep_after_commit()


@transaction.atomic
def unregister(*, office: Office, child: Child, version: int) -> None:
    """Delete a child of whom nothing is recorded, and note it in the list.

    Raises PermissionDenied, StaleError, and RefusedError where something is recorded.
    """
    locked = lock_child(office, child, CHILD)
    if locked.version != version:
        raise StaleError(locked)
    (known,) = known_of([locked])
    if any(known.records.values()):
        raise RefusedError(
            "この児童には記録があります。記録は保存期間が過ぎてから削除します。",
            "Something is recorded of this child. Records are deleted when their period is over.",
        )
    act = Act(office.person, "care.unregister")
    retention.delete(act, [Deleting(locked, (CHILD,), clock.now())])
    _keep_after_commit()


def _keep_after_commit() -> None:
    transaction.on_commit(lambda: keep(settings.ENVIRONMENT.var), robust=True)


def keep(folder: Path) -> None:
    """Write the list into a folder; lines that stand there already stay. Raises OSError."""
    lines = {*_written(folder), *_stored()}
    if not lines:
        return
    ordered = sorted(lines, key=lambda line: (line.at, line.digest))
    with replacing([folder / FILE]) as (draft,), open(draft, "xb", opener=private) as file:
        file.writelines(msgspec.json.encode(line) + b"\n" for line in ordered)


def repeat(folders: Iterable[Path]) -> int:
    """Delete what the lists in some folders name and the database still holds; say how many rows.

    A child may have become one with records only after the backup: then its episodes go.
    To be called within a transaction. Raises OSError, and RefusedError for a list that is damaged.
    """
    stored = set(_stored())
    missing = {line for folder in folders for line in _written(folder)} - stored
    authorities = {one.code: one for one in Authority.objects.all()}
    lines = [line for line in missing if line.authority in authorities]
    children = {(child.authority.code, digest_of(child.code)): child for child in _children()}
    bare = _bare_episodes({(line.authority, line.digest) for line in lines if CHILD in line.kinds})
    act, found, gone, deleted = Act(None, "care.expire"), [], [], 0
    for line in sorted(lines, key=lambda line: line.at):
        whose = (line.authority, line.digest)
        if whose in children:
            found.append(Deleting(children[whose], line.kinds, line.at))
            continue
        if rows := bare.pop(whose, None):
            gone.append(retention.delete_bare_episodes(act, rows))
            deleted += len(rows)
        retention.note_deleted(authorities[line.authority], line.digest, line.at, line.kinds)
    deleted += retention.delete(act, found)
    forgotten.send(None, children=gone)
    _keep_after_commit()
    return deleted


def _children() -> Any:
    return Child.objects.select_related("authority")


def _bare_episodes(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[Episode]]:
    """Return the episodes without records of the children with these digests."""
    found: dict[tuple[str, str], list[Episode]] = {}
    rows = Episode.objects.exclude(of_records=True).select_related("authority")
    for row in rows if wanted else ():
        whose = (row.authority.code, digest_of(row.child_code))
        if whose in wanted:
            found.setdefault(whose, []).append(row)
    return found


@receiver(asked)
def answer_deleted_on(
    *, authority_code: str, codes: Collection[str], **_given: Any
) -> dict[str, dt.date]:
    """Return when the records of these children were deleted, by the database and by the list.

    Raises RefusedError for a list that is damaged.
    """
    lines = {*_stored(authority_code), *_written(settings.ENVIRONMENT.var)}
    days = {
        line.digest: timezone.localdate(line.at)
        for line in lines
        if line.authority == authority_code and CHILD in line.kinds
    }
    return {code: days[digest] for code in codes if (digest := digest_of(code)) in days}


def _stored(authority_code: str | None = None) -> list[Line]:
    rows = Deletion.objects.select_related("authority")
    rows = rows if authority_code is None else rows.filter(authority__code=authority_code)
    return [Line(row.authority.code, row.digest, row.at, tuple(row.kinds)) for row in rows]


def _written(folder: Path) -> list[Line]:
    path = folder / FILE
    if not path.exists():
        return []
    try:
        return [msgspec.json.decode(line, type=Line) for line in path.read_bytes().splitlines()]
    except msgspec.MsgspecError as error:
        raise RefusedError(
            f"{path}(保存期間で削除した記録の一覧)を読めません。壊れる前のものに置き換えて"
            "ください。何も変えていません。",
            f"{path}, the list of records deleted at the end of their period, is damaged. Put back "
            "what it was before. Nothing was changed.",
        ) from error
