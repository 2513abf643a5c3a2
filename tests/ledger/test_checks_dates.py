"""Days that no office can mean: without end, long past, or a zero that Excel shows as a day."""

import datetime as dt
from pathlib import Path

import pytest

from shokibo.ledger.cells import shown
from tests.builders import edit, findings, made, read


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("1927-03-31", True),
        ("1927-04-01", False),
        ("2200-03-31", False),
        ("2200-04-01", True),
        ("9999-12-31", True),
    ],
)
def test_a_day_outside_the_years_with_an_era_is_reported(
    day: str, found: bool, tmp_path: Path
) -> None:
    ledger = read(made(edit("units", "m6", opened_on=day)), tmp_path)
    codes = [one.code for one in findings(ledger) if one.table == "units"]
    assert ("DATE_IMPLAUSIBLE" in codes) is found


def test_a_day_without_end_is_reported_at_its_cell_as_it_is_written(tmp_path: Path) -> None:
    ledger = read(made(edit("units", "m6", closed_on="9999-12-31")), tmp_path)
    (one,) = [one for one in findings(ledger) if one.code == "DATE_IMPLAUSIBLE"]
    assert (one.severity, one.place) == ("warning", "units.csv:2 closed_on")
    assert one.message("ja") == (
        "「廃止日」が9999年12月31日です。日付を確かめてください。期限や終わりがなければ、空欄にします。"
    )


def test_a_zero_formatted_as_a_date_is_shown_as_excel_shows_it() -> None:
    assert shown(dt.time()) == "0(1900/1/0)"
    assert shown(dt.time(8, 30)) == "08:30:00"
