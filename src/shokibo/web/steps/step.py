"""What a step is: who may take it, from which states, its conditions, what it writes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from django.db.models import Model

from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act
from shokibo.web.base import clock
from shokibo.web.base.owned import Owned
from shokibo.web.base.seen import Facts

R = TypeVar("R", bound=Owned)
REASON_LENGTH = 1000
NEW = "new"
"""The state of a row that a step is about to add."""


@dataclass(frozen=True)
class Process(Generic[R]):
    """Rows that move from state to state."""

    model: type[R]
    states: Mapping[str, Any]
    subject: Callable[[R], Text]
    """How a message names the row."""
    parent: Callable[[R], Model] = lambda row: row.authority
    """The row to lock first, so that its rows take their steps one at a time."""
    hidden: Mapping[Permission, Mapping[str, str]] = field(default_factory=dict)
    """States hidden from the holders of a permission, and what they see instead."""
    derived: Mapping[str, Callable[[R], bool]] = field(default_factory=dict)
    """States that no column holds, each with a test of the row."""

    def state_of(self, row: R) -> str:
        """Return a row's state."""
        if row.pk is None:
            return NEW
        derived = (state for state, holds in self.derived.items() if holds(row))
        return next(derived, None) or row.state  # type: ignore[attr-defined]

    def seen(self, state: str, office: Office) -> str:
        """Return a state as a person sees it."""
        for permission, hidden in self.hidden.items():
            if office.may(permission):
                state = hidden.get(state, state)
        return state


@dataclass(frozen=True)
class Taking(Generic[R]):
    """A step about to be taken: the row, who takes it, what they entered, and why."""

    step: "Step[R]"
    office: Office
    row: R
    given: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The fields that it writes."""

    def value(self, name: str) -> Any:
        """Return a field's new value."""
        return self.values.get(name, getattr(self.row, name))

    @property
    def act(self) -> Act:
        """The act as the log names it."""
        return Act(self.office.person, self.step.action, self.reason)


@dataclass(frozen=True, eq=False)
class Step(Generic[R]):
    """One step of a process. `target` None removes the row."""

    process: Process[R]
    name: Text
    action: str
    permission: Permission
    sources: tuple[str, ...]
    target: str | None
    guards: tuple[Callable[[Taking[R]], None], ...] = ()
    never_by: tuple[tuple[Callable[[R], Collection[int | None]], Text], ...] = ()
    """People who may not take the step (four eyes), with the refusal."""
    reason: Literal["none", "optional", "required"] = "none"
    facts: Callable[[R], Facts] | None = None
    """What its page shows, and what must still hold when the step is taken."""
    prepare: Callable[[R], Mapping[str, Any]] | None = None
    """Slow work that depends only on the row: done before any lock, and added to what is given."""
    because: Callable[[Taking[R]], str] = lambda taking: taking.reason
    """The reason as the log records it."""
    values: Callable[[Taking[R]], Mapping[str, Any]] = lambda taking: taking.given
    """The fields that it writes, apart from the state."""
    more: Callable[[Taking[R]], None] = lambda taking: None
    """What else it does, after the row is written."""
    write: Callable[[Taking[R]], R] | None = None
    """Writes something instead of the row; returns the row to go on with."""


def settled(taking: Taking[Any]) -> Mapping[str, Any]:
    """Return what a decision or withdrawal writes on a proposal: when, who and why."""
    return {
        "decided_at": clock.now(),
        "decided_by": taking.office.person,
        "comment": taking.reason,
    }
