"""Writing a run's changes, and undoing them: in bulk, logged row by row.

Rows are written in an order that keeps references valid: referring rows are removed before homes
and units, and added after them.
"""

from collections.abc import Callable, Iterable, Sequence

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from shokibo.web.audit import recording
from shokibo.web.audit.recording import Act, Change
from shokibo.web.exchange.models import RunChange
from shokibo.web.exchange.rows import Codes, fields_of, new_row
from shokibo.web.store.mapping import MAPPED, named_first

Progress = Callable[[int], None]
_OWNERS = ("authorities", "homes", "units")
_LEAVES = tuple(name for name in MAPPED if name not in _OWNERS)


def write(
    act: Act, codes: Codes, rows: Sequence[RunChange], progress: Progress = lambda _: None
) -> None:
    """Add, change and remove rows, and store the result in each RunChange.

    Raises StaleError if a row was saved since the dry run.
    """
    of = _sorted(rows)
    for name in _LEAVES:
        progress(_remove(act, of(name, "remove")))
    for name in _OWNERS:  # what is there may come to name what is new
        progress(_add(act, codes, of(name, "add")))
        progress(_change(act, codes, of(name, "change"), "after"))
    for name in _LEAVES:  # what is new may begin when what is there has come to an end
        progress(_change(act, codes, of(name, "change"), "after"))
        progress(_add(act, codes, of(name, "add")))
    for name in reversed(_OWNERS):
        progress(_remove(act, of(name, "remove")))


def undo(act: Act, codes: Codes, rows: Sequence[RunChange]) -> None:
    """Restore what was before. Raises StaleError if a row was saved since."""
    of = _sorted(rows)
    for name in _OWNERS:
        _bring_back(act, codes, of(name, "remove"))
    for name in _LEAVES:
        _take_out(act, of(name, "add"), "after")
    for name in (*_OWNERS, *_LEAVES):
        _change(act, codes, of(name, "change"), "before")
    for name in _LEAVES:
        _bring_back(act, codes, of(name, "remove"))
    for name in reversed(_OWNERS):
        _take_out(act, of(name, "add"), "after")


def _sorted(rows: Iterable[RunChange]) -> Callable[[str, str], list[RunChange]]:
    by: dict[tuple[str, str], list[RunChange]] = {}
    for row in rows:
        by.setdefault((row.table, row.kind), []).append(row)
    return lambda table, kind: by.get((table, kind), [])


def _groups(rows: list[RunChange], side: str) -> list[list[RunChange]]:
    """Group a table's rows so that each comes after the one to which it refers."""
    if not rows:
        return []
    return list(named_first(MAPPED[rows[0].table].table, rows, lambda row: getattr(row, side)))


def _add(act: Act, codes: Codes, rows: list[RunChange]) -> int:
    for group in _groups(rows, "after"):
        made = [new_row(row, codes) for row in group]
        recording.add_all(act, made)
        codes.include(made)
        for row, new in zip(group, made, strict=True):
            row.row_id, row.row_version = new.pk, 1
    return len(rows)


def _change(act: Act, codes: Codes, rows: list[RunChange], to: str) -> int:
    changes = [
        Change(
            _by_key(row),
            row.row_version or 0,
            fields_of(MAPPED[row.table], getattr(row, to), codes),
        )
        for row in rows
    ]
    recording.change_all(act, changes)
    for row in rows:
        row.row_version = (row.row_version or 0) + 1
    return len(rows)


def _remove(act: Act, rows: list[RunChange]) -> int:
    if rows:
        model = MAPPED[rows[0].table].model
        held = model._default_manager.in_bulk([row.row_id for row in rows])
        for row in rows:
            removed = held.get(row.row_id)
            fields = model._meta.concrete_fields if removed else ()
            values = {f.attname: getattr(removed, f.attname) for f in fields}
            row.held = {
                name: value
                if isinstance(value, str | int | bool | None)
                else DjangoJSONEncoder().default(value)
                for name, value in values.items()
            }
    _take_out(act, rows, "before")
    return len(rows)


def _take_out(act: Act, rows: list[RunChange], side: str) -> None:
    for group in reversed(_groups(rows, side)):
        named = [_by_key(row) for row in group]
        recording.remove_all(act, named, [row.row_version or 0 for row in group])


def _bring_back(act: Act, codes: Codes, rows: list[RunChange]) -> None:
    """Restore removed rows; their version increases, so that old forms are stale.

    Raises ObjectDoesNotExist if a row's home or unit no longer exists.
    """
    for group in _groups(rows, "before"):
        owners = codes.owners
        made = []
        for row in group:
            model = MAPPED[row.table].model
            fields = model._meta.concrete_fields
            given = {f.attname: f.to_python(row.held[f.attname]) for f in fields}
            new = model(**{**given, "version": row.held["version"] + 1})
            for name, found in owners.items():
                key = given.get(f"{name}_id")
                if key is not None:
                    if key not in found:
                        raise ObjectDoesNotExist
                    setattr(new, name, found[key])
            made.append(new)
        recording.add_all(act, made)
        codes.include(made)


def _by_key(row: RunChange) -> Model:
    """Return a row with only its key; the rest is read when it is locked."""
    return MAPPED[row.table].model(pk=row.row_id)
