"""The staff of a synthetic nation: one row a posting.

Every unit has lasting full-timers, and others who come and go: part-timers, people who move on
to another posting, and a few who have two postings at once.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks.dice import (
    NEVER,
    Bools,
    Days,
    Dice,
    Ints,
    april_first,
    days_later,
    ids,
    named,
    place_in_group,
    where,
)
from benchmarks.nation_register import FULL_TIME_SECONDS, Homes, Size, Units

PART_TIME_SECONDS = {hours * 3600: 1.0 for hours in (10, 15, 16, 20, 24, 25, 28, 30)}
PART_TIME_SECONDS[45_900] = 1.0  # 12.75 hours
LASTING = {3: 0.25, 4: 0.3, 5: 0.25, 6: 0.2}
"""Lasting full-timers of a unit in scope, with their shares; other units have two."""
ROLES = ("care", "backup", "support")
CARE, BACKUP, SUPPORT = range(3)
JOBS = ("child_instructor", "childcare_worker", "other")


@dataclass(frozen=True)
class _Rows:
    """Postings in columns; unit -1 is the main building."""

    person: Ints
    home: Ints
    unit: Ints
    full_time: Bools
    hours: Ints
    full_hours: Ints
    role: Ints
    qualified: Bools
    dedicated: Bools
    started: Days
    ended: Days


def draw_lasting(dice: Dice, units: Units) -> Ints:
    """Draw how many lasting full-timers each unit has."""
    count = len(units.home)
    return np.where(units.in_scope, dice.numbers(LASTING, count), 2)


def staff(dice: Dice, size: Size, homes: Homes, units: Units, lasting: Ints) -> pl.DataFrame:
    """Return the table of staff. Raises ValueError if the postings are too few for the units."""
    at_main = _main_building(dice, homes)
    others = size.postings - int(lasting.sum()) - len(at_main.home)
    if others < 0:
        raise ValueError(f"{size.postings} postings are too few for {size.units} units")
    spread = np.bincount(dice.between(0, size.units - 1, others), minlength=size.units)
    in_units = _in_units(dice, size, homes, units, lasting, spread)
    return _frame(dice, in_units).vstack(_frame(dice, at_main))


def absences(dice: Dice, staff: pl.DataFrame, first_year: int, years: int) -> pl.DataFrame:
    """Return half a year of leave of some of the staff."""
    people = staff.filter(pl.Series(dice.chance(0.03, staff.height)))["staff_id"].unique(
        maintain_order=True
    )
    started = april_first(dice.between(first_year, first_year + years - 1, len(people)))
    started = days_later(started, dice.between(0, 364, len(people)))
    return pl.DataFrame(
        {
            "staff_id": people,
            "started_on": started,
            "ended_on": days_later(started, np.full(len(people), 180)),
            "kind": dice.codes({"maternity": 0.3, "childcare": 0.5, "sick": 0.2}, len(people)),
            "counted": where(dice.chance(0.7, len(people)), dice.chance(0.2, len(people))),
        }
    )


def _in_units(
    dice: Dice, size: Size, homes: Homes, units: Units, lasting: Ints, spread: Ints
) -> _Rows:
    unit = np.repeat(np.arange(size.units), lasting + spread)
    stays = place_in_group(unit) < lasting[unit]
    count = len(unit)
    full_time = stays | ~dice.chance(0.6, count)
    whole = homes.full_time[units.home[unit]]
    part = dice.numbers(PART_TIME_SECONDS, count)
    hours = np.where(full_time, whole, part)
    moved = ~full_time & dice.chance(0.02, count)
    full_hours = np.where(moved, dice.numbers(FULL_TIME_SECONDS, count), whole)
    started, ended = _days(dice, size, units, unit, stays)
    firm = stays & units.in_scope[unit]
    rows = _Rows(
        np.arange(count),
        units.home[unit],
        unit,
        full_time,
        hours,
        full_hours,
        np.where(stays | ~dice.chance(0.06, count), CARE, SUPPORT),
        firm | dice.chance(0.9, count),
        firm | dice.chance(0.7, count),
        started,
        ended,
    )
    return _with_movers(dice, _with_pairs(dice, units, lasting, spread, rows, whole), stays)


def _days(dice: Dice, size: Size, units: Units, unit: Ints, stays: Bools) -> tuple[Days, Days]:
    """Draw the days of postings, all within the days of their units."""
    count = len(unit)
    opened, closed = units.opened[unit], units.closed[unit]
    early = april_first(dice.between(size.first_year - 15, size.first_year, count))
    span = 365 * (size.years + 3)
    begin = april_first(np.full(count, size.first_year - 3))
    late = days_later(begin, dice.between(0, span, count))
    started = np.maximum(np.where(stays, early, late), opened)
    started = np.where(started > closed, opened, started)
    leaves = ~stays & dice.chance(0.35, count)
    ended = np.where(leaves, days_later(started, dice.between(120, 1500, count)), NEVER)
    return started, np.fmin(ended, closed)


def _with_pairs(
    dice: Dice, units: Units, lasting: Ints, spread: Ints, rows: _Rows, whole: Ints
) -> _Rows:
    """Split a few people's full-time hours between two neighbouring units of a home."""
    last = np.cumsum(lasting + spread) - 1
    one, two = np.arange(0, len(last) - 1, 2), np.arange(1, len(last), 2)
    both = (spread[one] > 0) & (spread[two] > 0) & (units.home[one] == units.home[two])
    chosen = both & dice.chance(0.03, len(one))
    first, second = last[one[chosen]], last[two[chosen]]
    rows.person[second] = rows.person[first]
    for row in (first, second):
        rows.full_time[row] = False
        rows.dedicated[row] = False
        rows.full_hours[row] = whole[row]
        rows.hours[row] = _half(whole[row])
    return rows


def _half(whole: Ints) -> Ints:
    """Half of full-time hours, down to a quarter of an hour."""
    return whole // 2 // 900 * 900


def _with_movers(dice: Dice, rows: _Rows, stays: Bools) -> _Rows:
    """Continue some ended postings in the unit's next posting, if that starts later."""
    alone = np.bincount(rows.person, minlength=len(rows.person))[rows.person] == 1
    free = alone & ~stays
    follows = free[:-1] & free[1:] & (rows.unit[:-1] == rows.unit[1:])
    follows &= (rows.ended[:-1] < rows.started[1:]) & dice.chance(0.5, len(follows))
    later = np.flatnonzero(follows) + 1
    rows.person[later] = rows.person[later - 1]
    return rows


def _main_building(dice: Dice, homes: Homes) -> _Rows:
    """Draw backup workers, one full-timer or two half-timers, and some support."""
    halves = dice.chance(0.3, len(homes.backup))
    backup = np.repeat(np.flatnonzero(homes.backup), np.where(halves, 2, 1)[homes.backup])
    support = np.flatnonzero(dice.chance(0.3, len(homes.backup)))
    home = np.concatenate([backup, support])
    count = len(home)
    is_backup = np.arange(count) < len(backup)
    whole = homes.full_time[home]
    full_time = ~(is_backup & halves[home])
    return _Rows(
        1_000_000_000 + np.arange(count),
        home,
        np.full(count, -1),
        full_time,
        np.where(full_time, whole, _half(whole)),
        whole,
        np.where(is_backup, BACKUP, SUPPORT),
        np.ones(count, np.bool_),
        np.zeros(count, np.bool_),
        np.maximum(april_first(dice.between(1990, 2010, count)), homes.opened[home]),
        np.full(count, NEVER),
    )


def _frame(dice: Dice, rows: _Rows) -> pl.DataFrame:
    """Write postings as a table; a full-timer's hours are blank more often than not."""
    count = len(rows.home)
    with_hours = ~rows.full_time | dice.chance(0.3, count)
    job = np.where(rows.qualified, dice.chance(0.45, count), JOBS.index("other"))
    return pl.DataFrame(
        {
            "staff_id": ids("S", rows.person),
            "home_id": ids("H", rows.home),
            "unit_id": ids("U", rows.unit).zip_with(
                pl.Series(rows.unit >= 0), pl.Series([None], dtype=pl.String)
            ),
            "job": named(JOBS, job),
            "employment": named(("part_time", "full_time"), rows.full_time),
            "weekly_hours": where(with_hours, rows.hours),
            "full_time_weekly_hours": where(with_hours, rows.full_hours),
            "role": named(ROLES, rows.role),
            "dedicated": rows.dedicated,
            "main_rota": ~rows.dedicated & dice.chance(0.5, count),
            "started_on": rows.started,
            "ended_on": rows.ended,
        }
    )
