"""Housing leads compared with the openings of a plan, by fiscal year."""

from collections.abc import Iterator

import polars as pl

from shokibo import calendar
from shokibo.ledger.checks.located import findings_at
from shokibo.ledger.findings import Finding
from shokibo.ledger.raw import ROW
from shokibo.planning import plan_findings as say
from shokibo.planning.plan import Plan
from shokibo.planning.spans import of_authorities

SECURED = ("negotiating", "contracted", "opened")
"""The states in which a lead counts towards a planned opening."""


def openings(plan: Plan) -> pl.DataFrame:
    """Return the group homes that the plan opens: authority_code, fiscal_year, openings, `_row`.

    `_row` is that of the year's first opening in the actions.
    """
    return (
        plan.events.units.filter((pl.col("place") == "group_home") & pl.col("born").is_not_null())
        .group_by("authority_code", fiscal_year="born")
        .agg(openings=pl.col("count").sum(), **{ROW: pl.col("opened_by").min()})
    )


def housing_short(plan: Plan) -> Iterator[Finding]:
    """Find years beginning within twelve months that have fewer secured leads than openings.

    The twelve months run from the latest day in the authority's leads; without leads nothing is
    found.
    """
    leads = of_authorities(plan.ledger, "housing")
    known = leads.group_by("authority_code").agg(as_of=pl.col("state_on").max())
    secured = (
        leads.filter(pl.col("state").is_in(SECURED))
        .group_by("authority_code", fiscal_year="planned_year")
        .agg(leads=pl.len())
    )
    begins = pl.date(pl.col("fiscal_year"), calendar.FIRST_MONTH, 1)
    short = (
        openings(plan)
        .join(known, on="authority_code")
        .join(secured, on=["authority_code", "fiscal_year"], how="left")
        .with_columns(pl.col("leads").fill_null(0))
        .filter(
            (begins > pl.col("as_of"))
            & (begins <= pl.col("as_of").dt.offset_by("1y"))
            & (pl.col("leads") < pl.col("openings"))
        )
        .sort(ROW)
    )
    yield from findings_at(plan.ledger, say.HOUSING_SHORT, "actions", "fiscal_year", short)
