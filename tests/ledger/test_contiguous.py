"""One line for one cause: cells of a column in a row of which the same is said."""

import pytest

from shokibo.ledger.contiguous import cell_ranges


def lines(*places: str, said: str = "空欄") -> list[str]:
    """Return the lines of places that share a message."""
    return [cells.label("ja") for cells, _ in cell_ranges((place, said) for place in places)]


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        (["職員!F12"], ["職員!F12"]),
        ([f"職員!F{row}" for row in range(12, 903)], ["職員!F12:F902(891件)"]),
        (["職員!F12", "職員!F14"], ["職員!F12", "職員!F14"]),
        (["職員!F12", "職員!G13"], ["職員!F12", "職員!G13"]),
        (["職員!F12", "施設!F13"], ["職員!F12", "施設!F13"]),
        (
            ["staff.csv:2 weekly_hours", "staff.csv:3 weekly_hours"],
            ["staff.csv:2-3 weekly_hours(2件)"],
        ),
        (["staff.csv:2 job", "staff.csv:3 role"], ["staff.csv:2 job", "staff.csv:3 role"]),
        (["", "職員", "職員"], ["", "職員", "職員"]),
    ],
)
def test_places_are_named_together(places: list[str], shown: list[str]) -> None:
    assert lines(*places) == shown


def test_what_is_said_otherwise_is_a_line_of_its_own() -> None:
    told = [("職員!F12", "甲"), ("職員!F13", "乙"), ("職員!F14", "乙")]
    assert [(one.place, first) for one, first in cell_ranges(told)] == [
        ("職員!F12", 0),
        ("職員!F13:F14", 1),
    ]
