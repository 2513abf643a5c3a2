"""The forecast of children in care, from the episodes as they stand on a day."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np
import numpy.typing as npt

from shokibo.ledger.model import Ledger
from shokibo.need.answers import Forecast
from shokibo.need.scenarios import Group, Scenario
from shokibo.texts import Language

PATHS = 10_000
SEED = 1


def as_of_default(ledger: Ledger) -> dt.date:
    """Return the last day of the latest month in which an episode starts or ends.

    Raises CannotForecastError where there is no episode.
    """
    raise NotImplementedError


def forecast(
    ledger: Ledger,
    as_of: dt.date,
    to_year: int,
    *,
    paths: int = PATHS,
    seed: int = SEED,
    scenarios: Sequence[Scenario] = (),
    executor: Executor | None = None,
    backtest: bool = False,
    language: Language = "ja",
) -> Forecast:
    """Forecast each group at every fiscal year's end after `as_of`, up to that of `to_year`.

    Raises CannotForecastError, in words, where the record does not bear a forecast.
    """
    raise NotImplementedError


def drawn_counts(
    ledger: Ledger,
    as_of: dt.date,
    to_year: int,
    *,
    paths: int = PATHS,
    seed: int = SEED,
    executor: Executor | None = None,
) -> dict[int, dict[Group, npt.NDArray[np.int64]]]:
    """Return, by fiscal year and group, the children at its end in each path of `forecast`.

    Raises CannotForecastError as `forecast` does.
    """
    raise NotImplementedError
