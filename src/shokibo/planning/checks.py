"""What a careful officer asks about a plan. Findings never block; most are about published ones."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import polars as pl

from shokibo.law.of_day import of_day
from shokibo.law.parameters import Law
from shokibo.ledger.checks.located import finding_at, findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import TARGET_ITEMS
from shokibo.planning import plan_findings as say
from shokibo.planning.cost_checks import costs
from shokibo.planning.housing import housing_short
from shokibo.planning.initiatives import idle
from shokibo.planning.plan import Plan, plan_of
from shokibo.planning.spans import of_authorities

Row = dict[str, Any]


def check_plans(ledger: Ledger, law: Law, plan: Plan | None = None) -> Iterator[Finding]:
    """Check every plan of the ledger; if there is none, report that its actions belong to no plan.

    `plan` is the ledger's, if it has already been computed.
    """
    if ledger["plan"].is_empty():
        yield from findings_at(
            ledger, say.PLAN_MISSING, "actions", "fiscal_year", ledger["actions"].head(1)
        )
        return
    plans = plan or plan_of(ledger, law)
    if plans is not None:
        yield from check_plan(plans)


def check_plan(plans: Plan) -> Iterator[Finding]:
    """Check the plans of a ledger, which are computed together."""
    for check in (
        _actions,
        _high_care,
        _changes,
        _sizes,
        _homes,
        _children,
        _targets,
        costs,
        housing_short,
    ):
        yield from check(plans)


def _actions(plans: Plan) -> Iterator[Finding]:
    """Find actions without effect, and those that take effect but look wrong."""
    actions = plans.ledger["actions"]
    if not plans.events.void.is_empty():
        void = actions.join(plans.events.void, on=ROW, maintain_order="left")
        for why, (entry, column) in say.VOID.items():
            rows = void.filter(pl.col("why") == why)
            yield from findings_at(plans.ledger, entry, "actions", column, rows)
    owners = plans.ledger["homes"].select("home_id", owner="authority_code")
    ends = plans.spans.select("to_year", owner="authority_code")
    timed = actions.join(owners.join(ends, on="owner"), on="home_id")
    outside = timed.filter(pl.col("fiscal_year") > pl.col("to_year")).sort(ROW)
    yield from findings_at(plans.ledger, say.ACTION_OUTSIDE_PLAN, "actions", "fiscal_year", outside)
    several = actions.filter(pl.col("unit_id").is_not_null() & (pl.col("count") != 1))
    yield from findings_at(plans.ledger, say.ACTION_COUNT_WITH_UNIT, "actions", "count", several)
    same = plans.of_years(idle(plans.acts)).rename({"unit": "unit_id", "after": "capacity"})
    yield from findings_at(plans.ledger, say.ACTION_NO_CHANGE, "actions", "capacity", same)


def _high_care(plans: Plan) -> Iterator[Finding]:
    """Find units whose function is high care, from their conversion or opening on.

    A conversion without places is judged by those that the unit had before.
    """
    converts = pl.col("action") == "convert"
    function = (
        pl.when(converts)
        .then(pl.col("new_function").fill_null("other"))
        .when(pl.col("action") == "open")
        .then("new_function")
    )
    functions = plans.ledger["actions"].select("new_function", opened_by=ROW)
    openings = plans.events.units.join(functions, on="opened_by").select(
        "unit",
        "new_function",
        fiscal_year="born",
        action=pl.lit("open"),
        capacity="opened_with",
        **{ROW: "opened_by"},
    )
    changes = pl.concat([openings, plans.events.changes], how="diagonal").sort(
        "unit", "fiscal_year", maintain_order=True
    )
    high_care = changes.filter(
        (function.forward_fill().over("unit") == "high_care") & (pl.col("action") != "close")
    )
    if high_care.is_empty():
        return
    most = plans.law.integer("high_care_most", plans.spans["baseline_on"][0])
    before = plans.sized.select("unit", pl.col("fiscal_year") + 1, before="capacity")
    rows = (
        high_care.join(before, on=["unit", "fiscal_year"], how="left")
        .with_columns(capacity=pl.coalesce("capacity", "before"), most=pl.lit(most))
        .filter(pl.col("capacity") > pl.col("most"))
        .sort(ROW)
    )
    for converting, column in ((converts, "new_function"), (~converts, "capacity")):
        yield from findings_at(
            plans.ledger, say.HIGH_CARE_OVER_FOUR, "actions", column, rows.filter(converting)
        )


def _changes(plans: Plan) -> Iterator[Finding]:
    """Find changes in a home's places in a year that no initiative announces."""
    key = ["home_id", "fiscal_year"]
    notes = plans.ledger["actions"].select(ROW, "note")
    unannounced = plans.done.filter(~pl.col("announced")).join(notes, on=ROW, how="left")
    noted_last = unannounced.sort(pl.col("note").is_not_null(), ROW)
    hidden = noted_last.unique([*key, "place"], keep="first").sort(ROW)
    if hidden.is_empty():
        return
    ends = plans.ends_and_before.rows_by_key(key, named=True, unique=True)
    names = dict(plans.homes[["home_id", "name"]].iter_rows())
    for place, part in (("main", "main"), ("group_home", "group")):
        for act in hidden.filter(pl.col("place") == place).iter_rows(named=True):
            home_id, year = act["home_id"], act["fiscal_year"]
            before, after = ends.get((home_id, year - 1)), ends.get((home_id, year))
            if before and after:
                values = act | {
                    "name": names[home_id],
                    "units_from": before[f"{part}_count"],
                    "units_to": after[f"{part}_count"],
                    "places_from": before[f"{part}_capacity"],
                    "places_to": after[f"{part}_capacity"],
                }
                entry = say.PLAN_CHANGE_NOT_ANNOUNCED[place, act["note"] is not None]
                yield finding_at(plans.ledger, entry, "actions", "announced", values)


def _sizes(plans: Plan) -> Iterator[Finding]:
    """Find units above the maximum size, and group homes above the goal at the plan's end."""
    day = plans.spans["baseline_on"][0]
    shown = plans.of_years(plans.sized)
    for place, entry in say.UNIT_OVER_SIX.items():
        most = of_day(plans.law, "main_unit_most" if place == "main" else "group_home_most")
        sized = shown.with_columns(as_of=pl.lit(day)).with_columns(most=most)
        above = sized.filter((pl.col("place") == place) & (pl.col("capacity") > pl.col("most")))
        by_year = above.group_by("home_id", "capacity", "fiscal_year", maintain_order=True).agg(
            pl.col("most").first(), units=pl.col("count").sum()
        )
        rows = by_year.group_by("home_id", "capacity", "units", maintain_order=True).agg(
            years="fiscal_year", most=pl.col("most").first()
        )
        yield from _at_homes(entry, plans, rows)
    goal = plans.law.integer("group_home_goal", day)
    goals = of_authorities(plans.ledger, "plan").select("authority_code", "goal_year", "to_year")
    left = shown.join(goals, on="authority_code").filter(
        (pl.col("fiscal_year") == pl.col("to_year"))
        & (pl.col("place") == "group_home")
        & (pl.col("capacity") > goal)
    )
    rows = left.group_by("home_id", "to_year", "goal_year").agg(
        units=pl.col("count").sum(), goal=pl.lit(goal)
    )
    yield from _at_homes(say.GOAL_NOT_REACHED, plans, rows)


def _at_homes(entry: Entry, plans: Plan, rows: pl.DataFrame) -> Iterator[Finding]:
    named = rows.join(plans.homes, on="home_id").sort("home_row")
    for row in named.iter_rows(named=True):
        yield finding_at(plans.ledger, entry, "homes", "name", row | {ROW: row["home_row"]})


def _homes(plans: Plan) -> Iterator[Finding]:
    """Find homes without an action in the whole plan."""
    silent = plans.homes.join(plans.ledger["actions"], on="home_id", how="anti").select("home_id")
    yield from _at_homes(say.HOME_WITHOUT_ACTIONS, plans, silent)


def _children(plans: Plan) -> Iterator[Finding]:
    """Find fewer places than children living in the homes, on the latest day that is known."""
    living = (pl.col("population") == "residents") & (pl.col("place") == "all")
    last_day = pl.col("as_of").filter(living).max().over("authority_code", "home_id")
    latest = of_authorities(plans.ledger, "occupancy").filter(
        living & (pl.col("as_of") == last_day)
    )[["authority_code", "home_id", "children", "as_of", ROW]]
    if latest.is_empty():
        return
    by_home = _places(plans.ends, "home_id")
    of_all = _places(plans.all, "authority_code")
    for row in latest.sort(ROW).iter_rows(named=True):
        home_id, code = row["home_id"], row["authority_code"]
        ends = of_all.get(code, []) if home_id is None else by_home.get(home_id, [])
        for year, places in ends:
            if places < row["children"]:
                values = {"fiscal_year": year, "places": places} | row
                yield finding_at(
                    plans.ledger, say.PLAN_BELOW_CHILDREN, "occupancy", "children", values
                )


def _places(ends: pl.DataFrame, of: str) -> dict[Any, list[Any]]:
    """Return the years and the places at their ends, by home or authority."""
    places = pl.col("main_capacity") + pl.col("group_capacity")
    return ends.select(of, "fiscal_year", places).rows_by_key(of)


def _targets(plans: Plan) -> Iterator[Finding]:
    """Compare targets with the homes' plans, their own parts, and the need of three and over."""
    rows, ledger = plans.targets.rows(named=True), plans.ledger
    for row in rows:
        if row["value"] != row["homes"]:
            difference = row["value"] - row["homes"]
            values = row | {"difference": difference, **_named(row["item"])}
            entry = say.PLAN_TARGET_DIFFERS[row["reason"] is not None]
            yield finding_at(ledger, entry, "targets", "value", values)
    yield from _parts(plans, rows)
    key = ["authority_code", "fiscal_year"]
    outside = of_authorities(ledger, "targets").join(plans.year_rows, on=key, how="anti").sort(ROW)
    yield from findings_at(ledger, say.TARGET_OUTSIDE_PLAN, "targets", "fiscal_year", outside)
    needs = {_key(row): row for row in plans.need_rows.iter_rows(named=True)}
    totals = [row for row in rows if row["item"] == "total"]
    both = [row | needs[_key(row)] for row in totals if _key(row) in needs]
    for entry, more, less in (
        (say.PLAN_BELOW_NEED, "need", "homes"),
        (say.TARGET_BELOW_NEED, "need", "value"),
        (say.TARGET_ABOVE_NEED, "value", "need"),
    ):
        for row in both:
            if row[more] > row[less]:
                values = row | {"difference": row[more] - row[less]}
                yield finding_at(ledger, entry, "need", "children", values)
    unknown = [_key(row) for row in totals if _key(row) not in needs]
    for plan in of_authorities(ledger, "plan").sort(ROW).iter_rows(named=True):
        if years := [year for code, year in unknown if code == plan["authority_code"]]:
            values = {ROW: plan[ROW], "years": years}
            yield finding_at(ledger, say.NEED_UNKNOWN, "plan", "to_year", values)


_IN_ENGLISH = {
    "main_six_or_more": "main units of six or more",
    "main_five_to_four": "main units of five or four",
    "main_capacity": "places in main buildings",
    "group_six_or_more": "group homes of six or more",
    "group_five_to_four": "group homes of five or four",
    "group_count": "number of group homes",
    "group_capacity": "places in group homes",
    "total": "all places",
}


def _named(item: str) -> dict[str, str]:
    return {"item_name": TARGET_ITEMS[item], "item_name_en": _IN_ENGLISH[item]}


def _key(row: Row) -> tuple[str, int]:
    return row["authority_code"], row["fiscal_year"]


def _parts(plans: Plan, targets: Sequence[Row]) -> Iterator[Finding]:
    """Add up the parts of each year that has a target for any part; the others are the homes' sums.

    If only the whole has a target, its parts are left open and nothing differs.
    """
    sums_of_homes = {_key(row): row for row in plans.all.iter_rows(named=True)}
    for key, of_year in groupby(targets, _key):
        items = {row["item"]: row for row in of_year}
        values = sums_of_homes[key] | {item: row["value"] for item, row in items.items()}
        given = [item for item, row in items.items() if row["given"]]
        for whole, parts in _PARTS.items():
            if any(part in given for part in parts):
                sums = values | {
                    "parts": sum(values[part] for part in parts),
                    "whole": values[whole],
                    **_named(whole),
                    ROW: max(items[item][ROW] for item in given if item in (whole, *parts)),
                }
                if sums["parts"] != sums["whole"]:
                    yield finding_at(
                        plans.ledger, say.TARGET_PARTS_DIFFER, "targets", "value", sums
                    )


_PARTS = {
    "total": ("main_capacity", "group_capacity"),
    "group_count": (
        "group_six_or_more",
        "group_five_to_four",
        "group_three_or_fewer",
        "group_unknown",
    ),
}
