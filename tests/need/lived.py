"""Records of episodes for the tests of the forecast."""

import datetime as dt
from functools import cache

import numpy as np
import polars as pl

from benchmarks.forecast import RECORD, world_of
from benchmarks.worlds import BURN_IN, START
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.need.lives import Lives, lives

NOW = dt.date(2000 + (BURN_IN // 12) + RECORD, 3, 31)
"""The last day of a world's record."""

Row = tuple[str, dt.date, str, dt.date, dt.date | None]
COLUMNS = ("child_code", "birth_month", "place", "started_on", "ended_on")


def episodes(*rows: Row) -> pl.DataFrame:
    """Make a table of episodes: child, month of birth, place, first and last day."""
    days = dict.fromkeys(("birth_month", "started_on", "ended_on"), pl.Date)
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row", schema_overrides=days)
    return frame.with_columns(authority_code=pl.lit("131121"))


def lives_of(as_of: dt.date, *rows: Row) -> Lives:
    """Make lives of rows that have some."""
    found = lives(episodes(*rows), as_of)
    assert found is not None
    return found


@cache
def invented(seed: int) -> pl.DataFrame:
    """Return the episodes of an invented authority up to `NOW`."""
    return world_of(seed).episodes(START + BURN_IN)


@cache
def ledger(seed: int) -> Ledger:
    """Return the ledger of an invented authority."""
    return ledger_of({"episodes": invented(seed)})


@cache
def invented_lives(seed: int) -> Lives:
    """Return the lives of an invented authority as of `NOW`."""
    return lives_of(NOW, *invented(seed).select(COLUMNS).iter_rows())


def random() -> np.random.Generator:
    """Return a seeded source."""
    return np.random.default_rng(7)
