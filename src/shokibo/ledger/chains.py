"""Chains of rows that refer to one another: a household's units, an add-on's applications."""

from collections.abc import Mapping

import polars as pl

from shokibo.ledger.model import Ledger


def circles(named: Mapping[str, str]) -> list[list[str]]:
    """Find ids that lead back to themselves, each circle once; `named` is what each refers to."""
    found: list[list[str]] = []
    seen: set[str] = set()
    for first in named:
        path: list[str] = []
        following: str | None = first
        while following is not None and following not in seen:
            seen.add(following)
            path.append(following)
            following = named.get(following)
        if following in path:
            found.append(path[path.index(following) :])
    return found


def households(ledger: Ledger) -> pl.DataFrame:
    """Return every unit's household, in the order of the units.

    Columns: unit_id; household, the id of the first unit of its chain; and place, its position in
    the chain from 0. A unit begins a chain of its own if it continues itself, is in a circle, or
    continues a unit of another authority or one that an earlier row already continues.
    """
    units = ledger["units"].join(
        ledger["homes"].select("home_id", "authority_code"), on="home_id", maintain_order="left"
    )
    authority = dict(units.select("unit_id", "authority_code").iter_rows())
    rows = units.drop_nulls("continues").select("unit_id", "continues").iter_rows()
    named = {
        unit: earlier
        for unit, earlier in rows
        if earlier in authority and authority[earlier] == authority[unit]
    }
    for circle in circles(named):
        for unit in circle:
            del named[unit]
    following: dict[str, str] = {}
    for unit, earlier in named.items():
        following.setdefault(earlier, unit)
    begins: dict[str, tuple[str, int]] = {}
    for unit in authority:
        if unit not in named or following[named[unit]] != unit:
            member: str | None = unit
            place = 0
            while member is not None:
                begins[member] = (unit, place)
                place, member = place + 1, following.get(member)
    return units.select(
        "unit_id",
        household=pl.Series([begins[unit][0] for unit in units["unit_id"]], dtype=pl.String),
        place=pl.Series([begins[unit][1] for unit in units["unit_id"]], dtype=pl.Int64),
    )
