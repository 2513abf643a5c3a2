"""Unusual looks: each reason by its boundary."""

import datetime as dt

import pytest

from shokibo.care.looks import LEFT, MANY, ODD_HOUR, OPENED, Look, Usual, unusual

USUAL = Usual(3, 7, 21)


def at(hour: int, minute: int = 0, day: int = 4) -> dt.datetime:
    return dt.datetime(2022, 4, day, hour, minute)  # noqa: DTZ001 - local


def reasons(*looks: Look) -> list[tuple[str, ...]]:
    return [tuple(one.en for one in why) for _look, why in unusual(looks, USUAL)]


@pytest.mark.parametrize(
    ("hour", "minute", "odd"),
    [(6, 59, True), (7, 0, False), (20, 59, False), (21, 0, True), (0, 0, True)],
)
def test_hours(hour: int, minute: int, odd: bool) -> None:
    assert (reasons(Look(1, 1, at(hour, minute), "home")) == [(ODD_HOUR.en,)]) is odd


@pytest.mark.parametrize(("children", "result"), [(2, False), (3, False), (4, True)])
def test_children_of_a_day(children: int, result: bool) -> None:
    looks = [Look(1, child, at(9), "own_center") for child in range(children)]
    again = Look(1, 0, at(10), "own_center")
    found = reasons(*looks, again, Look(1, 99, at(9, day=5), "own_center"))
    assert found == ([(MANY.en,)] * (children + 1) if result else [])


def test_relations() -> None:
    assert reasons(Look(1, 1, at(6), "opened")) == [(OPENED.en, ODD_HOUR.en)]
    assert reasons(Look(1, 1, at(9), "former_home")) == [(LEFT.en,)]
    assert reasons(Look(1, 1, at(9), "home"), Look(1, 1, at(9), "own_center")) == []
