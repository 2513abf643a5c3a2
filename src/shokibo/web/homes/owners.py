"""The owner of a new row: a home, a unit, or a person's posting."""

from typing import Any

from django.db.models import Model

from shokibo.web.register.models import Home, Posting, Unit
from shokibo.web.store.mapping import Mapped

_OWNERS: dict[str, type[Model]] = {"home_id": Home, "unit_id": Unit, "staff_id": Posting}


def owners_of(mapped: Mapped) -> dict[str, type[Model]]:
    """Return the columns that refer to a row's owner, each with the owner's model."""
    return {
        column: _OWNERS[column]
        for column in mapped.belongs
        if column in _OWNERS and (column,) != mapped.table.key
    }


def place(row: Any, column: str, owner: Any) -> None:
    """Assign a new row to its owner; leave belongs to a posting's person and home."""
    if isinstance(owner, Posting):
        row.home, row.code = owner.home, owner.code
    else:
        setattr(row, column.removesuffix("_id"), owner)
