"""From the ledger's frames to a simulation of OpenFisca, as directly as possible.

Codes become numbers, each posting's unit is found, and what OpenFisca has no rule for is given to
it: the month's capacity, the confirmations that hold, who has two postings at once.
"""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import polars as pl
from openfisca_core.indexed_enums import EnumArray, EnumType
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from benchmarks.openfisca_country import (
    FAR_FUTURE,
    FAR_PAST,
    UNKNOWN,
    Array,
    Job,
    Kind,
    Outcome,
    Role,
)

Frames = Mapping[str, pl.DataFrame]
ITEMS = ("early_return", "training", "long_term_plan")


def simulation(system: TaxBenefitSystem, frames: Frames, day: dt.date, month: str) -> Simulation:
    """Return a simulation with all inputs set, units in the ledger's order."""
    units = frames["units"].select("unit_id", "home_id", "kind").with_row_index("unit")
    staff = frames["staff"].join(units.select("unit_id", "unit"), on="unit_id")
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.populations["posting"].count = staff.height
    builder.populations["unit"].count = units.height
    builder.populations["unit"].members_entity_id = staff["unit"].cast(pl.Int64).to_numpy()
    built = builder.build(system)
    inputs = _of_postings(staff, frames["staff"], day) | _of_units(units, frames, day)
    for name, values in inputs.items():
        built.set_input(name, month, values)
    return built


def _of_postings(staff: pl.DataFrame, every: pl.DataFrame, day: dt.date) -> dict[str, Array]:
    days = every.select("staff_id", "started_on", "ended_on")
    several = _repeated(_holding(days, day, "started_on", "ended_on")["staff_id"])
    return {
        "job": _codes(Job, staff["job"]),
        "role": _codes(Role, staff["role"]),
        "full_time": (staff["employment"] == "full_time").to_numpy(),
        "several_postings": staff["staff_id"].is_in(several.implode()).to_numpy(),
        "weekly_seconds": staff["weekly_hours"].fill_null(0).to_numpy(),
        "full_time_seconds": staff["full_time_weekly_hours"].fill_null(0).to_numpy(),
        "dedicated": staff["dedicated"].to_numpy(),
        "main_rota": staff["main_rota"].to_numpy(),
        "started_on": staff["started_on"].fill_null(FAR_PAST).to_numpy(),
        "ended_on": staff["ended_on"].fill_null(FAR_FUTURE).to_numpy(),
    }


def _repeated(names: pl.Series) -> pl.Series:
    """Return names that occur twice; hashes quickly narrow down the candidates."""
    hashes = names.hash()
    ordered = hashes.sort()
    perhaps = names.filter(hashes.is_in(ordered.filter(ordered == ordered.shift()).implode()))
    return perhaps.filter(perhaps.is_duplicated())


def _holding(frame: pl.DataFrame, day: dt.date, first: str, last: str) -> pl.DataFrame:
    """Keep the rows that hold on the day."""
    begun = pl.col(first).is_null() | (pl.col(first) <= day)
    return frame.filter(begun & (pl.col(last).is_null() | (pl.col(last) >= day)))


def _of_units(units: pl.DataFrame, frames: Frames, day: dt.date) -> dict[str, Array]:
    capacity = (
        frames["capacities"]
        .filter(pl.col("effective_from") <= day)
        .sort("effective_from")
        .unique("unit_id", keep="last")
    )
    sized = units.join(capacity, on="unit_id", how="left", maintain_order="left")
    confirmed = _holding(frames["confirmations"], day, "holds_from", "expires_on")
    return {
        "kind": _codes(Kind, units["kind"]),
        "capacity": sized["capacity"].fill_null(UNKNOWN).to_numpy(),
        **{item: _requirement(units, confirmed, item) for item in ITEMS},
    }


def _requirement(units: pl.DataFrame, confirmed: pl.DataFrame, item: str) -> Array:
    """Return for each unit the result of its home's latest confirmation of an item."""
    latest = (
        confirmed.filter(pl.col("item") == item)
        .sort("confirmed_on")
        .unique("home_id", keep="last")
        .select("home_id", outcome=pl.col("result").fill_null(value=True))
    )
    outcome = units.join(latest, on="home_id", how="left", maintain_order="left")["outcome"]
    words = outcome.replace_strict(
        {True: "met", False: "not_met"}, default="cannot_judge", return_dtype=pl.String
    )
    return _codes(Outcome, words)


def _codes(codes: EnumType, names: pl.Series) -> Array:
    places = names.cast(pl.Enum([code.name for code in codes])).to_physical()
    array: Array = EnumArray(places.to_numpy().astype(np.int16), codes)
    return array
