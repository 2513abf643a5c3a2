"""From which day each kind of record goes."""

import datetime as dt

import pytest

from shokibo.care.retention import deletion_days

D = dt.date
ALL = {"child": 5, "assessment": 5, "breakdown": 5}


@pytest.mark.parametrize(
    ("ended_on", "goes_on"),
    [
        (D(2020, 3, 31), D(2025, 4, 1)),
        (D(2020, 4, 1), D(2026, 4, 1)),
        (D(2021, 3, 31), D(2026, 4, 1)),
    ],
)
def test_a_period_begins_with_the_fiscal_year_after_care_ended(
    ended_on: dt.date, goes_on: dt.date
) -> None:
    assert deletion_days({"placement"}, ended_on, ALL) == {"child": goes_on}


def test_zero_years_end_with_the_fiscal_year() -> None:
    assert deletion_days({"placement"}, D(2020, 5, 1), {"child": 0}) == {"child": D(2021, 4, 1)}


def test_nothing_is_deleted_while_care_lasts_or_without_a_rule() -> None:
    assert deletion_days({"placement", "assessment"}, None, ALL) == {}
    assert deletion_days({"placement", "assessment"}, D(2020, 5, 1), {}) == {}


def test_a_child_is_deleted_with_its_last_record() -> None:
    found = deletion_days(
        {"placement", "assessment", "breakdown"},
        D(2020, 5, 1),
        {"child": 3, "assessment": 10, "breakdown": 1},
    )
    assert found == {
        "breakdown": D(2022, 4, 1),
        "assessment": D(2031, 4, 1),
        "child": D(2031, 4, 1),
    }


def test_a_kind_that_is_kept_keeps_the_child() -> None:
    found = deletion_days(
        {"placement", "assessment", "breakdown"}, D(2020, 5, 1), {"child": 3, "breakdown": 1}
    )
    assert found == {"breakdown": D(2022, 4, 1)}
    assert deletion_days({"placement"}, D(2020, 5, 1), {"assessment": 1}) == {}


def test_everything_of_a_child_who_never_came_into_care_is_deleted_together() -> None:
    years = {"child": 1, "assessment": 4}
    assert deletion_days({"assessment"}, D(2020, 5, 1), years) == {"child": D(2025, 4, 1)}
    assert deletion_days({"assessment"}, D(2020, 5, 1), {"assessment": 4}) == {}
