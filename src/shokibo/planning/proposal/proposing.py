"""The proposal of one authority's plan, whole."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.plan import Plan
from shokibo.planning.proposal import alternatives as others
from shokibo.planning.proposal.answers import (
    Alternative,
    Gain,
    Objective,
    Proposal,
    ProposedAction,
    ProposedYear,
    Status,
)
from shokibo.planning.proposal.checker import Checked, check, with_proposed, year_rows
from shokibo.planning.proposal.choosing import actions_of
from shokibo.planning.proposal.conflicts import conflict_of
from shokibo.planning.proposal.demands import Demands, demands_of
from shokibo.planning.proposal.engine import Watch
from shokibo.planning.proposal.errors import CannotProposeError
from shokibo.planning.proposal.gains import EASED, gain_in_words
from shokibo.planning.proposal.levels import OnProgress, Solved, solve
from shokibo.planning.proposal.limiting import limited_model
from shokibo.planning.proposal.limits import Limits
from shokibo.planning.proposal.refusing import refuse
from shokibo.planning.proposal.situation import (
    Situation,
    open_plan,
    priced_years,
    situation_of,
)
from shokibo.planning.proposal.words import (
    binding,
    differences,
    leads_left_aside,
    note_of_main,
    notes,
    reasons,
)
from shokibo.texts import Language

TIME_LIMIT = 60.0
_SHARE = 0.5
"""The part of the time for the proposal itself if other plans are asked for too."""


@dataclass(frozen=True)
class Case:
    """What is asked: the ledger's plan over the years, what it starts from, and the demands."""

    plan: Plan
    situation: Situation
    demands: Demands
    keep_actions: bool

    def adopted(self, actions: Sequence[ProposedAction]) -> Plan:
        """Return the plan with proposed actions."""
        ledger = with_proposed(self.plan.ledger, actions, keep_actions=self.keep_actions)
        return Plan(ledger, self.plan.law, self.plan.spans)

    def check(self, actions: Sequence[ProposedAction], demands: Demands) -> Checked:
        """Check actions with the core."""
        kept = self.plan.ledger["actions"].height if self.keep_actions else 0
        return check(self.adopted(actions), actions, self.situation, demands, kept)


@dataclass(frozen=True)
class Chosen:
    """A solution as actions, and the core's check of them."""

    actions: list[ProposedAction]
    checked: Checked
    objectives: list[Objective]


def open_case(
    ledger: Ledger, law: Law, limits: Limits, need: Mapping[int, int] | None = None
) -> Case:
    """Open what is asked, with costs per home, not by leads. Raises CannotProposeError."""
    priced = replace(ledger, tables={**ledger.tables, "housing": ledger["housing"].clear()})
    plan, years = open_plan(priced, law, limits)
    nothing = with_proposed(priced, [], keep_actions=limits.keep_actions)
    start = Plan(nothing, law, plan.spans)
    situation = situation_of(plan, start, years, plan.need if need is None else need)
    return Case(plan, situation, demands_of(limits, situation), limits.keep_actions)


def propose(
    ledger: Ledger,
    law: Law,
    limits: Limits,
    language: Language,
    *,
    need: Mapping[int, int] | None = None,
    alternatives: int = 0,
    gains: bool = False,
    time_limit: float = TIME_LIMIT,
    progress: OnProgress = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Proposal:
    """Choose the actions of one authority's plan.

    `need` is the children of three and over by fiscal year; None: the ledger's. When `stop` says
    so, or after `time_limit` seconds, the best plan so far is returned, as `feasible`. Raises
    CannotProposeError, with a reason, if the ledger lacks what the limits refer to.
    """
    watch = Watch(time.monotonic() + time_limit, stop)
    case = open_case(ledger, law, limits, need)
    priced = priced_years(case.plan, case.situation.years)
    refuse(case.situation, limits, priced)
    remarks = notes(case.plan, case.situation, case.demands, priced, language)
    remarks += leads_left_aside(ledger, language)
    planned = year_rows(case.plan, case.situation.years, case.situation.need)
    whole = watch if not (alternatives or gains) else watch.share(_SHARE)
    try:
        chosen = choose(case, case.demands, whole, progress)
        if chosen is None:
            return _contradicting(case, planned, remarks, watch, language)
    except TimeoutError as error:
        raise CannotProposeError("stopped" if stop() else "no_time") from error
    adopted, years = case.adopted(chosen.actions), chosen.checked.years
    return Proposal(
        status=status_of(chosen.objectives),
        from_year=case.situation.years[0],
        to_year=case.situation.last,
        objectives=chosen.objectives,
        actions=chosen.actions,
        years=years,
        planned=planned,
        reasons=reasons(adopted, years, language),
        binding=binding(adopted, chosen.actions, years, case.situation, case.demands, language),
        conflict=[],
        alternatives=list(_alternatives(case, chosen, alternatives, watch, language)),
        gains=list(_gained(case, chosen, watch, language)) if gains else [],
        notes=[*note_of_main(adopted, case.situation, language), *remarks],
    )


def status_of(objectives: Sequence[Objective]) -> Status:
    """Return the status of a solution; without objectives the limits contradict each other."""
    if not objectives:
        return "infeasible"
    return "optimal" if all(one.proven for one in objectives) else "feasible"


def choose(
    case: Case, demands: Demands, watch: Watch, progress: OnProgress = lambda _: None
) -> Chosen | None:
    """Solve under demands; None if they contradict each other."""
    model = limited_model(case.situation, demands)
    solved = solve(model, watch, progress)
    if solved is None:
        return None
    actions = actions_of(model, solved.values)
    checked = case.check(actions, demands)
    return Chosen(actions, checked, objectives_of(solved, checked))


def objectives_of(solved: Solved, checked: Checked) -> list[Objective]:
    """Return the objectives: proven as long as value and bound meet, and the core agrees."""
    proven, found = checked.kept, []
    for level in solved.levels:
        value = checked.values[level.name]
        proven = proven and value == level.value == level.bound
        found.append(Objective(level.name, value, level.bound, proven))
    return found


def _alternatives(
    case: Case, chosen: Chosen, count: int, watch: Watch, language: Language
) -> Iterator[Alternative]:
    proposed, years = case.adopted(chosen.actions), case.situation.years
    found = others.alternatives(
        case.situation, case.demands, chosen.objectives, chosen.actions, count, watch
    )
    for actions in found:
        checked = case.check(actions, case.demands)
        if checked.kept:
            objectives = [
                Objective(one.name, checked.values[one.name], one.bound, proven=False)
                for one in chosen.objectives
            ]
            differing = differences(case.adopted(actions), proposed, years, language)
            yield Alternative(objectives, actions, checked.years, differing)


def _gained(case: Case, chosen: Chosen, watch: Watch, language: Language) -> Iterator[Gain]:
    """Solve again with one more unit of each limit, and describe what improves."""
    limits = [limit for limit in EASED if limit in case.demands.numbers]
    before = {one.name: one.value for one in chosen.objectives}
    for index, limit in enumerate(limits):
        number = case.demands.numbers[limit] + EASED[limit]
        eased = case.demands.changed(limit, number)
        try:
            found = choose(case, eased, watch.share(1 / (len(limits) - index)))
        except TimeoutError:
            return
        if found is not None:
            yield gain_in_words(limit, number, before, found.checked.values, language)


def _contradicting(
    case: Case, planned: list[ProposedYear], remarks: list[str], watch: Watch, language: Language
) -> Proposal:
    return Proposal(
        status="infeasible",
        from_year=case.situation.years[0],
        to_year=case.situation.last,
        objectives=[],
        actions=[],
        years=[],
        planned=planned,
        reasons=[],
        binding=[],
        conflict=conflict_of(case.situation, case.demands, watch, case.plan.names, language),
        alternatives=[],
        gains=[],
        notes=remarks,
    )


def adopted(ledger: Ledger, proposal: Proposal, *, keep_actions: bool = False) -> Ledger:
    """Return the ledger with the proposal's actions in place of its own, or after them.

    The plan's years are widened to those of the proposal, so that `plan` and `budget` show them.
    """
    proposed = with_proposed(ledger, proposal.actions, keep_actions=keep_actions)
    years = (
        pl.min_horizontal("from_year", pl.lit(proposal.from_year, pl.Int64)),
        pl.max_horizontal("to_year", pl.lit(proposal.to_year, pl.Int64)),
    )
    tables = {**proposed.tables, "plan": ledger["plan"].with_columns(years)}
    return Ledger(tables, ledger.removed, ledger.sources, ledger.notes)
