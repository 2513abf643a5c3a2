"""The forecast of children in care, from the episodes known on a day."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from shokibo.calendar import month_end
from shokibo.ledger.model import Ledger
from shokibo.need.answers import Forecast, ScenarioForecast
from shokibo.need.arrays import Ints
from shokibo.need.assumptions import assumptions
from shokibo.need.backtest import PATHS as TESTED_PATHS
from shokibo.need.backtest import backtest as tested
from shokibo.need.backtest import origins_of
from shokibo.need.lives import lives
from shokibo.need.outlook import Outlook, of_group, outlook
from shokibo.need.paths import blocks
from shokibo.need.refusals import NO_RECORD, CannotForecastError
from shokibo.need.scenarios import GROUPS, Group, Scenario
from shokibo.texts import Language

PATHS = 10_000
SEED = 1


def as_of_default(ledger: Ledger) -> dt.date:
    """Return the last day of the latest month in which an episode starts or ends.

    Raises CannotForecastError if there is no episode.
    """
    rows = ledger["episodes"]
    days = [day for name in ("started_on", "ended_on") for day in rows[name].drop_nulls()]
    if not days:
        raise CannotForecastError(NO_RECORD)
    return month_end(max(days))


@dataclass(frozen=True)
class Drawn:
    """Courses drawn from what is known on a day; `courses` are by course, year and place."""

    as_of: dt.date
    outlook: Outlook
    courses: Ints
    seed: int

    @property
    def counts(self) -> dict[int, dict[Group, Ints]]:
        """The children at each fiscal year's end in each course, by year and group."""
        return {
            year: {group: of_group(self.courses[:, nth], group) for group in GROUPS}
            for nth, year in enumerate(self.outlook.years)
        }


def parts(
    ledger: Ledger, as_of: dt.date, paths: int, scenarios: int, *, backtest: bool = False
) -> int:
    """Return how many parts of a forecast with this many scenarios go to an executor."""
    found = lives(ledger["episodes"], as_of) if backtest else None
    looked_back = len(origins_of(found)) * blocks(TESTED_PATHS) if found else 0
    return blocks(paths) * (1 + scenarios) + looked_back


def draw(
    ledger: Ledger,
    as_of: dt.date,
    to_year: int,
    *,
    paths: int = PATHS,
    seed: int = SEED,
    executor: Executor | None = None,
) -> Drawn:
    """Draw courses up to the end of a fiscal year from the episodes known on a day.

    Raises CannotForecastError, with a reason, if the record can't support a forecast.
    """
    made = outlook(ledger["episodes"], as_of, to_year)
    return Drawn(as_of, made, made.courses(paths, seed, executor), seed)


def forecast(
    ledger: Ledger,
    drawn: Drawn,
    *,
    scenarios: Sequence[Scenario] = (),
    executor: Executor | None = None,
    backtest: bool = False,
    language: Language = "ja",
) -> Forecast:
    """Forecast each group at every fiscal year's end from the courses drawn from a ledger."""
    made, paths, seed = drawn.outlook, len(drawn.courses), drawn.seed
    changed = [(one, made.changed(one)) for one in scenarios]
    return Forecast(
        as_of=drawn.as_of,
        known=made.known,
        years=made.answered(drawn.courses),
        paths=paths,
        seed=seed,
        backtest=tested(ledger["episodes"], made.future.lives, seed, executor)
        if backtest
        else None,
        assumptions=assumptions(language),
        scenarios=[
            ScenarioForecast(one.name, other.answered(other.courses(paths, seed, executor)))
            for one, other in changed
        ],
    )
