"""What is asked of a proposal: the years, and the limits that it must keep."""

from typing import Literal

import msgspec

LimitName = Literal[
    "openings_per_year",
    "budget",
    "new_staff_per_year",
    "shortage",
    "residents",
    "keep_main",
    "group_limit",
    "main_limit",
    "pin",
]
"""The limits by name; all but `residents` are options of `propose`."""
OpenKind = Literal["community_home", "branch_group_care"]
ActionKind = Literal["change_capacity", "open", "close"]


class Pin(msgspec.Struct, frozen=True, kw_only=True):
    """A required action: `count` homes of `capacity` opened, or a unit changed or closed."""

    home_id: str
    fiscal_year: int
    action: ActionKind
    unit_id: str | None = None
    count: int = 1
    capacity: int | None = None


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What the proposal may do.

    from_year, to_year: the fiscal years in which it acts; None: the year after the baseline's, the
        plan's last year.
    openings_per_year: group homes opened in a year, over all homes.
    budget: yen of net cost a year, as in `budget`; None: no limit.
    new_staff_per_year: increase of the staff needed since the year before; None: no limit.
    shortage: whether there may be fewer places than are needed.
    keep_main: the least number of places that each home with main units keeps in its main building.
    group_limit, main_limit: whether at the end of the plan's goal year no group home may have more
        than five places, no main unit more than six.
    keep_actions: take the ledger's own actions as given, and only add.
    """

    from_year: int | None = None
    to_year: int | None = None
    openings_per_year: int = 2
    budget: int | None = None
    new_staff_per_year: int | None = None
    shortage: Literal["forbid", "allow"] = "allow"
    open_kind: OpenKind = "community_home"
    keep_main: int = 0
    group_limit: bool = True
    main_limit: bool = True
    keep_actions: bool = False
    pins: tuple[Pin, ...] = ()
