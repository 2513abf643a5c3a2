"""Add-ons that an edit of the ledger lets lapse: which, in which months, and on what ground."""

import datetime as dt
from pathlib import Path

from shokibo.law.lapsing import Lapse, lapsing
from shokibo.law.parameters import national_law
from tests.builders import Edit, add, edit, made, read

APRIL = [dt.date(2022, month, 1) for month in range(4, 13)]
YEAR = (*APRIL, *(dt.date(2023, month, 1) for month in (1, 2, 3)))


def lapses(folder: Path, *edits: Edit, before: tuple[Edit, ...] = ()) -> list[Lapse]:
    return lapsing(
        read(made(*before), folder / "before"),
        read(made(*before, *edits), folder / "after"),
        national_law(),
    )


def by_application(found: list[Lapse]) -> dict[str, tuple[dt.date, ...]]:
    return {one.application_id: one.months for one in found}


def codes(found: list[Lapse]) -> dict[str, list[str]]:
    return {one.application_id: [each.code for each in one.findings] for one in found}


def test_who_leaves_lets_the_add_on_lapse_from_the_next_month(tmp_path: Path) -> None:
    found = lapses(tmp_path, edit("staff", "u-1", ended_on="2022-09-30"))
    assert by_application(found) == {"a-u4": YEAR[6:]}
    assert codes(found) == {"a-u4": ["CERTIFIED_NOT_ELIGIBLE"]}
    words = found[0].findings[0].message("ja")
    assert "令和4年10月から令和5年3月まで" in words


def test_who_leaves_within_a_month_still_counts_in_it(tmp_path: Path) -> None:
    for last, first in (("2022-09-29", 6), ("2022-10-01", 7), ("2023-03-01", 12)):
        found = lapses(tmp_path / last, edit("staff", "u-1", ended_on=last))
        assert by_application(found) == ({"a-u4": YEAR[first:]} if first < 12 else {}), last


def test_fewer_staff_than_are_certified_lapse_too(tmp_path: Path) -> None:
    found = lapses(tmp_path, edit("staff", "b-5", ended_on="2022-12-31"))
    assert by_application(found) == {"a-b5": YEAR[9:]}
    assert codes(found) == {"a-b5": ["CERTIFIED_EXTRA_ABOVE_AVAILABLE"]}


def test_a_confirmation_of_the_home_concerns_all_its_units(tmp_path: Path) -> None:
    found = lapses(tmp_path, edit("confirmations", "training", result="×"))
    assert by_application(found) == {"a-u4": YEAR, "a-b5": YEAR, "a-k": YEAR}


def test_what_can_no_longer_be_judged_lapses(tmp_path: Path) -> None:
    found = lapses(tmp_path, edit("staff", "u-1", employment="part_time"))
    assert by_application(found) == {"a-u4": YEAR}
    assert codes(found) == {"a-u4": ["CERTIFIED_CANNOT_JUDGE"]}


def test_months_that_did_not_hold_before_are_not_the_edits(tmp_path: Path) -> None:
    gone = edit("staff", "u-1", ended_on="2022-09-30")
    sooner = edit("staff", "u-2", ended_on="2022-06-30")
    found = lapses(tmp_path, sooner, before=(gone,))
    assert by_application(found) == {"a-u4": YEAR[3:6]}


def test_an_edit_that_fixes_or_changes_nothing_lets_nothing_lapse(tmp_path: Path) -> None:
    gone = edit("staff", "u-1", ended_on="2022-09-30")
    assert lapses(tmp_path / "same", before=(gone,)) == []
    assert lapses(tmp_path / "back", edit("staff", "u-1", ended_on=""), before=(gone,)) == []


def test_only_the_applications_named_are_judged(tmp_path: Path) -> None:
    before = read(made(), tmp_path / "before")
    after = read(made(edit("confirmations", "training", result="×")), tmp_path / "after")
    found = lapsing(before, after, national_law(), ["a-k"])
    assert by_application(found) == {"a-k": YEAR}
    assert lapsing(before, after, national_law(), []) == []


def test_each_add_on_of_a_cause_has_its_own_months(tmp_path: Path) -> None:
    later = add(
        "applications",
        like="a-u4",
        application_id="b-u4",
        start_month="2022-10",
        applied_on="2022-10-03",
        decided_on="2022-10-04",
    )
    ended = edit("applications", "a-u4", ended_on="2022-09-30")
    found = lapses(tmp_path, edit("units", "u4", kind="other_group_home"), before=(later, ended))
    assert by_application(found) == {"a-u4": YEAR[:6], "b-u4": YEAR[6:]}
