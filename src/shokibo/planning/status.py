"""P1: the homes on a day: units by capacity, places, children."""

import datetime as dt
from typing import Annotated

import polars as pl
from msgspec.structs import astuple

from shokibo.answers import Answer, Percent, about
from shokibo.law import register
from shokibo.ledger.model import Ledger
from shokibo.rounding import percent

MAIN, GROUP = "main", "group"
GROUP_HOMES = ("community_home", "branch_group_care", "other_group_home")


class UnitsOfSize(Answer, frozen=True):
    """A number of units with the same number of places each."""

    title = "定員ごとの数"
    capacity: Annotated[int | None, about("1か所の定員。不明は null")]
    units: int


Sizes = Annotated[list[UnitsOfSize], about("1か所の定員ごと", "largest first")]


class _Parts:
    __slots__ = ()
    main_units: list[UnitsOfSize]
    group_homes: list[UnitsOfSize]

    @property
    def unknown(self) -> int:
        """Units whose capacity is not known: they add no place."""
        sizes = (*self.main_units, *self.group_homes)
        return sum(size.units for size in sizes if size.capacity is None)


class Places(_Parts, Answer, frozen=True):
    """Units by capacity, and places, of all homes together."""

    title = "全施設の定員"
    main_units: Sizes
    main_capacity: int
    group_homes: Sizes
    group_home_capacity: int
    total: Annotated[int, about("総定員")]


class PlacesOfHome(_Parts, Answer, frozen=True):
    """Units and places of one home."""

    title = "施設の定員"
    home_id: str
    name: str
    main_units: Sizes
    main_capacity: int
    group_homes: Sizes
    group_home_capacity: int
    total: Annotated[int, about("総定員")]


class Occupancy(Answer, frozen=True):
    """Children on the latest known day of their population."""

    title = "入所の状況"
    population: Annotated[str, about("対象", "`residents` or `placed`; never added together")]
    as_of: dt.date
    home_id: Annotated[str | None, about("施設。分けていなければ null")]
    place: Annotated[str, about("区分", "`all`, `main`, `group_home` or `infant_home`")]
    children: Annotated[int, about("入所児童数")]
    individual_care: Annotated[int | None, about("個別的ケアが必要な児童")]
    share_percent: Annotated[Percent, about("その割合(%)")]


class Status(Answer, frozen=True):
    """The state of the homes open on a day, and the children on each population's latest day."""

    title = "定員と入所の状況"
    as_of: dt.date
    homes: list[PlacesOfHome]
    all: Annotated[Places, about("すべての施設")]
    occupancy: list[Occupancy]


_BySize = dict[tuple[object, str], list[UnitsOfSize]]


def status_on(ledger: Ledger, as_of: dt.date) -> Status:
    """Return the state of every home open on a day."""
    today = register.open_on(pl.lit(as_of))
    homes = register.homes(ledger).filter(today).collect()
    open_units = register.units(ledger).filter(today).with_columns(as_of=pl.lit(as_of)).collect()
    units = register.with_capacity(open_units, ledger["capacities"]).collect()
    by_home = _by_size(units, "home_id")
    latest = pl.col("as_of") == pl.col("as_of").max().over("authority_code", "population")
    counted = ledger["occupancy"].filter(pl.col("as_of") <= as_of).filter(latest)
    occupancy = []
    for row in counted.select(Occupancy.__struct_fields__[:-1]).iter_rows(named=True):
        care = row["individual_care"]
        share = None if care is None else percent(care, row["children"])
        occupancy.append(Occupancy(**row, share_percent=share))
    return Status(
        as_of,
        [
            PlacesOfHome(home_id, name, *astuple(_places(by_home, home_id)))
            for home_id, name in homes.select("home_id", "name").iter_rows()
        ],
        _places(_by_size(units, "as_of"), as_of),
        occupancy,
    )


def _by_size(units: pl.DataFrame, of: str) -> _BySize:
    """Count units by capacity, largest first, for each value of a column, by part of the home."""
    main, group = pl.col("kind") == "main_unit", pl.col("kind").is_in(GROUP_HOMES)
    part = pl.when(main).then(pl.lit(MAIN)).when(group).then(pl.lit(GROUP))
    counted = units.lazy().group_by(of, part.alias("part"), "capacity").len()
    ordered = counted.sort("capacity", descending=True, nulls_last=True).collect()
    sizes: _BySize = {}
    for key, name, capacity, count in ordered.iter_rows():
        sizes.setdefault((key, name), []).append(UnitsOfSize(capacity, count))
    return sizes


def _places(sizes: _BySize, of: object) -> Places:
    main, group = (sizes.get((of, part), []) for part in (MAIN, GROUP))
    in_main, in_group = (
        sum((size.capacity or 0) * size.units for size in part) for part in (main, group)
    )
    return Places(main, in_main, group, in_group, in_main + in_group)
