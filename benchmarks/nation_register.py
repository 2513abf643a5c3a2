"""The register of a synthetic nation: authorities, homes, units and their capacities."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks.dice import (
    NEVER,
    Bools,
    Days,
    Dice,
    Ints,
    Texts,
    april_first,
    ids,
    march_last,
    place_in_group,
)

AUTHORITY_SHARES = {"prefecture": 0.59, "designated_city": 0.25, "center_city": 0.16}
AUTHORITY_NAMES = {"prefecture": "架空県", "designated_city": "架空市", "center_city": "架空区"}
KINDS = {
    "main_unit": 0.55,
    "community_home": 0.18,
    "branch_group_care": 0.22,
    "other_group_home": 0.05,
}
FULL_TIME_SECONDS = {144_000: 0.6, 139_500: 0.3, 135_000: 0.1}
"""40, 38.75 and 37.5 hours a week."""
FLOWERS = (
    "さくら",
    "すみれ",
    "つばき",
    "かえで",
    "けやき",
    "もみじ",
    "あやめ",
    "ゆり",
    "きく",
    "ふじ",
)


@dataclass(frozen=True)
class Size:
    """How large a nation is, and which fiscal years it covers."""

    authorities: int
    homes: int
    units: int
    postings: int
    first_year: int
    years: int

    @property
    def last_year(self) -> int:
        """The last fiscal year."""
        return self.first_year + self.years - 1


@dataclass(frozen=True)
class Homes:
    """Homes in columns: authority by its place, full-time hours, whether run with care."""

    authority: Ints
    opened: Days
    full_time: Ints
    careful: Bools
    backup: Bools


@dataclass(frozen=True)
class Units:
    """Units in columns: home by its place; `first` and `last` are capacities over time."""

    home: Ints
    kind: Texts
    in_scope: Bools
    opened: Days
    closed: Days
    first: Ints
    last: Ints
    changed: Days


def draw_homes(dice: Dice, size: Size) -> Homes:
    """Draw homes, all open since before the first year; a careful one confirms everything."""
    years = dice.between(1948, 1988, size.homes)
    return Homes(
        dice.owners(size.authorities, size.homes),
        april_first(years),
        dice.numbers(FULL_TIME_SECONDS, size.homes),
        dice.chance(0.8, size.homes),
        dice.chance(0.6, size.homes),
    )


def draw_units(dice: Dice, size: Size) -> Units:
    """Draw units; half of the group homes open, and some main units close, within the years."""
    count = size.units
    kind = dice.codes(KINDS, count)
    is_main = kind == "main_unit"
    opened = dice.between(1990, size.first_year, count)
    if size.years > 1:
        later = ~is_main & dice.chance(0.5, count)
        within = dice.between(size.first_year + 1, size.last_year, count)
        opened = np.where(later, within, opened)
    closing = is_main & dice.chance(0.03, count)
    closed = march_last(dice.between(size.first_year, size.last_year, count))
    settled = np.where(closing, size.last_year, opened)
    first, last, changed = _draw_capacities(dice, size, is_main, settled)
    return Units(
        dice.owners(size.homes, count),
        kind,
        np.isin(kind, ["community_home", "branch_group_care"]),
        april_first(opened),
        np.where(closing, closed, NEVER),
        first,
        last,
        changed,
    )


def _draw_capacities(
    dice: Dice, size: Size, is_main: Bools, settled: Ints
) -> tuple[Ints, Ints, Days]:
    """Draw the first and last capacity, and the day of the change: in a year after `settled`."""
    count = size.units
    main = dice.numbers({8: 0.3, 7: 0.1, 6: 0.5, 5: 0.1}, count)
    group = dice.numbers({6: 0.6, 5: 0.2, 4: 0.2}, count)
    first = np.where(is_main, main, group)
    year = dice.between(size.first_year, size.last_year, count)
    reduced = dice.chance(0.4, count) & (year > settled) & (year > size.first_year) & (first > 4)
    last = np.where(reduced, dice.between(4, np.maximum(first - 1, 4), count), first)
    return first, last, np.where(reduced, april_first(year), NEVER)


def authorities(size: Size) -> pl.DataFrame:
    """Return the table of authorities; their codes are valid and no real authority's."""
    shares = np.cumsum(list(AUTHORITY_SHARES.values())) * size.authorities
    places = np.searchsorted(shares, np.arange(size.authorities) + 0.5).clip(max=2)
    kinds = [list(AUTHORITY_SHARES)[place] for place in places]
    return pl.DataFrame(
        {
            "authority_code": [authority_code(number) for number in range(size.authorities)],
            "name": [f"{AUTHORITY_NAMES[kind]}{n:02d}" for n, kind in enumerate(kinds, start=1)],
            "kind": kinds,
            "reporting_officer": "架空 民生主管部(局)長",
        }
    )


def authority_code(number: int) -> str:
    """Return a code of the 90 thousands, where no prefecture is, with its check digit."""
    digits = f"{90001 + number:05d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(6, 1, -1), strict=True))
    return f"{digits}{(11 - total % 11) % 10}"


def codes_of(authority: Ints) -> list[str]:
    """Return the codes of authorities by their places."""
    codes = [authority_code(number) for number in range(int(authority.max()) + 1)]
    return [codes[place] for place in authority]


def homes(drawn: Homes) -> pl.DataFrame:
    """Return the table of homes."""
    number = np.arange(len(drawn.authority))
    return pl.DataFrame(
        {
            "home_id": ids("H", number),
            "name": ids("架空園", number),
            "operator": ids("社会福祉法人架空会", number // 2),
            "authority_code": codes_of(drawn.authority),
            "opened_on": drawn.opened,
        }
    )


def units(drawn: Units) -> pl.DataFrame:
    """Return the table of units; a name is unique within its home."""
    rounds, flower = np.divmod(place_in_group(drawn.home), len(FLOWERS))
    names = pl.DataFrame({"flower": np.array(FLOWERS)[flower], "round": rounds + 1}).select(
        pl.format("架空 {}{}", "flower", "round")
    )
    return pl.DataFrame(
        {
            "unit_id": ids("U", np.arange(len(drawn.home))),
            "home_id": ids("H", drawn.home),
            "name": names.to_series(),
            "kind": drawn.kind,
            "opened_on": drawn.opened,
            "closed_on": drawn.closed,
        }
    )


def capacities(drawn: Units) -> pl.DataFrame:
    """Return the table of capacities: one from a unit's first day, one more where it changed."""
    changed = np.flatnonzero(~np.isnat(drawn.changed))
    unit = np.concatenate([np.arange(len(drawn.home)), changed])
    frame = pl.DataFrame(
        {
            "unit_id": ids("U", unit),
            "effective_from": np.concatenate([drawn.opened, drawn.changed[changed]]),
            "capacity": np.concatenate([drawn.first, drawn.last[changed]]),
        }
    )
    return frame.sort("unit_id", "effective_from")
