"""Who sees what: every role, relation and kind of record against a table written by hand."""

import datetime as dt
from itertools import product

import pytest

from shokibo.care.access import KINDS, Relation, Sight, relation_of_home, sight
from shokibo.care.kinds import RECORDS
from shokibo.texts import Text
from shokibo.web.accounts.roles import ROLES

DAY = dt.timedelta(days=1)
LEFT = dt.date(2022, 4, 1)
READS = {
    ("center_staff", "own_center"): set(KINDS),
    ("center_staff", "opened"): set(KINDS),
    ("home_staff", "home"): {*KINDS} - {"protection"},
    ("home_staff", "former_home"): {*KINDS} - {"protection"},
}
"""By hand: who else would read anything here is wrong."""


@pytest.mark.parametrize(("role", "relation"), list(product(ROLES, Relation)))
def test_the_table_is_the_one_that_was_decided(role: str, relation: Relation) -> None:
    read = {kind for kind in KINDS if sight(role, relation, kind).read}
    written = {kind for kind in KINDS if sight(role, relation, kind).write}
    agreed = {kind for kind in KINDS if sight(role, relation, kind).agree}
    assert read == READS.get((role, relation.value), set())
    assert written == (
        set(KINDS) if (role, relation.value) == ("center_staff", "own_center") else set()
    )
    of_both = {("center_staff", "own_center"), ("home_staff", "home")}
    assert agreed == ({"situation"} if (role, relation.value) in of_both else set())


def test_a_home_sees_only_what_concerns_itself() -> None:
    for kind in set(KINDS) - {"child", "protection"}:
        assert sight("home_staff", Relation.HOME, kind).own_home
    assert sight("home_staff", Relation.HOME, "protection") == Sight()


@pytest.mark.parametrize(
    ("days", "relation"),
    [(-1, "home"), (0, "home"), (1, "former_home"), (90, "former_home"), (91, "none")],
)
def test_a_home_sees_a_child_for_ninety_days_after(days: int, relation: str) -> None:
    assert relation_of_home(LEFT, LEFT + days * DAY, 90).value == relation


def test_a_home_sees_a_child_who_lives_there() -> None:
    assert relation_of_home(None, LEFT, 0) is Relation.HOME


def test_every_kind_and_relation_has_its_words() -> None:
    assert {kind.code for kind in RECORDS} | {"child"} == set(KINDS)
    assert all(isinstance(relation.words, Text) for relation in Relation)
