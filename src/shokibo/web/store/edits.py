"""A ledger with edits of rows applied, without writing any."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import polars as pl
from django.db.models import Model

from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.web.store.mapping import BY_LABEL, MAPPED, Mapped

Edit = tuple[Model | None, Model | None]
"""A row before (None if added) and after (None if removed)."""
_NEW = 2**32 - 1
"""The `_row` of the first added row; the next ones count down."""
_NAMED_BY_OTHERS = ("homes", "units")


def edited(ledger: Ledger, edits: Sequence[Edit]) -> Ledger:
    """Return a ledger with edits applied.

    A home or unit keeps its id, by which other rows name it.
    """
    of_tables: dict[str, list[Edit]] = {}
    for edit in edits:
        row = edit[0] or edit[1]
        if row is not None:
            of_tables.setdefault(BY_LABEL[row._meta.label].table.name, []).append(edit)
    tables, new = dict(ledger.tables), count(_NEW, -1)
    for name, of_table in of_tables.items():
        gone = [before.pk for before, _after in of_table if before is not None]
        rows = [
            (*_values(MAPPED[name], before, after), after.pk or next(new))
            for before, after in of_table
            if after is not None
        ]
        frame = tables[name]
        tables[name] = pl.concat(
            [
                frame.filter(~pl.col(ROW).is_in(gone)),
                pl.DataFrame(rows, schema=frame.schema, orient="row"),
            ]
        ).sort(ROW)
    return replace(ledger, tables=tables)


def _values(mapped: Mapped, before: Model | None, after: Model) -> list[Any]:
    id_of = before if before is not None and mapped.table.name in _NAMED_BY_OTHERS else after
    return [_value(id_of if path == "code" else after, path) for path in mapped.paths.values()]


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name) if row is not None else None
    return row
