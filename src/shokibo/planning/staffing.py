"""The staff that a plan needs at each year's end: for its units, and the homes' backup workers.

A unit in scope with 4 to 6 places needs the base staff and the maximum extra staff for its places.
Any other unit needs the parameter for other units; if that is blank, it is not counted. A home
with units in scope needs its backup worker.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Annotated, Any

import polars as pl

from shokibo import calendar
from shokibo.answers import Answer, about
from shokibo.law.of_day import by_day, is_one_of, looked_up, of_day
from shokibo.law.parameters import Law
from shokibo.law.scope import in_scope
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.planning.plan import Plan
from shokibo.planning.projection import sizes
from shokibo.planning.spans import years_of
from shokibo.texts import Language, Text

Change = Annotated[int, about("前の年度末からの増減", "since the end of the year before")]
Needed = Annotated[int, about("必要な職員数", "of the units counted, including the backup worker")]
Uncounted = Annotated[
    int,
    about(
        "数えていない生活単位",
        "units of unknown capacity, or for which the parameter for other units is blank",
    ),
]


class HomeStaffing(Answer, frozen=True):
    """The staff that a home needs at a year's end."""

    title = "施設に必要な職員数"
    home_id: str
    units: Annotated[int, about("生活単位の数")]
    needed: Needed
    backup: Annotated[int, about("うちバックアップ職員")]
    change: Change
    planned_hires: Annotated[int | None, about("採用予定。分からなければ null")]
    uncounted: Uncounted


class StaffingYear(Answer, frozen=True):
    """The staff that all homes need at a year's end."""

    title = "年度末に必要な職員数"
    fiscal_year: int
    needed: Needed
    change: Change
    uncounted: Uncounted
    homes: Annotated[list[HomeStaffing], about("基準日に開いている施設")]


class Staffing(Answer, frozen=True):
    """The staff that a plan needs."""

    title = "計画に必要な職員数"
    years: list[StaffingYear]
    notes: Annotated[list[str], about("注意", "what is not counted, and what is unconfirmed")]


def staffing(plan: Plan, language: Language) -> Staffing:
    """Report the staff that each home of a plan needs at its year ends."""
    first, *later = plan.years
    ends = staff_ends(plan, [first - 1, first, *later])
    by_year: dict[int, list[dict[str, Any]]] = {}
    for row in ends.iter_rows(named=True):
        by_year.setdefault(row["fiscal_year"], []).append(row)
    years = [_year(year, by_year.get(year, [])) for year in plan.years]
    return Staffing(years, list(_notes(plan, ends, language)))


def _year(year: int, rows: list[dict[str, Any]]) -> StaffingYear:
    needed, change, uncounted = (
        sum(row[name] for row in rows) for name in ("needed", "change", "uncounted")
    )
    homes = [
        HomeStaffing(**{name: row[name] for name in HomeStaffing.__struct_fields__}) for row in rows
    ]
    return StaffingYear(year, needed, change, uncounted, homes)


def staff_ends(plan: Plan, years: Sequence[int]) -> pl.DataFrame:
    """Return the staff that each home needs at the ends of consecutive years.

    Columns: home_id, fiscal_year, units, of_units (the staff of the units), backup, needed,
    uncounted (units that are not counted), change (null in the first year), planned_hires.
    """
    spans = plan.spans.with_columns(
        from_year=pl.lit(years[0], pl.Int64), to_year=pl.lit(years[-1], pl.Int64)
    )
    of_years, key = years_of(spans), ["home_id", "fiscal_year"]
    units, staff = pl.col("count"), pl.col("staff")
    by_home = (
        staff_needed(_on_year_ends(sizes(plan.events, of_years)), plan.law)
        .group_by(key)
        .agg(
            units=units.sum(),
            of_units=(staff * units).sum(),
            uncounted=units.filter(staff.is_null()).sum(),
            has_scope=pl.col("in_scope").any(),
        )
    )
    homes = plan.homes.select("home_id", "authority_code").join(
        of_years, on="authority_code", maintain_order="left_right"
    )
    hires = plan.ledger["hiring"].select(*key, planned_hires="planned")
    backup = pl.when("has_scope").then(of_day(plan.law, "backup_staff")).otherwise(0)
    return (
        _on_year_ends(homes)
        .join(by_home, on=key, how="left", maintain_order="left")
        .join(hires, on=key, how="left", maintain_order="left")
        .with_columns(pl.col("units", "of_units", "uncounted").fill_null(0), backup=backup)
        .with_columns(needed=pl.col("of_units") + pl.col("backup"))
        .with_columns(change=pl.col("needed") - pl.col("needed").shift().over("home_id"))
        .drop("authority_code", "as_of", "has_scope")
    )


def staff_needed(units: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Add to each unit in_scope and the staff it needs: null if that is not counted.

    `units` has kind, capacity, authority_code and as_of.
    """
    extra = pl.col("extra")
    return (
        units.with_columns(
            kind_in_scope=by_day(law, "scope_kinds", lambda dated: is_one_of("kind", dated)),
            branch_capacity_in_scope=by_day(
                law, "branch_capacities", lambda dated: is_one_of("capacity", dated)
            ),
            extra=by_day(law, "max_extra", lambda dated: looked_up("capacity", dated)),
        )
        .with_columns(in_scope=in_scope().fill_null(value=False))
        .with_columns(
            staff=pl.when(pl.col("capacity").is_null())
            .then(None)
            .when(pl.col("in_scope") & (extra > 0))
            .then(of_day(law, "base_staff") + extra)
            .otherwise(of_day(law, "staff_of_other_units"))
        )
    )


def staff_by_size(
    law: Law, authority: str, capacities: Iterable[int], years: Iterable[int]
) -> Mapping[tuple[str, int, int], int]:
    """Return the staff of a unit by kind, capacity and year's end; 0 if not counted."""
    columns = {"kind": pl.String, "capacity": pl.Int64, "fiscal_year": pl.Int64}
    cases = pl.DataFrame(list(product(UNIT_KINDS, capacities, years)), columns, orient="row")
    units = _on_year_ends(cases.with_columns(authority_code=pl.lit(authority)))
    found = staff_needed(units, law).with_columns(pl.col("staff").fill_null(0))
    return {tuple(key): staff for *key, staff in found.select(*columns, "staff").iter_rows()}


def _on_year_ends(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(as_of=pl.date(pl.col("fiscal_year") + 1, 3, 31))


_UNKNOWN = Text(
    "定員の分からない生活単位があり、その職員を数えていません。",
    "There are units of unknown capacity; their staff are not counted.",
)
OTHERS_BLANK = Text(
    "対象の生活単位(定員4～6人)のほかの職員は、その必要職員数を定める自治体の値が空欄なので"
    "数えていません(未確認)。",
    "Staff of units that are out of scope or don't have 4 to 6 places are not counted: the "
    "authority has not set how many they need (unconfirmed).",
)
_UNCONFIRMED = Text("未確認:{meaning}。{note}", "Unconfirmed: {meaning}. {note}")


def others_blank(plan: Plan, years: Iterable[int]) -> bool:
    """Return whether the staff of other units is unknown at the end of any of the years."""
    days = map(calendar.fiscal_year_end, years)
    return any(plan.law.integer("staff_of_other_units", day) is None for day in days)


def _notes(plan: Plan, ends: pl.DataFrame, language: Language) -> Iterator[str]:
    if plan.ends["main_unknown"].sum() or plan.ends["group_unknown"].sum():
        yield _UNKNOWN.say(language)
    if ends["uncounted"].sum() and others_blank(plan, plan.years):
        yield OTHERS_BLANK.say(language)
    base = plan.law.parameters["base_staff"]
    used = base.at(calendar.fiscal_year_end(plan.years[-1]))
    if ends["backup"].sum() and used and used.unconfirmed and used.note:
        yield _UNCONFIRMED.say(
            language, meaning=base.meaning.say(language), note=used.note.say(language)
        )
