"""The forecast of children in care, from the episodes as they stand on a day."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np

from shokibo.calendar import month_end
from shokibo.ledger.model import Ledger
from shokibo.need.answers import Forecast, ScenarioForecast, YearForecast
from shokibo.need.arrays import Floats, Ints
from shokibo.need.assumptions import assumptions
from shokibo.need.backtest import backtest as tested
from shokibo.need.lives import AGES, age_band
from shokibo.need.outlook import Outlook, of_group, outlook
from shokibo.need.refusals import NO_RECORD, CannotForecastError
from shokibo.need.scenarios import GROUPS, PLACES, Group, Scenario
from shokibo.texts import Language

PATHS = 10_000
SEED = 1


def as_of_default(ledger: Ledger) -> dt.date:
    """Return the last day of the latest month in which an episode starts or ends.

    Raises CannotForecastError where there is no episode.
    """
    rows = ledger["episodes"]
    days = [day for name in ("started_on", "ended_on") for day in rows[name].drop_nulls()]
    if not days:
        raise CannotForecastError(NO_RECORD)
    return month_end(max(days))


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
    made = outlook(ledger["episodes"], as_of, to_year)

    def answered(one: Outlook) -> list[YearForecast]:
        return one.answered(one.courses(paths, seed, executor))

    return Forecast(
        as_of=as_of,
        known=made.known,
        years=answered(made),
        paths=paths,
        seed=seed,
        backtest=tested(ledger["episodes"], made.future.lives, seed, executor)
        if backtest
        else None,
        assumptions=assumptions(language),
        scenarios=[
            ScenarioForecast(scenario.name, answered(made.changed(scenario)))
            for scenario in scenarios
        ],
    )


def drawn_counts(
    ledger: Ledger,
    as_of: dt.date,
    to_year: int,
    *,
    paths: int = PATHS,
    seed: int = SEED,
    executor: Executor | None = None,
) -> dict[int, dict[Group, Ints]]:
    """Return, by fiscal year and group, the children at its end in each path of `forecast`.

    Raises CannotForecastError as `forecast` does.
    """
    made = outlook(ledger["episodes"], as_of, to_year)
    courses = made.courses(paths, seed, executor)
    return {
        year: {group: of_group(courses[:, nth], group) for group in GROUPS}
        for nth, year in enumerate(made.years)
    }


def need_of_quantile(
    ledger: Ledger,
    as_of: dt.date,
    to_year: int,
    quantile: int,
    *,
    paths: int = PATHS,
    seed: int = SEED,
    executor: Executor | None = None,
) -> dict[int, dict[str, int]]:
    """Return the need by fiscal year and age band (`AGE_BANDS`): a percentile of the paths.

    Under 3 stands for infant homes. Those in children's homes are split at school age as is
    expected, so that both parts together are the percentile.
    """
    made = outlook(ledger["episodes"], as_of, to_year)
    courses = made.courses(paths, seed, executor)
    least = np.percentile(courses, quantile, axis=0, method="inverted_cdf").astype(int)
    home, infant = PLACES.index("children_home"), PLACES.index("infant_home")
    need = {}
    for nth, year in enumerate(made.years):
        children = int(least[nth, home])
        preschool = round(children * _before_school(made, nth))
        need[year] = {
            "under_3": int(least[nth, infant]),
            "preschool": preschool,
            "school_age": children - preschool,
        }
    return need


def _before_school(made: Outlook, nth: int) -> float:
    """Return the share of those before school among the children's homes' expected children."""
    of_birth: Floats = made.expected[nth, :, PLACES.index("children_home")]
    bands = age_band(made.births, np.array(made.future.months[nth]))
    share = of_birth[bands <= AGES.index("preschool")].sum() / max(of_birth.sum(), 1e-9)
    return float(share)
