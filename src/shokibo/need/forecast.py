"""The forecast of children in care, from the episodes as they stand on a day."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import Executor

from shokibo.calendar import month_end
from shokibo.ledger.model import Ledger
from shokibo.need.answers import Forecast, ScenarioForecast, YearForecast
from shokibo.need.arrays import Ints
from shokibo.need.assumptions import assumptions
from shokibo.need.backtest import backtest as tested
from shokibo.need.outlook import Outlook, of_group, outlook
from shokibo.need.refusals import NO_RECORD, CannotForecastError
from shokibo.need.scenarios import GROUPS, Group, Scenario
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
