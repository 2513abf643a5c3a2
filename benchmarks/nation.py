"""Synthetic nations: ledgers of any size with made-up homes, plausible and the same for a seed.

Every name and reason is marked 架空 or 合成, authority codes are no real authority's, and
corporate numbers are left blank, so that nothing can be taken for a fact about anyone.
`python -m benchmarks.nation --seed 1 -o FOLDER` writes one as Parquet files.
"""

import argparse
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks import nation_addons, nation_planning, nation_register, nation_staff
from benchmarks.dice import Dice
from shokibo.ledger.columns import Table
from shokibo.ledger.model import ledger_of
from shokibo.ledger.tables import BY_NAME
from shokibo.ledger.writing import write_folder


def nation(
    seed: int,
    authorities: int = 80,
    homes: int = 610,
    units: int = 3000,
    postings: int = 15000,
    first_year: int = 2015,
    years: int = 10,
) -> dict[str, pl.DataFrame]:
    """Return the ledger tables of a nation, with the declared columns and types.

    `postings` is the number of rows of staff. Raises ValueError if they are too few for the
    units (about 3.5 a unit are needed), or units fewer than homes, or homes than authorities.
    """
    size = nation_register.Size(authorities, homes, units, postings, first_year, years)
    dice = Dice(np.random.default_rng(seed))
    of_homes = nation_register.draw_homes(dice, size)
    of_units = nation_register.draw_units(dice, size)
    lasting = nation_staff.draw_lasting(dice, of_units)
    places = nation_planning.places(size, of_homes, of_units)
    frames = {
        "authorities": nation_register.authorities(size),
        "homes": nation_register.homes(of_homes),
        "units": nation_register.units(of_units),
        "capacities": nation_register.capacities(of_units),
        "staff": nation_staff.staff(dice, size, of_homes, of_units, lasting),
        "confirmations": nation_addons.confirmations(dice, size, of_homes),
        "applications": nation_addons.applications(dice, size, of_homes, of_units, lasting),
        "plan": nation_planning.plan(size),
        "actions": nation_planning.actions(dice, size, of_homes, of_units),
        "need": nation_planning.need(dice, size, places),
        "targets": nation_planning.targets(size),
        "occupancy": nation_planning.occupancy(size, places),
        "costs": nation_planning.costs(dice, size),
    }
    frames["absences"] = nation_staff.absences(dice, frames["staff"], first_year, years)
    return {name: _declared(frame, BY_NAME[name]) for name, frame in frames.items()}


def _declared(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Bring a frame to the declared columns and types; a column left out is blank."""
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in table.schema.items()
    )


def main() -> None:
    """Write a nation to a folder."""
    parser = argparse.ArgumentParser(description="Write a synthetic nation as Parquet files.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    frames = nation(options.seed)
    write_folder(ledger_of(frames), options.output, "parquet")
    for name, frame in frames.items():
        print(f"{name}: {frame.height} rows")


if __name__ == "__main__":
    main()
