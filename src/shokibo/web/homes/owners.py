"""What a new row belongs to: a home, a unit, or the posting of a person."""

from typing import Any

from django.db.models import Model

from shokibo.web.register.models import Home, Posting, Unit
from shokibo.web.store.mapping import Mapped

_OWNERS: dict[str, type[Model]] = {"home_id": Home, "unit_id": Unit, "staff_id": Posting}


def owners_of(mapped: Mapped) -> dict[str, type[Model]]:
    """Return the columns that name what a row belongs to, each with the model of that."""
    return {
        column: _OWNERS[column]
        for column in mapped.belongs
        if column in _OWNERS and (column,) != mapped.table.key
    }


def place(row: Any, column: str, owner: Any) -> None:
    """Let a new row belong to its owner; leave is of the person and the home of a posting."""
    if isinstance(owner, Posting):
        row.home, row.code = owner.home, owner.code
    else:
        setattr(row, column.removesuffix("_id"), owner)
