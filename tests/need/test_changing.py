"""What a scenario makes of one month's chances."""

import numpy as np
import pytest

from shokibo.need.changing import changed
from shokibo.need.lives import END, OUTSIDE, STEPS, YEARS_OLD
from shokibo.need.scenarios import PLACES, Change, Group

HOME, INFANT, FOSTER, FAMILY = range(4)
THERE = np.array([[40.0, 10.0, 20.0, 4.0, 5.0, 0.0]])


def usual() -> tuple[np.ndarray, np.ndarray]:
    moving = np.full((1, len(PLACES), len(STEPS), 3, OUTSIDE + 1), 0.01)
    for place in range(len(PLACES)):
        moving[:, place, ..., place] = 0
    entering = np.zeros((1, len(PLACES), YEARS_OLD))
    entering[0, HOME, 10], entering[0, FOSTER, 2] = 0.5, 0.25
    return moving, entering


def after(*changes: Change) -> tuple[np.ndarray, np.ndarray]:
    return changed(*usual(), changes, THERE)


def test_entries_by_a_factor() -> None:
    moving, entering = after(Change("entries", "foster_care", factor=2))
    assert entering[0, FOSTER].sum() == 0.5
    assert entering[0, HOME].sum() == 0.5
    assert np.array_equal(moving, usual()[0])


@pytest.mark.parametrize(
    ("group", "more", "total"),
    [("all", 12, 1.75), ("all", -6, 0.25), ("all", -12, 0), ("family_home", 12, 1.75)],
)
def test_entries_by_a_number_a_year(group: Group, more: float, total: float) -> None:
    _, entering = after(Change("entries", group, add=more))
    assert entering.sum() == pytest.approx(total)


def test_exits_by_a_factor_are_of_the_group_only() -> None:
    moving, _ = after(Change("exits", "in_homes", factor=3))
    assert moving[0, HOME, 0, 0, OUTSIDE] == pytest.approx(0.03)
    assert moving[0, INFANT, 0, 0, OUTSIDE] == pytest.approx(0.03)
    assert moving[0, FOSTER, 0, 0, OUTSIDE] == 0.01
    assert moving[0, HOME, 0, 0, FOSTER] == 0.01
    assert moving[0, HOME, END, 0, OUTSIDE] == 0.01


def test_more_moves_a_year_are_shared_by_the_children_there() -> None:
    moving, _ = after(Change("moves", "in_homes", to="foster", add=6))
    assert moving[0, HOME, 0, 0, FOSTER] == pytest.approx(0.01 + 6 / 12 / 50)
    assert moving[0, HOME, 0, 0, FAMILY] == 0.01


def test_moves_to_any_place_leave_those_who_leave_care() -> None:
    moving, _ = after(Change("moves", "foster", factor=0))
    assert moving[0, FOSTER, 0, 0, :OUTSIDE].sum() == 0
    assert moving[0, FOSTER, 0, 0, OUTSIDE] == 0.01


def test_nobody_moves_to_where_it_is() -> None:
    moving, _ = after(Change("moves", "all", to="foster", add=100))
    assert moving[0, FOSTER, 0, 0, FOSTER] == 0
    assert moving[0, HOME, 0, 0, FOSTER] > 0.01


def test_chances_stay_below_one_together() -> None:
    moving, _ = after(Change("exits", "all", factor=1000))
    assert moving.sum(axis=-1).max() == pytest.approx(1)


def test_chances_never_fall_below_none() -> None:
    moving, _ = after(Change("exits", "other", add=-1000))
    assert moving.min() == 0
