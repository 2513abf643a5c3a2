"""P1: where the homes stand on a day: units by capacity, places, children."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from shokibo.law import register
from shokibo.ledger.model import Ledger
from shokibo.rounding import percent

MAIN, GROUP = "main", "group"
GROUP_HOMES = ("community_home", "branch_group_care", "other_group_home")


@dataclass(frozen=True)
class UnitsOfSize:
    """So many units with so many places each; None where the capacity is not known."""

    capacity: int | None
    units: int


Sizes = dict[tuple[object, str], list[UnitsOfSize]]
"""Units by size, largest first: of whom, and in which part of the home."""


@dataclass(frozen=True)
class Places:
    """Units by capacity, largest first, and places, in the main building and in group homes.

    A unit whose capacity is not known counts as a unit and adds no place.
    """

    main_units: tuple[UnitsOfSize, ...]
    main_capacity: int
    group_homes: tuple[UnitsOfSize, ...]
    group_home_capacity: int

    @property
    def total(self) -> int:
        """All places."""
        return self.main_capacity + self.group_home_capacity

    @property
    def unknown(self) -> int:
        """Units whose capacity is not known, which the places leave out."""
        sizes = (*self.main_units, *self.group_homes)
        return sum(size.units for size in sizes if size.capacity is None)


@dataclass(frozen=True)
class Status:
    """The state of homes on a day: (home_id, name, places) for each, all together, children."""

    as_of: dt.date
    homes: tuple[tuple[str, str, Places], ...]
    all: Places
    occupancy: pl.DataFrame


def status_on(ledger: Ledger, as_of: dt.date) -> Status:
    """Tell the state of every home open on a day.

    `occupancy` holds for each population the rows of its latest day not after `as_of`.
    """
    today = register.open_on(pl.lit(as_of))
    homes = register.homes(ledger).filter(today).collect()
    open_units = register.units(ledger).filter(today).with_columns(as_of=pl.lit(as_of)).collect()
    units = register.with_capacity(open_units, ledger["capacities"]).collect()
    by_home = _by_size(units, "home_id")
    return Status(
        as_of,
        tuple(
            (home_id, name, _places(by_home, home_id))
            for home_id, name in homes.select("home_id", "name").iter_rows()
        ),
        _places(_by_size(units, "as_of"), as_of),
        _occupancy(ledger, as_of),
    )


def _by_size(units: pl.DataFrame, of: str) -> Sizes:
    """Count units by capacity, apart for each value of a column."""
    main, group = pl.col("kind") == "main_unit", pl.col("kind").is_in(GROUP_HOMES)
    part = pl.when(main).then(pl.lit(MAIN)).when(group).then(pl.lit(GROUP))
    counted = units.lazy().group_by(of, part.alias("part"), "capacity").len()
    ordered = counted.sort("capacity", descending=True, nulls_last=True).collect()
    sizes: Sizes = {}
    for key, name, capacity, count in ordered.iter_rows():
        sizes.setdefault((key, name), []).append(UnitsOfSize(capacity, count))
    return sizes


def _places(sizes: Sizes, of: object) -> Places:
    main, group = (sizes.get((of, part), []) for part in (MAIN, GROUP))
    return Places(tuple(main), _added_up(main), tuple(group), _added_up(group))


def _added_up(sizes: Iterable[UnitsOfSize]) -> int:
    return sum((size.capacity or 0) * size.units for size in sizes)


def _occupancy(ledger: Ledger, as_of: dt.date) -> pl.DataFrame:
    rows = ledger["occupancy"].filter(pl.col("as_of") <= as_of)
    key = ["authority_code", "population"]
    return rows.filter(pl.col("as_of") == pl.col("as_of").max().over(key))


def as_json(status: Status) -> dict[str, object]:
    """Give a status as the command line prints it."""
    return {
        "as_of": status.as_of.isoformat(),
        "homes": [
            {"home_id": home_id, "name": name, **_places_json(places)}
            for home_id, name, places in status.homes
        ],
        "all": _places_json(status.all),
        "occupancy": [
            {
                "population": row["population"],
                "as_of": row["as_of"].isoformat(),
                "home_id": row["home_id"],
                "place": row["place"],
                "children": row["children"],
                "individual_care": row["individual_care"],
                "share_percent": share_of(row["individual_care"], row["children"]),
            }
            for row in status.occupancy.iter_rows(named=True)
        ],
    }


def share_of(part: int | None, whole: int) -> str | None:
    """Print the share of children in need of individual care; None where it is not known."""
    return None if part is None else percent(part, whole)


def _places_json(places: Places) -> dict[str, object]:
    return {
        "main_units": [_size_json(size) for size in places.main_units],
        "main_capacity": places.main_capacity,
        "group_homes": [_size_json(size) for size in places.group_homes],
        "group_home_capacity": places.group_home_capacity,
        "total": places.total,
    }


def _size_json(size: UnitsOfSize) -> dict[str, int | None]:
    return {"capacity": size.capacity, "units": size.units}
