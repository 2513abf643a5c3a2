"""What a step is: who may take it, from which states, what has to hold, what it writes."""

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
    """Rows that go from state to state."""

    model: type[R]
    states: Mapping[str, Any]
    subject: Callable[[R], Text]
    """How a message names the row."""
    parent: Callable[[R], Model] = lambda row: row.authority
    """The row that is locked first, so that its rows take their steps one after the other."""
    hidden: Mapping[Permission, Mapping[str, str]] = field(default_factory=dict)
    """States that the holders of a permission do not see, and what they see instead."""
    derived: Mapping[str, Callable[[R], bool]] = field(default_factory=dict)
    """States that no column holds, each with its test of a row."""

    def state_of(self, row: R) -> str:
        """Return the state that a row is in."""
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
    """A step about to be taken: the row as it is, who takes it, what they entered, and why."""

    step: "Step[R]"
    office: Office
    row: R
    given: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The fields that it writes."""

    def value(self, name: str) -> Any:
        """Return a field as it will be."""
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
    """Whose step it is not, with the words that refuse them: by four eyes."""
    reason: Literal["none", "optional", "required"] = "none"
    facts: Callable[[R], Facts] | None = None
    """What its page shows, and what must still be so when it is taken."""
    prepare: Callable[[R], Mapping[str, Any]] | None = None
    """What takes long and rests on the row alone: made before any lock, and added to the given."""
    because: Callable[[Taking[R]], str] = lambda taking: taking.reason
    """The reason as the log records it."""
    values: Callable[[Taking[R]], Mapping[str, Any]] = lambda taking: taking.given
    """The fields that it writes besides the state."""
    more: Callable[[Taking[R]], None] = lambda taking: None
    """What it does beyond the row, once that is written."""
    write: Callable[[Taking[R]], R] | None = None
    """What it writes instead of its row; it gives the row to go on with."""


def settled(taking: Taking[Any]) -> Mapping[str, Any]:
    """Return what a decision writes on a proposal, also that it is withdrawn: when, who and why."""
    return {
        "decided_at": clock.now(),
        "decided_by": taking.office.person,
        "comment": taking.reason,
    }
