"""Other plans of nearly the same value, as far as possible from the proposal and each other."""

from collections.abc import Iterator, Sequence

from shokibo.planning.proposal.answers import Objective, ProposedAction
from shokibo.planning.proposal.choosing import actions_of
from shokibo.planning.proposal.demands import Demands
from shokibo.planning.proposal.engine import Watch, least
from shokibo.planning.proposal.limiting import limited_model
from shokibo.planning.proposal.linear import Sum, total
from shokibo.planning.proposal.model import ProposalModel
from shokibo.planning.proposal.situation import Situation

NEARLY = 1
"""How many per cent more another plan may cost, net; in places it is just as good."""


def alternatives(
    situation: Situation,
    demands: Demands,
    best: Sequence[Objective],
    actions: Sequence[ProposedAction],
    count: int,
    watch: Watch,
) -> Iterator[list[ProposedAction]]:
    """Return up to a number of plans, each the farthest from those before it."""
    model = limited_model(situation, demands, every=True)
    for one in best[:-1]:
        most = one.value
        if one.name == "net_cost":
            most += abs(one.value) * NEARLY // 100
        worth = model.worth[one.name]
        model.linear.bound(worth.sum, most=(most - worth.constant) // worth.unit)
    model.linear.bound(model.worth["changes"].sum, most=best[-1].value)
    nearest = model.linear.variable(2 * best[-1].value)
    known = list(actions)
    for number in range(count):
        distance = _distance(model, _counts(model, known))
        model.linear.bound(distance - nearest, least=0)
        found = least(model.linear, nearest * -1, watch.share(1 / (count - number)))
        if found.values is None or nearest.at(found.values) == 0:
            return
        known = actions_of(model, found.values)
        yield known


def _counts(model: ProposalModel, actions: Sequence[ProposedAction]) -> dict[int, int]:
    """Return how often each variable that counts actions occurs in a list of them."""
    found: dict[int, int] = {}
    for sums, count in _counted(model, actions):
        (variable,) = sums.terms
        found[variable] = found.get(variable, 0) + count
    return found


def _counted(model: ProposalModel, actions: Sequence[ProposedAction]) -> Iterator[tuple[Sum, int]]:
    of_unit = {unit.unit_id: batch for batch in model.batches for unit in batch.units}
    for one in actions:
        if one.action == "open":
            yield model.openings[one.capacity or 0, one.fiscal_year], one.count
            continue
        batch = of_unit[one.unit_id or ""]
        if one.action == "close":
            yield batch.closed[one.fiscal_year], 1
        else:
            target = 0 if batch.is_main else one.capacity or 0
            yield batch.changed[target, one.fiscal_year], 1


def _distance(model: ProposalModel, counts: dict[int, int]) -> Sum:
    """Return by how many actions a plan differs from one with given counts."""
    linear = model.linear
    counted = [
        *model.openings.values(),
        *(sums for batch in model.batches for sums in batch.changed.values()),
        *(sums for batch in model.batches for sums in batch.closed.values()),
    ]
    parts: list[Sum] = []
    for sums in counted:
        (variable,) = sums.terms
        there, most = counts.get(variable, 0), linear.most[variable]
        if there == 0:
            parts.append(sums)
            continue
        more, fewer, is_more = (
            linear.variable(most - there),
            linear.variable(there),
            linear.variable(1),
        )
        apart = sums - there - more + fewer
        linear.bound(apart, least=0, most=0)
        linear.bound(is_more * (most - there) - more, least=0)
        linear.bound(is_more * there + fewer, most=there)
        parts += [more, fewer]
    return total(parts)
