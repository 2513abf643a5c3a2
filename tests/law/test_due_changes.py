"""What is due for a certified add-on that does not hold: its last day, and what follows."""

import datetime as dt
from pathlib import Path

import pytest

from shokibo.law.certified_checks import DueChange, certified_addons
from shokibo.law.parameters import national_law
from tests.builders import Edit, add, edit, made, read

SEPTEMBER, OCTOBER = dt.date(2022, 9, 30), dt.date(2022, 10, 1)


def due(folder: Path, *edits: Edit) -> list[tuple[str, DueChange | None]]:
    """Return for each application of a finding what is due."""
    found = certified_addons(read(made(*edits), folder), national_law())
    return [(name, one.due) for one in found for name in one.applications]


def test_a_clean_ledger_asks_for_nothing(tmp_path: Path) -> None:
    assert due(tmp_path) == []


def test_what_staff_allows_is_certified_from_the_first_month_without(tmp_path: Path) -> None:
    assert due(tmp_path, edit("staff", "b-5", ended_on="2022-09-30")) == [
        ("a-b5", DueChange(SEPTEMBER, OCTOBER, 1))
    ]


def test_what_the_capacity_allows_is_certified_from_its_month(tmp_path: Path) -> None:
    fewer = add("capacities", unit_id="b5", effective_from="2022-10-01", capacity="4")
    assert due(tmp_path, fewer) == [("a-b5", DueChange(SEPTEMBER, OCTOBER, 1))]


def test_what_does_not_hold_at_all_ends(tmp_path: Path) -> None:
    assert due(tmp_path, edit("staff", "k-1", ended_on="2022-09-30")) == [
        ("a-k", DueChange(SEPTEMBER, OCTOBER, None))
    ]


def test_a_home_that_closes_ends_all_its_add_ons(tmp_path: Path) -> None:
    ends = DueChange(SEPTEMBER, OCTOBER, None)
    assert due(tmp_path, edit("homes", "h", closed_on="2022-09-30")) == [
        (name, ends) for name in ("a-u4", "a-b5", "a-k")
    ]


def test_what_can_not_be_judged_asks_for_no_change(tmp_path: Path) -> None:
    assert due(tmp_path, edit("confirmations", "duty_relief", expires_on="2022-09-30")) == [
        ("a-k", None)
    ]


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ("2022-04", DueChange(dt.date(2022, 4, 30), dt.date(2022, 5, 1), 1)),
        ("2023-02", DueChange(dt.date(2023, 2, 28), dt.date(2023, 3, 1), 1)),
        ("2023-03", None),
    ],
)
def test_what_never_held_ends_with_its_first_month_within_a_running_year(
    starts: str, expected: DueChange | None, tmp_path: Path
) -> None:
    late = edit("applications", "a-b5", start_month=starts)
    assert due(tmp_path, late, edit("staff", "b-5", ended_on="2022-03-31")) == [("a-b5", expected)]


def test_in_the_last_month_only_what_was_paid_is_left_to_be_seen_to(tmp_path: Path) -> None:
    late = edit("applications", "a-b5", start_month="2023-03")
    ledger = read(made(late, edit("staff", "b-5", ended_on="2022-03-31")), tmp_path)
    (found,) = certified_addons(ledger, national_law())
    message = found.finding.message("ja")
    assert message.endswith("年度最後の月だけの認定なので、支給の扱いを確かめてください。")


def test_people_on_leave_throughout_are_named_with_those_who_count(tmp_path: Path) -> None:
    away = add("absences", staff_id="b-5", started_on="2022-01-10", kind="childcare", counted="no")
    (found,) = certified_addons(read(made(away), tmp_path), national_law())
    message = found.finding.message("ja")
    assert (
        "数えた職員:b-1、b-2、b-3、b-4。休業で数えない職員:b-5(令和4年1月10日から休業)。" in message
    )
    assert "Counted: b-1, b-2, b-3, b-4. On leave and not counted: b-5 (on leave from" in (
        found.finding.message("en")
    )
    assert found.finding.values["staff"] == ["b-1", "b-2", "b-3", "b-4", "b-5"]
