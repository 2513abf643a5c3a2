"""One line for one cause: all cells of which the same is said, as ranges."""

import pytest

from shokibo.ledger.cell_groups import MOST_RANGES, cell_groups


def lines(*places: str, said: str = "空欄") -> list[str]:
    """Return the lines of places of which the same is said."""
    return [cells.label("ja") for cells, _ in cell_groups((place, said) for place in places)]


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        (["職員!F12"], ["職員!F12"]),
        ([f"職員!F{row}" for row in range(12, 903)], ["職員!F12:F902(891件)"]),
        (["職員!F12", "職員!F13", "職員!F15"], ["職員!F12:F13、F15(3件)"]),
        (["職員!F12", "職員!G13"], ["職員!F12、G13(2件)"]),
        (["職員!F12", "施設!F13", "施設!F14"], ["職員!F12、施設!F13:F14(3件)"]),
        (["職員!Z9", "職員!AA10"], ["職員!Z9、AA10(2件)"]),
        (
            ["staff.csv:2 weekly_hours", "staff.csv:3 weekly_hours"],
            ["staff.csv:2-3 weekly_hours(2件)"],
        ),
        (["staff.csv:2 job", "staff.csv:3 role"], ["staff.csv:2 job、staff.csv:3 role(2件)"]),
        (["", "職員", "職員"], ["", "職員", "職員"]),
        (["職員!B5:B8", "職員!B9:B12"], ["職員!B5:B8", "職員!B9:B12"]),
    ],
)
def test_places_are_named_together(places: list[str], shown: list[str]) -> None:
    assert lines(*places) == shown


def test_a_different_text_is_a_line_of_its_own() -> None:
    reported = [("職員!F12", "甲"), ("職員!F13", "乙"), ("職員!F14", "乙"), ("職員!F15", "甲")]
    assert [(one.label("ja"), first) for one, first in cell_groups(reported)] == [
        ("職員!F12、F15(2件)", 0),
        ("職員!F13:F14(2件)", 1),
    ]


@pytest.mark.parametrize(("count", "others"), [(MOST_RANGES, ""), (MOST_RANGES + 1, "ほか")])
def test_a_limited_number_of_ranges_is_named_and_all_cells_are_counted(
    count: int, others: str
) -> None:
    (line,) = lines(*(f"職員!F{row}" for row in range(2, 2 * count + 2, 2)))
    assert line.endswith(f"、F{2 * MOST_RANGES}{others}({count}件)")
