"""Access to a child's records: by role, and by a person's relation to the child on the day."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from shokibo.texts import Text


class Relation(Enum):
    """A person's relation to a child on a day."""

    OWN_CENTER = "own_center"
    OPENED = "opened"
    OTHER_CENTER = "other_center"
    HOME = "home"
    FORMER_HOME = "former_home"
    NONE = "none"

    @property
    def words(self) -> Text:
        """The relation in words."""
        return _WORDS[self]


_WORDS = {
    Relation.OWN_CENTER: Text("児童の児童相談所", "the child's center"),
    Relation.OPENED: Text(
        "理由を書いて開いた、ほかの児童相談所(15分間)",
        "another center, opened with a reason for fifteen minutes",
    ),
    Relation.OTHER_CENTER: Text("ほかの児童相談所", "another center"),
    Relation.HOME: Text("児童がいる施設", "the home where the child lives"),
    Relation.FORMER_HOME: Text("児童がいた施設(退所後の期間内)", "the child's former home"),
    Relation.NONE: Text("関係がない", "none"),
}
SHARED = ("situation", "assessment", "placement", "breakdown", "backing")
"""Kinds of records of which a home sees those that concern it."""
KINDS = ("child", *SHARED, "protection")
CENTER, HOME = "center_staff", "home_staff"
OPENED_FOR = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Sight:
    """What a person may do with records of a kind; `own_home` limits it to their home's records."""

    read: bool = False
    write: bool = False
    agree: bool = False
    own_home: bool = False


NOTHING = Sight()


def sight(role: str, relation: Relation, kind: str) -> Sight:
    """Return what a role may do with a kind of record, given its relation to the child."""
    if role == CENTER and relation is Relation.OWN_CENTER:
        return Sight(read=True, write=True, agree=kind == "situation")
    if role == CENTER and relation is Relation.OPENED:
        return Sight(read=True)
    if role == HOME and relation in (Relation.HOME, Relation.FORMER_HOME):
        if kind == "child":
            return Sight(read=True)
        if kind in SHARED:
            lives_there = relation is Relation.HOME
            return Sight(read=True, agree=lives_there and kind == "situation", own_home=True)
    return NOTHING


def relation_of_home(last_day: dt.date | None, day: dt.date, after: int) -> Relation:
    """Return a home's relation to a child placed there; `last_day` is None while the stay lasts.

    `after` is the number of days for which a home still sees a child who has left.
    """
    if last_day is None or day <= last_day:
        return Relation.HOME
    return Relation.FORMER_HOME if day <= last_day + dt.timedelta(days=after) else Relation.NONE
