"""Calculations: from the present rows to a stored answer."""

import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction

from shokibo.ledger.model import Ledger
from shokibo.need.adopting import need_at
from shokibo.need.arrays import Ints
from shokibo.need.estimate import estimate
from shokibo.need.forecast import draw, forecast, parts
from shokibo.need.refusals import CannotForecastError
from shokibo.planning.proposal.comparing import Comparisons, add_comparisons
from shokibo.planning.proposal.engine import Watch as Until
from shokibo.planning.proposal.errors import CannotProposeError
from shokibo.planning.proposal.proposing import propose
from shokibo.texts import Language
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.needs.asked import (
    PERCENTILES,
    ForecastAnswered,
    ForecastAsked,
    NeedAt,
    ProposalAsked,
    read,
    stored,
)
from shokibo.web.needs.grounds import TABLES_OF, digest_of, ledger_for
from shokibo.web.needs.making import MAKES, PARTS
from shokibo.web.needs.models import FILED, Calculation, CalculationFile
from shokibo.web.needs.watching import StoppedError, Watch, WatchedExecutor
from shokibo.web.register.models import Home
from shokibo.web.steps.frozen import digest
from shokibo.web.store.rules import own_law

_LANGUAGES: tuple[Language, ...] = ("ja", "en")
NO_FILES: Mapping[str, bytes] = MappingProxyType({})
_STOPPED = {
    "ja": "頼まれたので、計算を止めました。下のボタンで、やり直せます。",
    "en": "The calculation was stopped, as asked. The button below starts again.",
}


def compute(pk: int) -> None:
    """Compute a waiting calculation, and store its answer or why there is none."""
    calculation = Calculation.objects.select_related("authority").get(pk=pk)
    if calculation.is_queued and calculation.is_to_stop:
        end(pk, "failed", message=_STOPPED)
        return
    ledger = ledger_for(calculation.kind, calculation.authority)
    grounds = digest_of(ledger, TABLES_OF[calculation.kind])
    watch = Watch(calculation)
    try:
        files = _made(calculation, watch) if calculation.makes_files else NO_FILES
        answer = (
            {name: digest(content) for name, content in files.items()}
            if calculation.makes_files
            else stored(_WORKS[calculation.kind](calculation.asked, ledger, watch))
        )
    except (CannotForecastError, CannotProposeError) as error:
        message = {language: error.message(language) for language in _LANGUAGES}
        end(pk, "refused", grounds=grounds, message=message)
    except RefusedError as error:
        end(
            pk,
            "refused",
            grounds=grounds,
            message={language: error.text.say(language) for language in _LANGUAGES},
        )
    except StoppedError:
        end(pk, "failed", grounds=grounds, message=_STOPPED)
    else:
        end(pk, "done", files, grounds=grounds, answer=answer)


def _made(calculation: Calculation, watch: Watch) -> Mapping[str, bytes]:
    watch.stage("making")
    executor = WatchedExecutor(watch, PARTS[calculation.kind])
    return MAKES[calculation.kind](calculation.authority, executor)


def end(pk: int, state: str, files: Mapping[str, bytes] = NO_FILES, **values: Any) -> bool:
    """Store the outcome of a calculation if it still waits; return whether it did."""
    with transaction.atomic():
        found = Calculation.objects.select_for_update().get(pk=pk)
        if found.state != "waiting":
            return False
        values |= {"state": state, "ended_at": clock.now(), "version": found.version + 1}
        CalculationFile.objects.bulk_create(CalculationFile.of_contents(found, files))
        Calculation.objects.filter(pk=pk).update(**values)
    return True


def is_small(calculation: Calculation) -> bool:
    """Return whether a person can wait for it; files may be requested for many authorities."""
    if calculation.kind in FILED:
        return False
    if calculation.kind == "forecast":
        ledger = ledger_for("forecast", calculation.authority)
        return ledger["episodes"].height <= settings.FORECAST_AT_ONCE_EPISODES
    asked = read(calculation.asked, ProposalAsked)
    homes = Home.objects.filter(authority=calculation.authority).count()
    beyond = asked.alternatives or asked.gains or asked.compare or asked.scenarios
    return homes <= settings.PROPOSE_AT_ONCE_HOMES and not beyond


def _forecast(asked_of: Any, ledger: Ledger, watch: Watch) -> ForecastAnswered:
    asked = read(asked_of, ForecastAsked)
    pieces = parts(ledger, asked.as_of, asked.paths, len(asked.scenarios), backtest=True)
    executor = WatchedExecutor(watch, pieces)
    watch.stage("forecasting")
    drawn = draw(
        ledger, asked.as_of, asked.to_year, paths=asked.paths, seed=asked.seed, executor=executor
    )
    watch.stage("looking_back")
    found = forecast(
        ledger,
        drawn,
        scenarios=asked.scenarios,
        executor=executor,
        backtest=True,
        language=asked.language,
    )
    columns = ("fiscal_year", "age_band", "children")
    need = {
        percentile: [
            NeedAt(*row) for row in need_at(drawn.counts, percentile).select(columns).iter_rows()
        ]
        for percentile in PERCENTILES
    }
    return ForecastAnswered(
        found,
        need,
        {year: _counted(groups["three_and_over"]) for year, groups in drawn.counts.items()},
        {one.name: drawn.outlook.changed(one).expected_need for one in asked.scenarios},
    )


def _counted(children: Ints) -> dict[int, int]:
    """Count how many courses have each number of children."""
    numbers, courses = np.unique(children, return_counts=True)
    return dict(zip(numbers.tolist(), courses.tolist(), strict=True))


def _propose(asked_of: Any, ledger: Ledger, watch: Watch) -> Any:
    asked, law = read(asked_of, ProposalAsked), own_law(ledger)
    is_estimated = asked.of_need == "estimate"
    need = estimate(ledger, law).three_and_over if is_estimated else asked.need
    watch.stage("solving")
    found = propose(
        ledger,
        law,
        asked.limits,
        asked.language,
        need=need,
        alternatives=asked.alternatives,
        gains=asked.gains,
        time_limit=asked.time_limit,
        progress=watch.progress,
        stop=watch.stop,
    )
    watch.stage("comparing")
    drawn = {
        year: np.repeat(np.array([*counted]), np.array([*counted.values()]))
        for year, counted in asked.courses.items()
    }
    comparisons = Comparisons(asked.compare, drawn, asked.scenarios)
    until = Until(time.monotonic() + asked.time_limit, watch.stop)
    return add_comparisons(
        found, ledger, law, asked.limits, comparisons, until, asked.language, need
    )


_WORKS = {"forecast": _forecast, "proposal": _propose}
