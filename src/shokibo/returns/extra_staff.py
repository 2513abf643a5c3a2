"""The extra staff in a form's list: the staff beyond the base."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shokibo.law.parameters import Law


@dataclass(frozen=True)
class ExtraStaff:
    """Extra staff of the certified units of one or many forms.

    `unknown` counts the units whose staff or capacity is not on the form.
    """

    staff: int = 0
    unknown: int = 0

    def __add__(self, other: "ExtraStaff") -> "ExtraStaff":
        return ExtraStaff(self.staff + other.staff, self.unknown + other.unknown)


def extra_staff(rows: Iterable[Mapping[str, Any]], law: Law, day: dt.date) -> ExtraStaff:
    """Add up the extra staff of the certified rows of a form's list.

    A unit has min(most for its capacity, whole staff - base), never below 0; the base is 未確認.
    """
    most, base = law.table("max_extra", day), law.integer("base_staff", day) or 0
    staff = unknown = 0
    for row in rows:
        if not row["dispersal"]:
            continue
        if row["staff"] is None or row["capacity"] is None:
            unknown += 1
        else:
            spare = int(Decimal(row["staff"])) - base
            staff += max(0, min(most.get(row["capacity"], 0), spare))
    return ExtraStaff(staff, unknown)
