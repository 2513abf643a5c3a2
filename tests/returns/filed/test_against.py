"""A form as it was filed next to what the ledger gives: every difference with the reason for it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from shokibo.law.parameters import national_law
from shokibo.ledger.model import Ledger
from shokibo.ledger.reading import read_ledger
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed.against import ComparisonReport, Difference, compare
from shokibo.returns.filed.figures import FiledForm, Filled, as_filed
from shokibo.returns.forms import FormFigures, fill_form
from tests.builders import EXAMPLES, application, edit, made, part_time, read, unit

Change = Callable[[FiledForm], FiledForm]


@cache
def example(number: FormNumber) -> tuple[Ledger, FormFigures]:
    """Return the example's ledger and its form of 令和4年度."""
    ledger = read_ledger(EXAMPLES / "setagaya")
    return ledger, drawn(ledger, number)


def drawn(ledger: Ledger, number: FormNumber = 1) -> FormFigures:
    """Return the figures of a ledger."""
    return fill_form(ledger, national_law(), number, 2022).figures(dt.date(2022, 5, 1))


def differences(number: FormNumber, *changes: Change) -> tuple[Difference, ...]:
    """Compare the example's form, changed, with its ledger."""
    ledger, figures = example(number)
    filed = as_filed(figures)
    for change in changes:
        filed = change(filed)
    return compare(filed, figures, ledger, national_law()).differences


def more(count: int, kind: str, name: str, part: str = "") -> Change:
    """Change a count by so many."""

    def changed(form: FiledForm) -> FiledForm:
        cell = form.counts[kind, name, part]
        value = (cell.value or 0) + count
        new = Filled(value, cell.place, str(value))
        return replace(form, counts={**form.counts, (kind, name, part): new})

    return changed


def line(at: int, **cells: str | int | bool) -> Change:
    """Change cells of a line."""

    def changed(form: FiledForm) -> FiledForm:
        rows = list(form.rows)
        for name, value in cells.items():
            cell: Any = rows[at].cells[name]
            new: dict[str, Any] = {name: replace(cell, value=value, written=str(value))}
            rows[at] = replace(rows[at], **new)
        return replace(form, rows=tuple(rows))

    return changed


def without(at: int) -> Change:
    """Leave a line out."""
    return lambda form: replace(form, rows=(*form.rows[:at], *form.rows[at + 1 :]))


@pytest.mark.parametrize("number", [1, 2])
def test_what_was_drawn_from_the_ledger_is_equal(number: FormNumber) -> None:
    ledger, figures = example(number)
    found = compare(as_filed(figures), figures, ledger, national_law())
    assert found.differences == ()
    assert found.equal == 3 * 9 + 4 + 4 * len(figures.rows)


@pytest.mark.parametrize(
    ("number", "change", "reason"),
    [
        (1, more(1, "community_home", "units"), "の開設は令和4年7月1日です"),
        (
            1,
            more(1, "branch_group_care", "applied", "total"),
            "はなみずきの家」の申請は、取下げです",
        ),
        (1, more(1, "total", "certified", "6"), "つきの家」の申請は、差戻し中です"),
        (1, more(1, "backup", "certified"), "「福音寮」の認定は令和4年6月28日で、4月末より後です"),
        (1, more(1, "community_home", "applied", "4"), "の申請は令和4年6月15日で、4月末より後です"),
        (1, more(-1, "community_home", "certified", "4"), "定員は令和4年4月1日に6名から4名に"),
        (2, more(1, "community_home", "certified", "total"), "認定の結果が台帳にありません"),
        (2, more(1, "total", "applied", "6"), "定員は令和4年4月1日に6名から4名に"),
    ],
)
def test_a_count_that_differs_says_what_the_ledger_knows(
    number: FormNumber, change: Change, reason: str
) -> None:
    (found,) = differences(number, change)
    assert found.filed != found.computed
    assert found.reason is not None
    assert reason in found.reason.ja


@pytest.mark.parametrize(
    "change",
    [
        more(-1, "community_home", "units"),
        more(1, "total", "certified", "5"),
        more(-1, "backup", "certified"),
        more(1, "backup", "homes"),
    ],
)
def test_what_the_program_does_not_know_has_no_reason(change: Change) -> None:
    (found,) = differences(1, change)
    assert found.reason is None


@pytest.mark.parametrize(
    ("at", "staff", "reason"),
    [
        (1, "4.7", "15時間/40時間、15時間/40時間の合算の小数第2位を切り捨てた数です"),
        (1, "6", "を1名ずつ数えた数です"),
        (1, "4", "を含まない数です"),
        (
            1,
            "9.9",
            "台帳では、令和4年4月1日に常勤4名と、15時間/40時間、15時間/40時間です",
        ),
        (3, "9.9", "台帳では、令和4年4月1日に常勤3名と"),
    ],
)
def test_staff_that_differs_says_how_it_came_about(at: int, staff: str, reason: str) -> None:
    (found,) = differences(1, line(at, staff=staff))
    assert found.reason is not None
    assert reason in found.reason.ja


def test_each_rounded_before_they_are_added_up(tmp_path: Path) -> None:
    ledger = read(
        made(
            unit("x", "community_home", "4"),
            application("n", "x"),
            *(part_time(staff_id, "x", "10") for staff_id in ("p", "q")),
        ),
        tmp_path,
    )
    figures = drawn(ledger)
    at = [row.unit_name for row in figures.rows].index("xの家")
    assert figures.rows[at].staff == "0.5"
    filed = line(at, staff="0.6")(as_filed(figures))
    (found,) = compare(filed, figures, ledger, national_law()).differences
    assert found.reason is not None
    assert "一人ずつ四捨五入した数です" in found.reason.ja


def test_a_line_that_only_one_of_them_has() -> None:
    (gone,) = differences(1, without(0))
    assert (gone.filed, gone.computed, gone.reason, gone.place) == (False, True, None, "")


@pytest.mark.parametrize(
    ("home", "name", "reason"),
    [
        ("福音寮", "架空 かぜの家", "申請は令和4年9月7日で、4月末より後です"),
        ("福音寮", "ないの家", "台帳にありません"),
        ("東京育成園", "架空 そよかぜの家", "開設は令和4年7月1日です"),
    ],
)
def test_a_unit_that_the_ledger_does_not_list_says_why(home: str, name: str, reason: str) -> None:
    found = differences(1, line(0, unit_name=name, home_name=home))
    (filed,) = [one for one in found if one.filed is True]
    assert filed.reason is not None
    assert reason in filed.reason.ja


def test_cells_of_a_line_say_why() -> None:
    (capacity,) = differences(1, line(1, capacity=6))
    assert capacity.reason is not None
    assert "定員は令和4年4月1日に6名から4名に" in capacity.reason.ja
    (backup,) = differences(1, line(5, backup=True))
    assert backup.reason is not None
    assert "「福音寮」の認定は令和4年6月28日" in backup.reason.ja
    (dispersal,) = differences(1, line(3, dispersal=True))
    assert dispersal.reason is not None
    assert "取下げ" in dispersal.reason.ja


def test_a_closed_unit_and_an_ended_add_on_are_named(tmp_path: Path) -> None:
    ledger = read(
        made(
            unit("x", "community_home", "4"),
            application("n", "x", ended_on="2022-04-15"),
            edit("units", "u4", closed_on="2022-04-10"),
        ),
        tmp_path,
    )
    figures = drawn(ledger)
    filed = more(1, "total", "certified", "total")(as_filed(figures))
    filed = more(1, "total", "units")(filed)
    units, certified = compare(filed, figures, ledger, national_law()).differences
    assert units.reason is not None
    assert "令和4年4月10日で廃止しています" in units.reason.ja
    assert certified.reason is not None
    assert "加算は令和4年4月15日で終了しています" in certified.reason.ja


def test_what_can_not_be_read_is_shown_as_it_was_typed() -> None:
    def typed(form: FiledForm) -> FiledForm:
        path = ("total", "units", "")
        return replace(form, counts={**form.counts, path: Filled(None, "様式1!G10", "約9")})

    (found,) = differences(1, typed)
    assert (found.filed, found.computed, found.place) == ("約9", 9, "様式1!G10")


def test_the_report_is_in_either_language() -> None:
    ledger, figures = example(1)
    filed = more(1, "community_home", "units")(as_filed(figures))
    found = compare(filed, figures, ledger, national_law())
    english = ComparisonReport.of(found, "en").differences[0]
    assert english.label == "Units in scope (community homes)"
    assert "opened on 2022-07-01" in str(english.reason)


def test_what_the_filed_form_lacks_was_not_filed() -> None:
    def lacking(form: FiledForm) -> FiledForm:
        path = ("total", "units", "")
        return replace(form, counts={at: cell for at, cell in form.counts.items() if at != path})

    (found,) = differences(1, lacking)
    assert (found.filed, found.computed, found.place, found.reason) == (None, 9, "", None)


def test_staff_unknown_to_the_ledger_have_no_reason(tmp_path: Path) -> None:
    ledger = read(made(unit("x", "community_home", "4"), application("n", "x")), tmp_path)
    figures = drawn(ledger)
    at = [row.unit_name for row in figures.rows].index("xの家")
    filed = line(at, staff="4")(as_filed(figures))
    (found,) = compare(filed, figures, ledger, national_law()).differences
    assert (found.filed, found.reason) == ("4", None)
