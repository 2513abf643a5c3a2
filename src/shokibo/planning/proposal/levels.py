"""The objectives one after the other, each minimised before the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shokibo.planning.proposal.answers import ObjectiveName
from shokibo.planning.proposal.engine import Watch, least
from shokibo.planning.proposal.linear import Sum
from shokibo.planning.proposal.model import OBJECTIVES, ProposalModel


@dataclass(frozen=True)
class Progress:
    """How far a solution has come: the objective, and its best value so far."""

    objective: ObjectiveName
    value: int


_SHARE = 0.6
"""The part of the remaining time for an objective; what it does not use goes to the next."""
OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Level:
    """An objective's value, and its lower bound."""

    name: ObjectiveName
    value: int
    bound: int


@dataclass(frozen=True)
class Solved:
    """The values of a model that minimise the objectives, one after the other."""

    levels: tuple[Level, ...]
    values: tuple[int, ...]


def solve(
    model: ProposalModel, watch: Watch, progress: OnProgress = lambda _: None
) -> Solved | None:
    """Solve level by level; None if the demands contradict each other.

    When time runs out, the best so far is returned. Raises TimeoutError if there is none.
    """
    values: Sequence[int] | None = None
    levels = []
    for name in OBJECTIVES:
        worth = model.worth[name]
        found = least(
            model.linear,
            worth.sum,
            watch if name == OBJECTIVES[-1] else watch.share(_SHARE),
            values,
            lambda of, name=name, worth=worth: progress(Progress(name, worth.value(of))),  # type: ignore[misc]
        )
        if found.infeasible and values is None:
            return None
        values = values if found.values is None else found.values
        if values is None:
            raise TimeoutError
        reached = worth.sum.at(values)
        bound = model.linear.lowest(worth.sum) if found.bound is None else found.bound
        levels.append(Level(name, worth.value(reached), worth.value(min(bound, reached))))
        model.linear.bound(worth.sum, most=reached)
    return Solved(tuple(levels), tuple(values or ()))


def is_possible(model: ProposalModel, watch: Watch) -> bool:
    """Return whether any plan meets the demands. Raises TimeoutError if time runs out."""
    found = least(model.linear, Sum(), watch)
    if found.values is None and not found.infeasible:
        raise TimeoutError
    return not found.infeasible
