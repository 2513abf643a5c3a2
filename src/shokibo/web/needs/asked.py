"""The questions and answers of calculations, as the database holds them."""

import datetime as dt
from typing import Any, Literal, TypeVar

import msgspec

from shokibo.need.answers import Forecast
from shokibo.need.scenarios import Scenario
from shokibo.planning.proposal.answers import Proposal
from shokibo.planning.proposal.comparing import Comparable
from shokibo.planning.proposal.limits import Limits
from shokibo.texts import Language

NeedOf = Literal["ledger", "estimate", "forecast"]
PERCENTILES = (50, 60, 70, 80, 90, 95)
"""The percentiles of a forecast's courses at which a need can be taken."""
Asked = TypeVar("Asked", bound=msgspec.Struct)


class ForecastAsked(msgspec.Struct, frozen=True, kw_only=True):
    """The question of a forecast: the arguments of `need.forecast.forecast`."""

    as_of: dt.date
    to_year: int
    paths: int
    seed: int
    scenarios: tuple[Scenario, ...] = ()
    language: Language = "ja"


class NeedAt(msgspec.Struct, frozen=True):
    """The need of an age band in a fiscal year, as the plan's table holds it."""

    fiscal_year: int
    age_band: str
    children: int


class ForecastAnswered(msgspec.Struct, frozen=True):
    """A forecast, and the need that follows from it.

    `need` is by percentile. Of children of three and over: `courses` holds by fiscal year and
    number of children how many courses have so many; `scenarios` by name and fiscal year how many
    are expected.
    """

    forecast: Forecast
    need: dict[int, list[NeedAt]]
    courses: dict[int, dict[int, int]] = {}
    scenarios: dict[str, dict[int, int]] = {}


class ProposalAsked(msgspec.Struct, frozen=True, kw_only=True):
    """The question of a proposal: the arguments of `planning.proposal.propose`.

    `of_need` says whose need is met. Of a forecast, `forecast` is its key, `percentile` at which of
    its courses, `need` the children of three and over by year that it gives there, and `courses`
    those of its answer. `scenarios` are those of a forecast's answer. `compare` are limits, each
    with another number of it.
    """

    limits: Limits
    of_need: NeedOf = "ledger"
    forecast: int | None = None
    percentile: int | None = None
    need: dict[int, int] | None = None
    courses: dict[int, dict[int, int]] = {}
    scenarios: dict[str, dict[int, int]] = {}
    compare: tuple[tuple[Comparable, int], ...] = ()
    alternatives: int = 0
    gains: bool = False
    time_limit: int = 60
    language: Language = "ja"


def stored(value: msgspec.Struct) -> Any:
    """Convert a question or answer to JSON values."""
    return msgspec.to_builtins(value, str_keys=True)


def read(value: Any, kind: type[Asked]) -> Asked:
    """Read stored JSON values."""
    return msgspec.convert(value, kind, str_keys=True)


def proposal_of(answer: Any) -> Proposal:
    """Read the answer of a proposal."""
    return read(answer, Proposal)


def forecast_of(answer: Any) -> ForecastAnswered:
    """Read the answer of a forecast."""
    return read(answer, ForecastAnswered)
