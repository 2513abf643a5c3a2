"""The proposal of one authority's plan, whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.plan import Plan
from shokibo.planning.proposal.answers import Objective, ProposedAction
from shokibo.planning.proposal.checker import Checked, check, with_proposed
from shokibo.planning.proposal.choosing import actions_of
from shokibo.planning.proposal.demands import Demands, demands_of
from shokibo.planning.proposal.engine import Watch
from shokibo.planning.proposal.levels import Solved, Told, solve
from shokibo.planning.proposal.limits import Limits
from shokibo.planning.proposal.model import ProposalModel
from shokibo.planning.proposal.situation import Situation, open_plan, situation_of

TIME_LIMIT = 60.0


@dataclass(frozen=True)
class Case:
    """What is asked: the ledger's plan over the years, what it starts from, and the demands."""

    plan: Plan
    situation: Situation
    demands: Demands
    keep_actions: bool

    def adopted(self, actions: list[ProposedAction]) -> Plan:
        """Return the plan with proposed actions."""
        ledger = with_proposed(self.plan.ledger, actions, keep_actions=self.keep_actions)
        return Plan(ledger, self.plan.law, self.plan.spans)

    def check(self, actions: list[ProposedAction], demands: Demands) -> Checked:
        """Ask the core what it says of actions."""
        kept = self.plan.ledger["actions"].height if self.keep_actions else 0
        return check(self.adopted(actions), actions, self.situation, demands, kept)


@dataclass(frozen=True)
class Chosen:
    """A solution as actions, and what the core says of them."""

    actions: list[ProposedAction]
    checked: Checked
    objectives: list[Objective]


def open_case(
    ledger: Ledger, law: Law, limits: Limits, need: Mapping[int, int] | None = None
) -> Case:
    """Look at what is asked. Raises CannotProposeError."""
    plan, years = open_plan(ledger, law, limits)
    nothing = with_proposed(ledger, [], keep_actions=limits.keep_actions)
    start = Plan(nothing, law, plan.spans)
    situation = situation_of(plan, start, years, plan.need if need is None else need)
    return Case(plan, situation, demands_of(limits, situation), limits.keep_actions)


def choose(case: Case, demands: Demands, watch: Watch, told: Told) -> Chosen | None:
    """Solve under demands; None where they contradict each other."""
    model = ProposalModel(case.situation, demands)
    solved = solve(model, watch, told)
    if solved is None:
        return None
    actions = actions_of(model, solved.values)
    checked = case.check(actions, demands)
    return Chosen(actions, checked, objectives_of(solved, checked))


def objectives_of(solved: Solved, checked: Checked) -> list[Objective]:
    """Return the objectives: proven as long as value and bound meet and the core agrees."""
    proven, found = checked.kept, []
    for level in solved.levels:
        value = checked.values[level.name]
        proven = proven and value == level.value == level.bound
        found.append(Objective(level.name, value, level.bound, proven))
    return found
