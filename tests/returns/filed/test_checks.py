"""What is odd in a form's figures: each finding with a case that fires and one that does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.ledger.findings import Value
from shokibo.returns.counts import CountPath
from shokibo.returns.filed.figures import FiledForm, FiledRow, Filled
from shokibo.texts import LANGUAGES
from tests.returns.filed.invented import filed, findings, invented

Change = Callable[[FiledForm], FiledForm]
Shown = int | str | bool | None
_UNNAMED: dict[str, Shown] = {"unit_name": "z", "capacity": 4, "staff": "4", "home_name": "H"}


def base() -> FiledForm:
    """Return a form: community homes of 4 and 5 places, a branch of 6; two homes, one backup."""
    form = filed(invented(0, units=0))
    sizes = {"community_home": {"4": 1, "5": 1}, "branch_group_care": {"6": 1}}
    counts: dict[CountPath, int] = dict.fromkeys(form.counts, 0)
    for kind, by_size in sizes.items():
        for of in (kind, "total"):
            counts[of, "units", ""] += sum(by_size.values())
            for name in ("applied", "certified"):
                counts[of, name, "total"] += sum(by_size.values())
                for size, number in by_size.items():
                    counts[of, name, size] += number
    homes = {"homes": 3, "homes_with_units": 2, "applied": 2, "certified": 1}
    counts |= {("backup", name, ""): number for name, number in homes.items()}
    return replace(
        form,
        counts={path: Filled(counts[path], "/".join(path), "x") for path in form.counts},
        rows=(
            line(1, unit_name="a", capacity=4, staff="4", home_name="H", backup=True),
            line(2, unit_name="b", capacity=5, staff="5.5", home_name="H", backup=True),
            line(3, unit_name="a", capacity=6, staff="6", home_name="K", backup=False),
        ),
    )


def line(number: int, /, **values: Shown) -> FiledRow:
    """Return a line of the list; what is not given is ○."""
    given_values: dict[str, Any] = {
        "number": number,
        "dispersal": True,
        "backup": True,
        **_UNNAMED,
        **values,
    }
    return FiledRow(
        **{
            name: Filled(value, f"{number}/{name}", "" if value is None else str(value))
            for name, value in given_values.items()
        }
    )


def count(value: int | None, kind: str, name: str, part: str = "") -> Change:
    """Change a count."""
    return cell(value, "" if value is None else str(value), kind, name, part)


def cell(value: int | None, written: str, kind: str, name: str, part: str = "") -> Change:
    """Change the cell of a count."""
    filled = Filled(value, f"{kind}/{name}/{part}", written)
    return lambda form: replace(form, counts={**form.counts, (kind, name, part): filled})


def both(*changes: Change) -> Change:
    """Make several changes."""

    def changed(form: FiledForm) -> FiledForm:
        for change in changes:
            form = change(form)
        return form

    return changed


def at_line(at: int, /, **values: Shown) -> Change:
    """Change cells of a line."""

    def changed(form: FiledForm) -> FiledForm:
        rows = list(form.rows)
        given_values: dict[str, Any] = values
        cells: dict[str, Any] = {
            name: Filled(value, f"{at}/{name}", "" if value is None else str(value))
            for name, value in given_values.items()
        }
        rows[at - 1] = replace(rows[at - 1], **cells)
        return replace(form, rows=tuple(rows))

    return changed


def added(row: FiledRow) -> Change:
    """Add a line."""
    return lambda form: replace(form, rows=(*form.rows, row))


def year(value: int | None) -> Change:
    """Change the year of the title."""
    return lambda form: replace(form, fiscal_year=Filled(value, "title", str(value or "")))


@dataclass(frozen=True)
class Case:
    """A change that makes the finding, alone; and one near it that makes none."""

    code: str
    place: str
    values: Mapping[str, Value]
    wrong: Change
    right: Change


CASES = [
    Case(
        "RETURN_NOT_A_NUMBER",
        "branch_group_care/applied/5",
        {"written": "約1", "label": "加算申請か所数(分園型小規模グループケア、定員5名)"},
        cell(None, "約1", "branch_group_care", "applied", "5"),
        count(0, "branch_group_care", "applied", "5"),
    ),
    Case(
        "RETURN_NOT_A_MARK",
        "3/backup",
        {
            "written": "△",
            "label": "一覧3番 地域小規模児童養護施設等バックアップ職員加算の適用の有無",
        },
        lambda form: replace(
            form,
            rows=(*form.rows[:2], replace(form.rows[2], backup=Filled(None, "3/backup", "△"))),
        ),
        at_line(3, backup=False),
    ),
    Case(
        "RETURN_NOT_A_MARK",
        "1/dispersal",
        {"written": "?"},
        lambda form: replace(
            form,
            rows=(
                replace(form.rows[0], dispersal=Filled(None, "1/dispersal", "?")),
                *form.rows[1:],
            ),
        ),
        at_line(1, dispersal=True),
    ),
    Case(
        "RETURN_BLANK",
        "1/unit_name",
        {},
        at_line(1, unit_name=None),
        at_line(1, unit_name="x"),
    ),
    Case(
        "RETURN_BLANK",
        "total/applied/5",
        {"labels": ["加算申請か所数(合計、定員5名)", "一覧1番 職員数"]},
        both(count(None, "total", "applied", "5"), at_line(1, staff=None)),
        at_line(1, staff="5"),
    ),
    Case("RETURN_WRONG_YEAR", "title", {"year": 2021, "asked": 2022}, year(2021), year(2022)),
    Case("RETURN_WRONG_YEAR", "title", {"asked": 2022}, year(None), year(2022)),
    Case(
        "RETURN_TOTAL_DIFFERS",
        "total/units/",
        {"total": 4, "sum": 3, "community_home": 2, "branch_group_care": 1},
        count(4, "total", "units"),
        both(count(4, "total", "units"), count(3, "community_home", "units")),
    ),
    Case(
        "RETURN_CAPACITIES_ABOVE_TOTAL",
        "community_home/applied/total",
        {"total": 2, "sum": 3},
        both(
            count(1, "community_home", "applied", "6"),
            count(2, "total", "applied", "6"),
        ),
        both(  # a capacity outside 4 to 6 is in none of the rows
            count(0, "community_home", "applied", "4"),
            count(0, "total", "applied", "4"),
            count(0, "community_home", "certified", "4"),
            count(0, "total", "certified", "4"),
            at_line(1, capacity=7),
        ),
    ),
    Case(
        "RETURN_CERTIFIED_ABOVE_APPLIED",
        "branch_group_care/certified/6",
        {"certified": 1, "applied": 0},
        both(
            count(0, "branch_group_care", "applied", "6"),
            count(0, "total", "applied", "6"),
            count(0, "branch_group_care", "applied", "total"),
            count(2, "total", "applied", "total"),
        ),
        both(
            count(0, "branch_group_care", "certified", "6"),
            count(0, "total", "certified", "6"),
            count(0, "branch_group_care", "certified", "total"),
            count(2, "total", "certified", "total"),
            at_line(3, dispersal=False),
        ),
    ),
    Case(
        "RETURN_APPLIED_ABOVE_UNITS",
        "community_home/applied/total",
        {"applied": 2, "units": 1},
        both(count(1, "community_home", "units"), count(2, "total", "units")),
        both(count(5, "community_home", "units"), count(6, "total", "units")),
    ),
    Case(
        "RETURN_HOMES_DIFFER",
        "backup/homes_with_units/",
        {"more": 3, "less": 2, "label_of_less": "児童養護施設数"},
        both(count(2, "backup", "homes"), count(3, "backup", "homes_with_units")),
        count(3, "backup", "homes_with_units"),
    ),
    Case(
        "RETURN_HOMES_DIFFER",
        "backup/applied/",
        {"more": 4, "less": 3},
        count(4, "backup", "applied"),
        count(3, "backup", "applied"),
    ),
    Case(
        "RETURN_HOMES_DIFFER",
        "backup/certified/",
        {"more": 1, "less": 0},
        count(0, "backup", "applied"),
        count(1, "backup", "applied"),
    ),
    Case(
        "RETURN_HOMES_DIFFER",
        "backup/homes_with_units/",
        {"more": 4, "less": 3},
        both(count(9, "backup", "homes"), count(4, "backup", "homes_with_units")),
        both(count(9, "backup", "homes"), count(3, "backup", "homes_with_units")),
    ),
    Case(
        "RETURN_HOMES_DIFFER",
        "backup/homes_with_units/",
        {"units": 3},
        count(0, "backup", "homes_with_units"),
        count(1, "backup", "homes_with_units"),
    ),
    Case(
        "RETURN_LIST_DIFFERS",
        "total/certified/4",
        {"counted": 1, "listed": 0},
        at_line(1, dispersal=False),
        at_line(1, dispersal=True),
    ),
    Case(
        "RETURN_LIST_DIFFERS",
        "total/certified/total",
        {"counted": 3, "listed": 4},
        added(line(4, capacity=7, backup=True)),
        added(line(4, capacity=7, dispersal=False)),
    ),
    Case(
        "RETURN_BACKUP_DIFFERS",
        "backup/certified/",
        {"counted": 1, "listed": 2},
        at_line(3, backup=True),
        both(at_line(3, backup=True), count(2, "backup", "certified")),
    ),
    Case(
        "RETURN_BACKUP_DIFFERS",
        "2/backup",
        {"home": "H"},
        at_line(2, backup=False),
        both(at_line(1, backup=False), at_line(2, backup=False), count(0, "backup", "certified")),
    ),
    Case(
        "RETURN_STAFF_LOW",
        "1/staff",
        {"home": "H", "unit": "a", "staff": "3.9", "base": 3},
        at_line(1, staff="3.9"),
        at_line(1, staff="4"),
    ),
    Case(
        "RETURN_STAFF_WRITTEN",
        "2/staff",
        {"written": "5.75", "label": "一覧2番 職員数"},
        at_line(2, staff="5.75"),
        at_line(2, staff="5.8"),
    ),
    Case(
        "RETURN_UNIT_TWICE",
        "2/unit_name",
        {"home": "H", "unit": "Ａ", "count": 2},
        both(at_line(1, unit_name="A"), at_line(2, unit_name="Ａ")),
        at_line(3, unit_name="b"),
    ),
    Case(
        "RETURN_NUMBERING",
        "2/number",
        {"found": "3", "expected": 2},
        both(at_line(2, number=3), at_line(3, number=4)),
        at_line(2, number=2),
    ),
    Case(
        "RETURN_NUMBERING",
        "1/number",
        {"found": None, "expected": 1},
        at_line(1, number=None),
        at_line(1, number=1),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_the_form_that_cases_change_is_sound() -> None:
    assert findings(base()) == []


@every_case
def test_one_cause_is_one_finding_at_its_cell(case: Case) -> None:
    (found,) = findings(case.wrong(base()))
    assert (found.code, found.place) == (case.code, case.place)
    assert {name: found.values[name] for name in case.values} == case.values
    for language in LANGUAGES:
        assert "{" not in found.message(language)


@every_case
def test_what_is_near_it_and_sound_is_no_finding(case: Case) -> None:
    assert findings(case.right(base())) == []


@given(st.integers(0, 10**6))
def test_a_form_whose_tables_agree_has_no_finding(seed: int) -> None:
    assert findings(filed(invented(seed))) == []
