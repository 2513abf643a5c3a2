"""Records of support counted by home and fiscal year, in columns."""

import polars as pl

from shokibo.ledger.checks.support import episodes_ended
from shokibo.ledger.model import Ledger
from shokibo.ledger.support_tables import COMMUNITY_KINDS
from shokibo.planning.events import GROUP_HOMES
from shokibo.planning.leads import INITIAL_COSTS
from shokibo.planning.plan import Plan
from shokibo.planning.staffing import staff_ends
from shokibo.planning.support.measures import MEASURES

_KEY = ("home_id", "fiscal_year")
_SCHEMA = {"measure": pl.String, "home_id": pl.String, "fiscal_year": pl.Int64, "value": pl.Int64}
_FINAL = ("opened", "dropped")
OUTCOMES = ("returned_home", "to_foster", "to_adoption")


def support_counts(ledger: Ledger, plan: Plan | None, until: int) -> pl.DataFrame:
    """Count every measure: a row per measure, home and fiscal year with any record of it.

    Columns: measure, home_id (null: the authority's own, or no home yet), fiscal_year, value.
    What the plan needs is for its own years; `until` is the last year whose end leads may reach.
    """
    parts = [
        _leads(ledger, until),
        _trainings(ledger),
        _support(ledger),
        _hiring(ledger),
        _quality(ledger),
        _families(ledger),
        _community(ledger),
        *([_openings(plan), _staff(plan)] if plan else []),
    ]
    order = pl.Enum([measure.name for measure in MEASURES])
    return (
        pl.concat(_long(part) for part in parts)
        .drop_nulls("value")
        .sort(pl.col("measure").cast(order), "fiscal_year", maintain_order=True)
    )


def _long(counted: pl.DataFrame) -> pl.DataFrame:
    long = counted.unpivot(index=_KEY, variable_name="measure")
    return long.select(pl.col(name).cast(dtype) for name, dtype in _SCHEMA.items())


def year_of(day: str) -> pl.Expr:
    """Return the fiscal year of a column of days."""
    return pl.col(day).dt.offset_by("-3mo").dt.year().cast(pl.Int64).alias("fiscal_year")


def _by_year(rows: pl.DataFrame, day: str, *measures: pl.Expr) -> pl.DataFrame:
    return rows.group_by("home_id", year_of(day), maintain_order=True).agg(*measures)


def _sum(column: str, where: pl.Expr | None = None) -> pl.Expr:
    """Add up the known values of a column; null if there are none."""
    known = pl.col(column) if where is None else pl.col(column).filter(where)
    return pl.when(known.is_not_null().any()).then(known.sum())


def _leads(ledger: Ledger, until: int) -> pl.DataFrame:
    leads = ledger["housing"]
    state = pl.col("state")
    initial = pl.when(pl.any_horizontal(pl.col(*INITIAL_COSTS).is_not_null())).then(
        pl.sum_horizontal(*INITIAL_COSTS)
    )
    found = _by_year(leads, "found_on", pl.len().alias("leads_found"))
    settled = _by_year(
        leads.with_columns(initial=initial),
        "state_on",
        (state == "contracted").sum().alias("leads_contracted"),
        (state == "opened").sum().alias("leads_opened"),
        (state == "dropped").sum().alias("leads_dropped"),
        _sum("initial", state == "opened").alias("lead_costs"),
    )
    return pl.concat([found, settled, _in_hand(leads, until)], how="diagonal")


def _in_hand(leads: pl.DataFrame, until: int) -> pl.DataFrame:
    """Count the leads neither opened nor dropped at each year's end."""
    settled = pl.when(pl.col("state").is_in(_FINAL)).then(year_of("state_on") - 1)
    return (
        leads.with_columns(first=year_of("found_on"), last=settled.fill_null(until))
        .filter(pl.col("first") <= pl.col("last"))
        .with_columns(fiscal_year=pl.int_ranges("first", pl.col("last") + 1))
        .explode("fiscal_year")
        .group_by(*_KEY, maintain_order=True)
        .agg(pl.len().alias("leads_in_hand"))
    )


def _trainings(ledger: Ledger) -> pl.DataFrame:
    external, subsidised = (
        pl.col(name).fill_null(value=False) for name in ("external", "subsidised")
    )
    return _by_year(
        ledger["trainings"],
        "held_on",
        pl.len().alias("trainings"),
        external.sum().alias("external_trainings"),
        pl.col("participants").sum(),
        _sum("cost").alias("training_cost"),
        subsidised.sum().alias("subsidised_trainings"),
        _sum("cost", subsidised).alias("subsidised_cost"),
    )


def _support(ledger: Ledger) -> pl.DataFrame:
    return _by_year(
        ledger["support_log"],
        "done_on",
        (pl.col("duty") == "duty_supervision").sum().alias("supervisions"),
        pl.len().alias("support_records"),
        _sum("minutes").alias("support_minutes"),
    )


def _hiring(ledger: Ledger) -> pl.DataFrame:
    return ledger["hiring"].select(*_KEY, "hired", "left", planned_hires="planned")


def _quality(ledger: Ledger) -> pl.DataFrame:
    kind = pl.col("kind")
    return _by_year(
        ledger["quality"],
        "done_on",
        (kind == "third_party").sum().alias("third_party"),
        (kind == "self").sum().alias("self_evaluations"),
        (kind == "complaints").sum().alias("complaints"),
        (kind == "childrens_voice").sum().alias("childrens_voice"),
        pl.col("published_on").is_not_null().sum().alias("published"),
    )


def _families(ledger: Ledger) -> pl.DataFrame:
    """Count the children who left: from the home's episodes if it has any, or from the row."""
    rows = ledger["family_support"].select(*_KEY, "supported", *OUTCOMES)
    recorded = _years_of_episodes(ledger["episodes"])
    counted = (
        recorded.join(episodes_ended(ledger), on=_KEY, how="left")
        .select(*_KEY, *OUTCOMES)
        .with_columns(pl.col(*OUTCOMES).fill_null(0))
    )
    without = rows.join(recorded, on="home_id", how="anti")
    of_rows = rows.join(recorded, on="home_id", how="semi").drop(*OUTCOMES)
    return pl.concat([without, of_rows, counted], how="diagonal")


def _years_of_episodes(episodes: pl.DataFrame) -> pl.DataFrame:
    """Return each home with episodes, with every fiscal year that its record covers."""
    first, last = year_of("started_on"), year_of("ended_on")
    reached = episodes.select(
        pl.int_ranges(first.min(), pl.max_horizontal(first.max(), last.max()) + 1)
        .explode()
        .alias("fiscal_year")
    )
    homes = episodes.select("home_id").drop_nulls().unique(maintain_order=True)
    return homes.join(reached.drop_nulls(), how="cross")


def _community(ledger: Ledger) -> pl.DataFrame:
    return _by_year(
        ledger["community"],
        "held_on",
        pl.len().alias("community"),
        *((pl.col("kind") == kind).sum().alias(f"community_{kind}") for kind in COMMUNITY_KINDS),
        _sum("participants").alias("community_participants"),
    )


def _openings(plan: Plan) -> pl.DataFrame:
    opened = plan.events.units.filter(pl.col("kind").is_in(GROUP_HOMES))
    by_home = opened.group_by("home_id", fiscal_year="born").agg(openings=pl.col("count").sum())
    every = plan.homes.select("home_id").join(
        pl.DataFrame({"fiscal_year": plan.years}), how="cross"
    )
    return every.join(by_home, on=_KEY, how="left").with_columns(pl.col("openings").fill_null(0))


def _staff(plan: Plan) -> pl.DataFrame:
    return staff_ends(plan, plan.years).select(*_KEY, staff_needed="needed")
