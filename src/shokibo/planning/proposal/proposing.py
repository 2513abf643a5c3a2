"""The proposal of one authority's plan, whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.proposal.answers import ObjectiveName, Proposal
from shokibo.planning.proposal.limits import Limits
from shokibo.texts import Language

TIME_LIMIT = 60.0


@dataclass(frozen=True)
class Progress:
    """How far a solution has come: the objective, its best value so far, what bounds it."""

    objective: ObjectiveName
    value: int | None
    bound: int | None


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
    progress: Callable[[Progress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Proposal:
    """Choose the actions of one authority's plan.

    `need` is by fiscal year the children of three and over; None: the ledger's. Once `stop` says
    so, or the seconds of `time_limit` are over, the best plan so far is given, as `feasible`.
    Raises CannotProposeError, in words, where the ledger lacks what the limits speak of.
    """
    raise NotImplementedError


def adopted(ledger: Ledger, proposal: Proposal, *, keep_actions: bool = False) -> Ledger:
    """Return the ledger with the proposal's actions in the place of its own, or beside them."""
    raise NotImplementedError
