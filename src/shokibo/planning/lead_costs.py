"""What a single lead brings into the budget of the year in which it opens, subsidies included."""

from typing import Any

import polars as pl

from shokibo.planning.budget import Budget, budget
from shokibo.planning.events import Events
from shokibo.planning.leads import INITIAL_COSTS, RENT, OwnAmounts
from shokibo.planning.plan import Plan


def budget_of_lead(plan: Plan, lead_id: str) -> Budget | None:
    """Compute the budget of one group home, a lead, in the year for which it is planned.

    The amounts are the lead's own; a blank one is the cost per home. None without such a year.
    What is eligible and how revenue is rounded is of this home alone; the plan's budget limits and
    rounds all homes of a year together.
    """
    leads = plan.ledger["housing"].filter(pl.col("lead_id") == lead_id)
    lead: dict[str, Any] = leads.row(0, named=True)
    year = lead["planned_year"]
    if year is None:
        return None
    own = OwnAmounts(1, {column: lead[column] for column in (*INITIAL_COSTS, RENT)})
    costs = plan.ledger["costs"].filter(pl.col("basis") == "opened_home")
    return budget(costs, _one_home(plan.events, year), year, year, [], {year: own})


def _one_home(events: Events, year: int) -> Events:
    """Return the events of one group home that opens in a year."""
    home = {"kind": "community_home", "place": "group_home", "count": 1, "born": year}
    units = pl.concat([events.units.clear(), pl.DataFrame([home])], how="diagonal_relaxed")
    return Events(units, events.changes.clear(), events.void.clear())
