"""Forecasts and proposals as they are stored, made by hand for the pages that show them."""

import datetime as dt
from collections.abc import Mapping

from msgspec.structs import replace

from shokibo.planning.proposal.answers import (
    Alternative,
    BindingLimit,
    Compared,
    ConflictingLimit,
    Gain,
    Objective,
    Proposal,
    ProposedAction,
    ProposedYear,
    YearChance,
)
from shokibo.planning.proposal.limits import Limits
from shokibo.web.accounts.models import Person
from shokibo.web.needs.asked import (
    PERCENTILES,
    ForecastAnswered,
    ForecastAsked,
    NeedAt,
    ProposalAsked,
    stored,
)
from shokibo.web.needs.computing import end
from shokibo.web.needs.grounds import TABLES_OF, digest_of, ledger_for
from shokibo.web.needs.models import Calculation
from shokibo.web.planning.models import Plan
from shokibo.web.register.models import Authority
from tests.need.answers import NOW, forecast
from tests.web.world import World

FORECAST = ForecastAsked(as_of=dt.date(2021, 9, 30), to_year=2026, paths=10_000, seed=1)
PROPOSAL = ProposalAsked(limits=Limits())
_ENDED = "2022-04-05T00:00Z"


def plan_of(authority: Authority) -> Plan:
    """Give an authority a plan of two years."""
    return Plan.objects.create(
        authority=authority,
        title="架空計画",
        baseline_on="2022-03-31",
        from_year=2022,
        to_year=2023,
    )


def made(world: World) -> Calculation:
    """Store a plan's document as a worker does."""
    person = world.people["officer"]
    one = Calculation.objects.create(
        authority=world.authority, kind="document", asked={}, asked_by=person
    )
    end(one.pk, "done", {"plan.docx": b"x"}, grounds="0" * 64, answer={"plan.docx": "0" * 64})
    return Calculation.objects.get(pk=one.pk)


def kept(
    authority: Authority,
    person: Person,
    asked: ForecastAsked | ProposalAsked,
    state: str = "done",
    answer: Proposal | ForecastAnswered | None = None,
    message: dict[str, str] | None = None,
) -> Calculation:
    """Store a calculation as it is now after the work on it."""
    kind = "forecast" if isinstance(asked, ForecastAsked) else "proposal"
    return Calculation.objects.create(
        authority=authority,
        kind=kind,
        state=state,
        asked=stored(asked),
        asked_by=person,
        answer=answer if answer is None else stored(answer),
        grounds=digest_of(ledger_for(kind, authority), TABLES_OF[kind]),
        ended_at=None if state == "waiting" else _ENDED,
        message=message or {},
    )


def answered(
    now: Mapping[str, int] = NOW, scenarios: dict[str, int] | None = None, *, tested: bool = True
) -> ForecastAnswered:
    """Return a forecast with a need of more children the higher the percentile."""
    made = forecast(now, scenarios, tested=tested)
    need = {
        percentile: [
            NeedAt(one.fiscal_year, "three_and_over", 60 + percentile // 10) for one in made.years
        ]
        for percentile in PERCENTILES
    }
    courses = {one.fiscal_year: {24: 1, 80: 3} for one in made.years}
    needs = {
        name: {one.fiscal_year: 60 + more for one in made.years}
        for name, more in (scenarios or {}).items()
    }
    return ForecastAnswered(made, need, courses, needs)


def our_forecast(world: World, forecast_of: ForecastAnswered | None = None) -> Calculation:
    """Store a forecast of OURS."""
    return kept(
        world.authority, world.people["officer"], FORECAST, answer=forecast_of or answered()
    )


def our_proposal(world: World, answer: Proposal | None = None) -> Calculation:
    """Store a proposal of OURS that is done."""
    person = world.people["officer"]
    return kept(world.authority, person, PROPOSAL, answer=answer or proposal())


OPENING = ProposedAction("h", 2022, "open", None, "community_home", 1, 5)
CLOSING = ProposedAction("h", 2023, "close", "u4", None, 1, None)
SMALLER = ProposedAction("h", 2022, "change_capacity", "u4", None, 1, 5)


def proposal(*actions: ProposedAction) -> Proposal:
    """Return a proposal that is proven, with an alternative of one action less."""
    chosen = list(actions or (OPENING, CLOSING))
    return Proposal(
        status="optimal",
        from_year=2022,
        to_year=2023,
        objectives=_objectives(5),
        actions=chosen,
        years=_years(24),
        planned=_years(20),
        reasons=["令和4年度に架空学園が5人のグループホームを1か所開きます。"],
        binding=[BindingLimit("openings_per_year", 2022, "令和4年度に新設の上限が効いています。")],
        conflict=[],
        alternatives=[Alternative(_objectives(6), [SMALLER], _years(23), ["新設しません。"])],
        gains=[Gain("budget", 3_000_000, "shortage", 2, 1, "不足が1人減ります。")],
        notes=["入所児童数が分からない施設があります。"],
    )


def compared_proposal() -> Proposal:
    """Return a proposal next to other limits, the courses of a forecast and a scenario."""
    return replace(
        proposal(),
        compared=[
            Compared("budget", 4_000_000, "optimal", [Objective("shortage", 3, 3, proven=True)]),
            Compared("openings_per_year", 0, "infeasible", []),
        ],
        chances=[YearChance(2022, 24, "83.4")],
        scenarios=["里親が増える"],
        first_steps=[OPENING],
        first_steps_in_words=["架空学園は、5人のグループホームを1か所開きます。"],
    )


def contradicting() -> Proposal:
    """Return limits of which no plan can keep all."""
    found = ConflictingLimit(
        "openings_per_year", 2022, None, 0, 1, True, "開設を年1か所にすると、計画ができます。"
    )
    return Proposal(
        status="infeasible",
        from_year=2022,
        to_year=2023,
        objectives=[],
        actions=[],
        years=[],
        planned=_years(20),
        reasons=[],
        binding=[],
        conflict=[found],
        alternatives=[],
        gains=[],
        notes=[],
    )


def _objectives(changes: int) -> list[Objective]:
    return [
        Objective("shortage", 2, 2, proven=True),
        Objective("group_homes_over_five", 0, 0, proven=True),
        Objective("places_outside_small_group_homes", 12, 12, proven=True),
        Objective("net_cost", 4_200_000, 4_200_000, proven=True),
        Objective("changes", changes, 3, proven=False),
    ]


def _years(places: int) -> list[ProposedYear]:
    return [
        ProposedYear(year, 12, places - 12, 2, places, 25, max(25 - places, 0), 0, 12, 1, 0, 0)
        for year in (2022, 2023)
    ]
