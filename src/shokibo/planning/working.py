"""Plans worked out once, for the figures that are shown and for the checks alike."""

from dataclasses import dataclass

import polars as pl

from shokibo.law import register
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.events import Events, plan_events
from shokibo.planning.initiatives import done
from shokibo.planning.projection import sizes, together, year_ends
from shokibo.planning.spans import years_of


@dataclass(frozen=True)
class Worked:
    """All plans of a ledger, worked out at once.

    `years` holds the fiscal years of each plan (see `spans.years_of`); `homes` home_id,
    authority_code, home_row, name of those open at the baseline; `sized` and `ends` go from the
    year before the first (see `projection`); `all` the homes' sums of the plan's years; `done`
    every action that takes effect (see `initiatives.done`).
    """

    spans: pl.DataFrame
    years: pl.DataFrame
    events: Events
    homes: pl.DataFrame
    sized: pl.DataFrame
    ends: pl.DataFrame
    all: pl.DataFrame
    done: pl.DataFrame


def work_out(ledger: Ledger, law: Law, spans: pl.DataFrame) -> Worked:
    """Work out the plans of `spans` (see `spans.plan_spans`), of which there is at least one."""
    years = years_of(spans)
    events = plan_events(ledger, spans)
    shown = years_of(spans.with_columns(pl.col("from_year") - 1))
    sized = sizes(events, shown)
    homes = (
        register.homes(ledger)
        .join(spans.lazy(), on="authority_code", maintain_order="left")
        .filter(register.open_on(pl.col("baseline_on")))
        .select("home_id", "authority_code", "home_row", "name")
        .collect()
    )
    most = law.integer("main_unit_most", max(spans["baseline_on"].to_list())) or 0
    ends = year_ends(sized, homes, shown, most)
    return Worked(
        spans, years, events, homes, sized, ends, together(ends, years), done(events, sized)
    )
