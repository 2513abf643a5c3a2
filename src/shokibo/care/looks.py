"""Unusual views of children's records: with a reason, of many children, at odd hours."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shokibo.care.access import Relation
from shokibo.texts import Text

OPENED = Text("関係がなく、理由を書いて開いた", "opened without a relation, with a reason")
MANY = Text("1日に多くの児童を見た", "many children in a day")
ODD_HOUR = Text("早朝・夜間に見た", "early or late in the day")
LEFT = Text("退所した児童を見た", "of a child who has left the home")


@dataclass(frozen=True)
class Look:
    """A view of a child's records: by whom, when, and their relation to the child."""

    person: int
    child: int
    at: dt.datetime
    relation: str


@dataclass(frozen=True)
class Usual:
    """What is usual: the most children viewed in a day, and the hours of viewing."""

    children_a_day: int
    from_hour: int
    to_hour: int


def unusual(looks: Sequence[Look], usual: Usual) -> Iterator[tuple[Look, tuple[Text, ...]]]:
    """Return the unusual views, each with all its reasons; `at` is in local time."""
    children = {(look.person, look.at.date(), look.child) for look in looks}
    a_day = Counter((person, day) for person, day, _child in children)
    for look in looks:
        found = (
            (OPENED, look.relation == Relation.OPENED.value),
            (MANY, a_day[look.person, look.at.date()] > usual.children_a_day),
            (ODD_HOUR, not usual.from_hour <= look.at.hour < usual.to_hour),
            (LEFT, look.relation == Relation.FORMER_HOME.value),
        )
        if reasons := tuple(reason for reason, holds in found if holds):
            yield look, reasons
