"""P10: plan and actual compared at a year's end, by action, from the register's later rows."""

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec
import polars as pl

from shokibo import calendar
from shokibo.answers import Answer, about
from shokibo.law import register
from shokibo.law.parameters import Law
from shokibo.ledger.chains import households
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.planning.events import place
from shokibo.planning.initiatives import Initiative, acts, done, sentence
from shokibo.planning.outline import UnitPlaces, places
from shokibo.planning.plan import Plan
from shokibo.planning.projection import sizes, year_ends
from shokibo.planning.spans import years_of
from shokibo.planning.support.report import SupportTogether, support_together
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


class Reviewed(Answer, frozen=True):
    """One planned action, or one unplanned change, and its outcome."""

    title = "取組の計画と実績"
    home_id: str
    fiscal_year: Annotated[int, about("計画の年度", "the year it was planned for")]
    action: Annotated[str, about("種類", "`change_capacity`, `open`, `close` or `convert`")]
    place: Annotated[Literal["main", "group_home"], about("本体かグループホームか")]
    unit_id: Annotated[str | None, about("生活単位", "null: no unit is named, and none was opened")]
    count: Annotated[int, about("か所数")]
    before: Annotated[int | None, about("計画の前の定員", "places of each, as planned")] = (
        msgspec.field(name="from")
    )
    planned: Annotated[int | None, about("計画の後の定員")] = msgspec.field(name="to")
    actual: Annotated[int | None, about("実績の定員", "null: not open, or not known")]
    result: Annotated[
        Result,
        about(
            "done 計画どおり・late 遅れて実施・different 計画と異なる・"
            "scheduled 予定・not_done 未実施・not_planned 計画になし"
        ),
    ]
    text: Annotated[str, about("文章", "as planned; if not planned, as it happened")]


class YearEnd(Answer, frozen=True):
    """Units and places of a home at a year's end."""

    title = "年度末の数"
    main: Annotated[UnitPlaces, about("本体施設")]
    group_homes: Annotated[UnitPlaces, about("グループホーム")]


class ReviewedHome(Answer, frozen=True):
    """A home's year-end, planned and actual."""

    title = "施設の計画と実績"
    home_id: str
    planned: YearEnd
    actual: YearEnd


class Review(Answer, frozen=True):
    """A year's review: the actions planned up to it, what was not planned, the year-ends."""

    title = "計画と実績"
    fiscal_year: int
    as_of: Annotated[dt.date, about("実績の日。年度末、年度の途中ならその日")]
    actions: list[Reviewed]
    homes: list[ReviewedHome]
    support: Annotated[list[SupportTogether], about("支援の状況", "compared with the year before")]


class _Register:
    """The register of the days after the baseline.

    A unit that continues another in the same part of the same home (as another kind, or at another
    address) counts as the same unit.
    """

    def __init__(self, ledger: Ledger, baseline: dt.date, year: int, as_of: dt.date) -> None:
        self.year = year
        self.last = _last_day(year, as_of)
        units = register.units(ledger).with_columns(place()).collect()
        self.first_of = _first_units(ledger, units)
        self.at_baseline = self._sizes_on(ledger, baseline)
        first = min(calendar.fiscal_year_of(baseline), year)
        days = {y: _last_day(y, as_of) for y in range(first, year + 1)}
        self.ends = {y: self._sizes_on(ledger, day) for y, day in days.items()}
        self.units = {row["unit_id"]: row for row in units.iter_rows(named=True)}
        opened = [
            row | {"size": self.ends[calendar.fiscal_year_of(row["opened_on"])].get(unit)}
            for unit, row in self.units.items()
            if baseline < row["opened_on"] <= self.last and self.first_of[unit] == unit
        ]
        self.free = sorted(opened, key=lambda row: (row["opened_on"], row["unit_row"]))

    @property
    def now(self) -> dict[str, int | None]:
        """Units open on the last day considered, with their capacities."""
        return self.ends[self.year]

    def _sizes_on(self, ledger: Ledger, day: dt.date) -> dict[str, int | None]:
        """Return the capacity of every unit that is open on a day."""
        sizes = _units_on(ledger, day).select("unit_id", "capacity").iter_rows()
        return {self.first_of[unit]: capacity for unit, capacity in sizes}

    def is_over(self, year: int) -> bool:
        """Whether a fiscal year has ended by the last day considered."""
        return calendar.fiscal_year_end(year) <= self.last

    def match(self, openings: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
        """Return the units opened for each action's `_row`: by id, then by size, then by place."""
        found: dict[int, list[dict[str, Any]]] = {action[ROW]: [] for action in openings}
        for columns in (("unit_id",), ("home_id", "place", "size"), ("home_id", "place")):
            for action in openings:
                unit = self.first_of.get(action["unit"], action["unit"])
                planned = action | {"unit_id": unit, "size": action["after"]}
                taken = found[action[ROW]]
                fitting = [
                    row for row in self.free if all(row[name] == planned[name] for name in columns)
                ]
                for row in fitting[: action["count"] - len(taken)]:
                    self.free.remove(row)
                    taken.append(row)
        return found


def _last_day(year: int, as_of: dt.date) -> dt.date:
    return min(calendar.fiscal_year_end(year), as_of)


def _first_units(ledger: Ledger, units: pl.DataFrame) -> dict[str, str]:
    """Return for every unit the first one of its household at the same place and home."""
    first_of: dict[str, str] = {}
    before: dict[str, tuple[str, str, str]] = {}
    chains = households(ledger).sort("place").rename({"place": "number"})
    for row in chains.join(units, on="unit_id", maintain_order="left").iter_rows(named=True):
        unit, here = row["unit_id"], (row["home_id"], row["place"])
        home, where, first = before.get(row["household"], ("", "", ""))
        first_of[unit] = first if here == (home, where) else unit
        before[row["household"]] = (*here, first_of[unit])
    return first_of


def _units_on(ledger: Ledger, day: dt.date) -> pl.DataFrame:
    open_units = register.units(ledger).filter(register.open_on(pl.lit(day)))
    cases = open_units.with_columns(as_of=pl.lit(day)).collect()
    return register.with_capacity(cases, ledger["capacities"]).collect()


def review(
    ledger: Ledger, law: Law, plan: Plan, year: int, as_of: dt.date, language: Language
) -> Review:
    """Compare the plan with the register as of 31 March of a fiscal year.

    If the year is not over on `as_of`, the register of that day is used: what is not done yet is
    scheduled.
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
            found.extend(_opening(action, row, actual, language) for row in units)
            if missing := action["count"] - len(units):
                due = _open_result(action, actual)
                found.append(_reviewed(action, None, None, due, language, missing))
        else:
            own = actual.first_of.get(action["unit"], action["unit"])
            unit = named.get(action["unit"], own)
            found.append(_change(action, unit, actual, language))
    planned = {one.unit_id for one in found if one.unit_id is not None}
    # changes in the register, in the plan's homes, that no action up to the year plans
    found.extend(
        _unplanned("open", row, None, actual, language)
        for row in actual.free
        if row["home_id"] in plan.names
    )
    for unit, before in actual.at_baseline.items():
        row = actual.units[unit]
        if unit in planned or row["home_id"] not in plan.names:
            continue
        if unit not in actual.now:
            found.append(_unplanned("close", row, before, actual, language))
        elif actual.now[unit] != before:
            found.append(_unplanned("change_capacity", row, before, actual, language))
    ends = plan.ends.filter(pl.col("fiscal_year") == year).iter_rows(named=True)
    actual_rows = actual_ends(ledger, law, plan, year, as_of).iter_rows(named=True)
    return Review(
        year,
        actual.last,
        found,
        [
            ReviewedHome(end["home_id"], _year_end(end), _year_end(actual_row))
            for end, actual_row in zip(ends, actual_rows, strict=True)
        ],
        support_together(ledger, plan, year, language),
    )


def _year_end(row: dict[str, Any]) -> YearEnd:
    return YearEnd(places(UnitPlaces, row, "main"), places(UnitPlaces, row, "group"))


def _planned(plan: Plan, year: int) -> pl.DataFrame:
    """Return the effective actions since the baseline's year up to a year, in order."""
    first = calendar.fiscal_year_of(plan.baseline)
    years = years_of(plan.spans.with_columns(from_year=first - 1, to_year=year))
    return (
        done(acts(plan.events, sizes(plan.events, years)))
        .filter(pl.col("fiscal_year").is_between(first, year))
        .sort("fiscal_year", ROW)
    )


def _open_result(action: dict[str, Any], actual: _Register) -> Result:
    """Return the result of an action that has not been carried out: it is due by its year's end."""
    return "not_done" if actual.is_over(action["fiscal_year"]) else "scheduled"


def _change(action: dict[str, Any], unit: str, actual: _Register, language: Language) -> Reviewed:
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
    return _reviewed(action, unit, actual.now.get(unit), result, language)


def _opening(
    action: dict[str, Any], row: dict[str, Any], actual: _Register, language: Language
) -> Reviewed:
    unit = row["unit_id"]
    result: Result = "done"
    if row["opened_on"] > calendar.fiscal_year_end(action["fiscal_year"]):
        result = "late"
    elif actual.ends[action["fiscal_year"]].get(unit) != action["after"]:
        result = "different"
    return _reviewed(action, unit, actual.now.get(unit), result, language)


def _reviewed(
    action: dict[str, Any],
    unit: str | None,
    actual: int | None,
    result: Result,
    language: Language,
    count: int = 1,
) -> Reviewed:
    kind, where, before, after = (action[n] for n in ("action", "place", "before", "after"))
    initiative = Initiative(kind, where, count, before, after, action["new_function"])
    return Reviewed(
        action["home_id"],
        action["fiscal_year"],
        kind,
        where,
        unit,
        count,
        before,
        after,
        actual,
        result,
        sentence(initiative, language),
    )


def _unplanned(
    action: str, row: dict[str, Any], before: int | None, actual: _Register, language: Language
) -> Reviewed:
    unit, now = row["unit_id"], actual.now.get(row["unit_id"])
    return Reviewed(
        row["home_id"],
        actual.year,
        action,
        row["place"],
        unit,
        1,
        before,
        None,
        now,
        "not_planned",
        sentence(Initiative(action, row["place"], 1, before, now), language),
    )


def actual_ends(ledger: Ledger, law: Law, plan: Plan, year: int, as_of: dt.date) -> pl.DataFrame:
    """Add up the register at a year's end by home, as `projection.year_ends` does.

    If the year is not over on `as_of`, the register of that day.
    """
    day = _last_day(year, as_of)
    units = _units_on(ledger, day).with_columns(
        place(), count=pl.lit(1, pl.Int64), fiscal_year=pl.lit(year, pl.Int64)
    )
    years = plan.spans.select("authority_code", fiscal_year=pl.lit(year, pl.Int64))
    return year_ends(units, plan.homes, years, law.integer("main_unit_most", day) or 0)
