"""P10: plan against actual at a year's end, action by action, from the register's later rows."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl

from shokibo import calendar
from shokibo.law import register
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.planning.events import place
from shokibo.planning.initiatives import Initiative, acts, done, sentence
from shokibo.planning.plan import Plan
from shokibo.planning.projection import BANDS, PARTS, sizes, year_ends
from shokibo.planning.spans import years_of
from shokibo.texts import Language, Text

Result = Literal["done", "late", "different", "scheduled", "not_done", "not_planned"]
RESULTS: dict[Result, Text] = {
    "done": Text("計画どおり", "done"),
    "late": Text("遅れて実施", "late"),
    "different": Text("計画と異なる", "different"),
    "scheduled": Text("予定", "scheduled"),
    "not_done": Text("未実施", "not done"),
    "not_planned": Text("計画になし", "not planned"),
}


@dataclass(frozen=True)
class Reviewed:
    """One planned action, or one change that was not planned, and what came of it.

    `before` and `planned` are places of each, as the plan has them; `actual` those on the day that
    is looked at, None where the unit is not open or its capacity is not known. `unit_id` is None
    where the plan names no unit and none was opened for it.
    """

    home_id: str
    fiscal_year: int
    action: str
    place: Literal["main", "group_home"]
    unit_id: str | None
    count: int
    before: int | None
    planned: int | None
    actual: int | None
    result: Result
    new_function: str | None = None


@dataclass(frozen=True)
class Review:
    """A year's review: the actions planned up to it, what was not planned, the year-end rows.

    `as_of` is the year's last day, or the day before it to which the register was looked at.
    `planned` and `actual` hold a row a home with the columns of `projection.year_ends`.
    """

    fiscal_year: int
    as_of: dt.date
    actions: tuple[Reviewed, ...]
    planned: pl.DataFrame
    actual: pl.DataFrame


class _Register:
    """What the register tells of the days after the baseline."""

    def __init__(self, ledger: Ledger, baseline: dt.date, year: int, as_of: dt.date) -> None:
        self.year = year
        self.last = _last_day(year, as_of)
        self.at_baseline = _sizes_on(ledger, baseline)
        first = min(calendar.fiscal_year_of(baseline), year)
        days = {y: _last_day(y, as_of) for y in range(first, year + 1)}
        self.ends = {y: _sizes_on(ledger, day) for y, day in days.items()}
        self.units = {
            row["unit_id"]: row
            for row in register.units(ledger).with_columns(place()).collect().iter_rows(named=True)
        }
        opened = [row for row in self.units.values() if baseline < row["opened_on"] <= self.last]
        self.free = sorted(opened, key=lambda row: (row["opened_on"], row["unit_row"]))

    @property
    def now(self) -> dict[str, int | None]:
        """Units open on the last day that is looked at, with their capacities."""
        return self.ends[self.year]

    def is_over(self, year: int) -> bool:
        """Whether a fiscal year has ended by the last day that is looked at."""
        return calendar.fiscal_year_end(year) <= self.last

    def match(self, openings: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
        """Give by `_row` the units opened for each action: all by id, then by size, by place."""
        found: dict[int, list[dict[str, Any]]] = {action[ROW]: [] for action in openings}
        for fits in (self._is_named, self._has_planned_size, self._is_at_place):
            for action in openings:
                taken = found[action[ROW]]
                fitting = [row for row in self.free if fits(action, row)]
                for row in fitting[: action["count"] - len(taken)]:
                    self.free.remove(row)
                    taken.append(row)
        return found

    def _is_named(self, action: dict[str, Any], row: dict[str, Any]) -> bool:
        return bool(row["unit_id"] == action["unit"])

    def _is_at_place(self, action: dict[str, Any], row: dict[str, Any]) -> bool:
        return (row["home_id"], row["place"]) == (action["home_id"], action["place"])

    def _has_planned_size(self, action: dict[str, Any], row: dict[str, Any]) -> bool:
        opened = self.ends[calendar.fiscal_year_of(row["opened_on"])]
        return self._is_at_place(action, row) and opened.get(row["unit_id"]) == action["after"]


def _last_day(year: int, as_of: dt.date) -> dt.date:
    return min(calendar.fiscal_year_end(year), as_of)


def _sizes_on(ledger: Ledger, day: dt.date) -> dict[str, int | None]:
    """Give the capacity of every unit that is open on a day."""
    known = _units_on(ledger, day)
    return dict(known.select("unit_id", "capacity").iter_rows())


def _units_on(ledger: Ledger, day: dt.date) -> pl.DataFrame:
    open_units = register.units(ledger).filter(register.open_on(pl.lit(day)))
    cases = open_units.with_columns(as_of=pl.lit(day)).collect()
    return register.with_capacity(cases, ledger["capacities"]).collect()


def review(ledger: Ledger, law: Law, plan: Plan, year: int, as_of: dt.date) -> Review:
    """Hold the plan against the register as of 31 March of a fiscal year.

    Of a year that is not over on `as_of`, against the register of that day: what is not done yet
    is scheduled.
    """
    actual = _Register(ledger, plan.baseline, year, as_of)
    actions = list(_planned(plan, year).iter_rows(named=True))
    opened = actual.match([action for action in actions if action["action"] == "open"])
    named = {
        action["unit"]: opened[action[ROW]][0]["unit_id"]
        for action in actions
        if opened.get(action[ROW])
    }
    found: list[Reviewed] = []
    for action in actions:
        if action["action"] == "open":
            units = opened[action[ROW]]
            found.extend(_opening(action, row, actual) for row in units)
            missing = action["count"] - len(units)
            if missing:
                due = _reviewed(action, None, None, _open_result(action, actual))
                found.append(replace(due, count=missing))
        else:
            found.append(_change(action, named.get(action["unit"], action["unit"]), actual))
    planned = {one.unit_id for one in found if one.unit_id is not None}
    found.extend(_not_planned(planned, actual, plan))
    return Review(
        year,
        actual.last,
        tuple(found),
        plan.ends.filter(pl.col("fiscal_year") == year),
        actual_ends(ledger, law, plan, year, as_of),
    )


def _planned(plan: Plan, year: int) -> pl.DataFrame:
    """Give the effective actions since the baseline's year up to a year, in order."""
    first = calendar.fiscal_year_of(plan.baseline)
    years = years_of(plan.spans.with_columns(from_year=first - 1, to_year=year))
    return (
        done(acts(plan.events, sizes(plan.events, years)))
        .filter(pl.col("fiscal_year").is_between(first, year))
        .sort("fiscal_year", ROW)
    )


def _open_result(action: dict[str, Any], actual: _Register) -> Result:
    """Say of an action that was not carried out whether it is due by the end of its year."""
    return "not_done" if actual.is_over(action["fiscal_year"]) else "scheduled"


def _change(action: dict[str, Any], unit: str, actual: _Register) -> Reviewed:
    planned = action["after"]
    closing = planned is None

    def holds(year: int) -> bool:
        sizes = actual.ends[year]
        return unit not in sizes if closing else unit in sizes and sizes[unit] == planned

    result = _open_result(action, actual)
    if holds(action["fiscal_year"]):
        result = "done"
    elif holds(actual.year):
        result = "late"
    elif not closing and actual.now.get(unit) != action["before"]:
        result = "different"
    return _reviewed(action, unit, actual.now.get(unit), result)


def _opening(action: dict[str, Any], row: dict[str, Any], actual: _Register) -> Reviewed:
    unit = row["unit_id"]
    result: Result = "done"
    if row["opened_on"] > calendar.fiscal_year_end(action["fiscal_year"]):
        result = "late"
    elif actual.ends[action["fiscal_year"]].get(unit) != action["after"]:
        result = "different"
    return _reviewed(action, unit, actual.now.get(unit), result)


def _reviewed(
    action: dict[str, Any], unit: str | None, actual: int | None, result: Result
) -> Reviewed:
    return Reviewed(
        action["home_id"],
        action["fiscal_year"],
        action["action"],
        action["place"],
        unit,
        1,
        action["before"],
        action["after"],
        actual,
        result,
        action["new_function"],
    )


def _not_planned(planned: set[str], actual: _Register, plan: Plan) -> Iterator[Reviewed]:
    """Find what the register shows and no action up to the year says, in the plan's homes."""
    homes = set(plan.names)
    for row in actual.free:
        if row["home_id"] in homes:
            yield _unplanned("open", row, None, actual)
    for unit, before in actual.at_baseline.items():
        row = actual.units[unit]
        if unit in planned or row["home_id"] not in homes:
            continue
        if unit not in actual.now:
            yield _unplanned("close", row, before, actual)
        elif actual.now[unit] != before:
            yield _unplanned("change_capacity", row, before, actual)


def _unplanned(action: str, row: dict[str, Any], before: int | None, actual: _Register) -> Reviewed:
    unit = row["unit_id"]
    return Reviewed(
        row["home_id"],
        actual.year,
        action,
        row["place"],
        unit,
        1,
        before,
        None,
        actual.now.get(unit),
        "not_planned",
    )


def actual_ends(ledger: Ledger, law: Law, plan: Plan, year: int, as_of: dt.date) -> pl.DataFrame:
    """Add up by home what the register shows at a year's end, as `projection.year_ends` does.

    Of a year that is not over on `as_of`, what it shows on that day.
    """
    day = _last_day(year, as_of)
    units = _units_on(ledger, day).with_columns(
        place(), count=pl.lit(1, pl.Int64), fiscal_year=pl.lit(year, pl.Int64)
    )
    years = plan.spans.select("authority_code", fiscal_year=pl.lit(year, pl.Int64))
    return year_ends(units, plan.homes, years, law.integer("main_unit_most", day) or 0)


def as_json(found: Review, language: Language) -> dict[str, object]:
    """Give a review as the command line prints it."""
    return {
        "fiscal_year": found.fiscal_year,
        "as_of": found.as_of.isoformat(),
        "actions": [
            {
                "home_id": one.home_id,
                "fiscal_year": one.fiscal_year,
                "action": one.action,
                "place": one.place,
                "unit_id": one.unit_id,
                "count": one.count,
                "from": one.before,
                "to": one.planned,
                "actual": one.actual,
                "result": one.result,
                "text": told(one, language),
            }
            for one in found.actions
        ],
        "homes": [
            {
                "home_id": planned["home_id"],
                "planned": _ends_json(planned),
                "actual": _ends_json(actual),
            }
            for planned, actual in zip(
                found.planned.iter_rows(named=True),
                found.actual.iter_rows(named=True),
                strict=True,
            )
        ],
    }


def told(one: Reviewed, language: Language) -> str:
    """Tell a reviewed action in a sentence: as planned, or as it happened where it was not."""
    after = one.actual if one.result == "not_planned" else one.planned
    return sentence(
        Initiative(one.action, one.place, one.count, one.before, after, one.new_function), language
    )


def _ends_json(row: dict[str, Any]) -> dict[str, object]:
    return {
        name: {
            **{band: row[f"{part}_{band}"] for band in BANDS},
            "count": row[f"{part}_count"],
            "capacity": row[f"{part}_capacity"],
        }
        for name, part in zip(("main", "group_homes"), PARTS, strict=True)
    }
