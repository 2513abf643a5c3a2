"""The list of deletions, in files that outlive the database: a restored backup repeats them.

It stands in the program's own folder and beside every backup: a line of JSON a deletion, with the
digest of the child's code, and nothing else of the child.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import transaction

from shokibo.files import private, replacing
from shokibo.web.audit.recording import Act, Actor
from shokibo.web.base.refusal import RefusedError
from shokibo.web.care import retention
from shokibo.web.care.actions import digest_of
from shokibo.web.care.models import Child, Deletion
from shokibo.web.register.models import Authority

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
    act = Act(actor, "care.expire")
    for one in found:
        retention.delete(act, one.child, one.kinds)
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

    To be called within a transaction. Raises OSError, and RefusedError for a list that is damaged.
    """
    stored = set(_stored())
    missing = {line for folder in folders for line in _written(folder)} - stored
    act, deleted = Act(None, "care.expire"), 0
    authorities = {one.code: one for one in Authority.objects.all()}
    children = {(child.authority_id, digest_of(child.code)): child for child in Child.objects.all()}
    for line in sorted(missing, key=lambda line: line.at):
        authority = authorities.get(line.authority)
        if authority is None:
            continue
        child = children.get((authority.pk, line.digest))
        if child is not None:
            deleted += retention.delete(act, child, line.kinds, line.at)
        else:
            values = {"at": line.at, "kinds": list(line.kinds)}
            Deletion.objects.create(authority=authority, digest=line.digest, **values)
    _keep_after_commit()
    return deleted


def _stored() -> list[Line]:
    rows = Deletion.objects.select_related("authority")
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
