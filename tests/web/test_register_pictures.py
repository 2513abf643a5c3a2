"""The picture of a unit's capacities, and the words for what the database refuses."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import translation

from shokibo.web.homes.pictures import Picture, capacity_picture
from shokibo.web.pages.constraints import explained
from shokibo.web.register.models import Capacity, Unit

DAY = dt.date(2022, 10, 5)


def drawn(
    *rows: tuple[str, int], opened: dt.date | None = None, closed: dt.date | None = None
) -> Picture:
    unit = Unit(opened_on=opened, closed_on=closed)
    held = [
        Capacity(effective_from=dt.date.fromisoformat(day), capacity=capacity)
        for day, capacity in rows
    ]
    picture = capacity_picture(unit, held, DAY)
    assert picture is not None
    return picture


def test_there_is_no_picture_of_nothing() -> None:
    assert capacity_picture(Unit(), [], DAY) is None


def test_bars_meet_and_rise_with_the_capacity() -> None:
    first, second = drawn(("2021-04-01", 6), ("2022-04-01", 3)).bars
    assert first.x + first.width == second.x
    assert first.height == 2 * second.height
    assert (first.label, second.label) == ("6", "3")


def test_a_bar_without_room_has_no_label() -> None:
    bars = drawn(("2015-04-01", 6), ("2022-04-01", 5), ("2022-05-01", 4)).bars
    assert [bar.label for bar in bars] == ["6", "", "4"]


def test_a_unit_is_drawn_while_it_is_open() -> None:
    whole = drawn(("2021-04-01", 6))
    part = drawn(("2021-04-01", 6), opened=dt.date(2021, 10, 1), closed=dt.date(2022, 3, 31))
    assert whole.bars[0].x < part.bars[0].x
    assert part.bars[0].width < whole.bars[0].width
    assert drawn(("2021-04-01", 6), closed=dt.date(2020, 3, 31)).bars == []


def test_the_axis_has_fiscal_years_and_no_more_than_fit() -> None:
    assert [tick.label for tick in drawn(("2019-04-01", 6)).ticks] == ["R1", "R2", "R3", "R4"]
    with translation.override("en"):
        assert drawn(("2022-04-01", 6)).ticks[0].label == "FY2022"
    assert len(drawn(("1950-04-01", 6)).ticks) <= 13


@pytest.mark.parametrize(("first", "side"), [("2022-04-01", "end"), ("2022-10-05", "end")])
def test_the_day_stays_in_the_picture(first: str, side: str) -> None:
    picture = drawn((first, 6))
    assert picture.left <= picture.day_x <= picture.right
    assert picture.day_anchor == side


def test_a_day_before_the_first_capacity_is_drawn_at_the_left() -> None:
    picture = drawn(("2023-04-01", 6))
    assert (picture.day_x, picture.day_anchor) == (picture.left, "start")


def test_an_error_that_no_typing_can_cause_is_not_hidden() -> None:
    with pytest.raises(IntegrityError):
        explained(IntegrityError("FOREIGN KEY constraint failed"))
