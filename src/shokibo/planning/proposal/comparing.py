"""A proposal compared with others: other numbers of a limit, other courses of the need."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.plan import Plan
from shokibo.planning.proposal.answers import (
    Compared,
    Proposal,
    ProposedAction,
    ProposedYear,
    YearChance,
)
from shokibo.planning.proposal.checker import with_proposed
from shokibo.planning.proposal.engine import Watch
from shokibo.planning.proposal.limits import Limits
from shokibo.planning.proposal.proposing import Case, Chosen, choose, open_case, status_of
from shokibo.planning.proposal.refusing import refuse
from shokibo.planning.proposal.situation import priced_years
from shokibo.planning.proposal.words import sentences_of
from shokibo.rounding import fixed
from shokibo.texts import Language, Text
from shokibo.wording import fill

Ints = npt.NDArray[np.int64]
Need = Mapping[int, int]
"""Children of three and over by fiscal year."""
Comparable = Literal["budget", "openings_per_year"]
"""Limits for which other numbers are compared: budgets, paces."""


@dataclass(frozen=True)
class Comparisons:
    """What a proposal is compared with.

    numbers: limits, each with another number for it.
    drawn: the children of three and over in each course of a forecast, by fiscal year.
    scenarios: the need in each scenario, by name.
    """

    numbers: Sequence[tuple[Comparable, int]] = ()
    drawn: Mapping[int, Ints] = field(default_factory=dict)
    scenarios: Mapping[str, Need] = field(default_factory=dict)


def add_comparisons(
    found: Proposal,
    ledger: Ledger,
    law: Law,
    limits: Limits,
    comparisons: Comparisons,
    watch: Watch,
    language: Language,
    need: Need | None = None,
) -> Proposal:
    """Add its comparisons to a proposal for a need.

    Its notes name what there was no time for, and scenarios in which no plan is possible. Raises
    CannotProposeError if the ledger lacks what another limit refers to.
    """
    others = [replace(limits, **{str(limit): number}) for limit, number in comparisons.numbers]
    cases = [_opened(ledger, law, one, need) for one in others]
    cases += [_opened(ledger, law, limits, one) for one in comparisons.scenarios.values()]
    solved = _solved(cases, watch)
    in_scenarios = dict(zip(comparisons.scenarios, solved[len(others) :], strict=True))
    plans = [one.actions for one in in_scenarios.values() if isinstance(one, Chosen)]
    common = []
    if plans and len(plans) == len(in_scenarios):
        common = first_steps(found.from_year, [found.actions, *plans])
    return replace(
        found,
        compared=[
            _compared(limit, number, one)
            for (limit, number), one in zip(comparisons.numbers, solved, strict=False)
            if one != "late"
        ],
        chances=chances(found.years, comparisons.drawn),
        scenarios=list(in_scenarios),
        first_steps=common,
        first_steps_in_words=_in_words(cases[-1].plan, common, language) if common else [],
        notes=[*found.notes, *_notes(solved[: len(others)], in_scenarios, language)],
    )


_Solution = Chosen | Literal["infeasible", "late"]


def _opened(ledger: Ledger, law: Law, limits: Limits, need: Need | None) -> Case:
    case = open_case(ledger, law, limits, need)
    refuse(case.situation, limits, priced_years(case.plan, case.situation.years))
    return case


def _solved(cases: Sequence[Case], watch: Watch) -> list[_Solution]:
    """Solve each within its share of the remaining time."""
    found: list[_Solution] = []
    for index, case in enumerate(cases):
        try:
            chosen = choose(case, case.demands, watch.share(1 / (len(cases) - index)))
        except TimeoutError:
            found.append("late")
        else:
            found.append(chosen or "infeasible")
    return found


def _compared(limit: Comparable, number: int, solved: _Solution) -> Compared:
    objectives = solved.objectives if isinstance(solved, Chosen) else []
    return Compared(limit, number, status_of(objectives), objectives)


def chances(years: Iterable[ProposedYear], drawn: Mapping[int, Ints]) -> list[YearChance]:
    """Return how often the places of each year suffice; `drawn` is the need in each path."""
    return [
        YearChance(year.fiscal_year, year.places, _per_cent(year.places, drawn[year.fiscal_year]))
        for year in years
        if year.fiscal_year in drawn
    ]


def _per_cent(places: int, needs: Ints) -> str:
    enough = int((needs <= places).sum())
    return fixed(Fraction(enough * 100, len(needs)), 1)


def first_steps(year: int, plans: Iterable[Iterable[ProposedAction]]) -> list[ProposedAction]:
    """Return the actions of a year common to all plans, as often as every plan has them."""
    first, *others = (_counts(year, actions) for actions in plans)
    for other in others:
        first &= other
    return [replace(one, count=count) for one, count in first.items()]


def _counts(year: int, actions: Iterable[ProposedAction]) -> Counter[ProposedAction]:
    found: Counter[ProposedAction] = Counter()
    for one in actions:
        if one.fiscal_year == year:
            found[replace(one, count=1)] += one.count
    return found


def _in_words(plan: Plan, actions: Sequence[ProposedAction], language: Language) -> list[str]:
    """Describe what the actions of one year do, by home."""
    ledger = with_proposed(plan.ledger, actions, keep_actions=False)
    return sentences_of(Plan(ledger, plan.law, plan.spans), actions[0].fiscal_year, language)


_LATE = Text(
    "時間が足りず、条件を変えた案のうち{count}件は調べていません。制限時間を延ばすと調べます。",
    "There was no time for {count} of the other limits; allow more time.",
)
_LATE_SCENARIOS = Text(
    "時間が足りず、場合分け「{names}」の計画を調べていません。どの場合でも行う取組は示せません。",
    "There was no time for the scenarios {names}, so no actions common to all can be shown.",
)
_WITHOUT_PLAN = Text(
    "場合分け「{names}」では条件が両立せず、計画がありません。どの場合でも行う取組は示せません。",
    "In the scenarios {names} no plan meets the limits, so no actions are common to all.",
)


def _notes(
    compared: Sequence[_Solution], in_scenarios: Mapping[str, _Solution], language: Language
) -> list[str]:
    """Name what there was no time for, and the scenarios without a plan."""
    late = [name for name, one in in_scenarios.items() if one == "late"]
    without = [name for name, one in in_scenarios.items() if one == "infeasible"]
    words = (
        (_LATE, {"count": compared.count("late")}),
        (_LATE_SCENARIOS, {"names": late}),
        (_WITHOUT_PLAN, {"names": without}),
    )
    return [fill(text, language, values) for text, values in words if all(values.values())]
