"""Plans worked out once, for the figures that are shown and for the checks alike."""

from dataclasses import dataclass

import polars as pl

from shokibo.law import register
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.events import Events, plan_events
from shokibo.planning.initiatives import acts, done, idle
from shokibo.planning.projection import sizes, together, year_ends
from shokibo.planning.spans import years_of
from shokibo.planning.targets import need, targets


@dataclass(frozen=True)
class Worked:
    """All plans of a ledger, worked out at once.

    `years` holds the fiscal years of each plan (see `spans.years_of`); `homes` home_id,
    authority_code, home_row, name of those open at the baseline; `sized` the units at each
    year's end from the year before the first (see `projection.sizes`); `ends_and_before` the
    homes' year ends from then on (see `projection.year_ends`), `ends` those of the plan's years,
    `all` their sums by year; `done` every action that takes effect, `idle` the changes that
    change nothing (see `initiatives.acts`); `targets` and `need` see `targets`.
    """

    spans: pl.DataFrame
    years: pl.DataFrame
    events: Events
    homes: pl.DataFrame
    sized: pl.DataFrame
    ends_and_before: pl.DataFrame
    ends: pl.DataFrame
    all: pl.DataFrame
    done: pl.DataFrame
    idle: pl.DataFrame
    targets: pl.DataFrame
    need: pl.DataFrame

    def of_years(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Give the rows of the plans' years alone, in their order."""
        return _of(self.years, rows)


def work_out(ledger: Ledger, law: Law, spans: pl.DataFrame) -> Worked:
    """Work out the plans of `spans` (see `spans.plan_spans`), of which there is at least one."""
    years, shown = years_of(spans), years_of(spans.with_columns(pl.col("from_year") - 1))
    homes = (
        register.homes(ledger)
        .join(spans.lazy(), on="authority_code", maintain_order="left")
        .filter(register.open_on(pl.col("baseline_on")))
        .collect()
    )
    events = plan_events(ledger, spans, homes)
    sized = sizes(events, shown)
    most = law.integer("main_unit_most", max(spans["baseline_on"])) or 0
    ends_and_before = year_ends(sized, homes, shown, most)
    ends = _of(years, ends_and_before)
    every = together(ends, years)
    acted = acts(events, sized)
    return Worked(
        spans,
        years,
        events,
        homes.select("home_id", "authority_code", "home_row", "name"),
        sized,
        ends_and_before,
        ends,
        every,
        done(acted),
        idle(acted),
        targets(ledger, every),
        need(ledger),
    )


def _of(years: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    key = ["authority_code", "fiscal_year"]
    return rows.join(years, on=key, how="semi", maintain_order="left")
