"""The notes of a form: each note, and the nearest case without it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from shokibo.law.parameters import Law, national_law
from shokibo.ledger.findings import Finding, Severity, Value
from shokibo.returns.counted import FormNumber
from shokibo.returns.forms import fill_form
from shokibo.returns.notes import CATALOGUE
from tests.builders import (
    Edit,
    add,
    all_of,
    application,
    codes,
    drop,
    edit,
    is_fully_worded,
    made,
    own_law,
    part_time,
    posting,
    read,
    unit,
)

NOTHING = all_of()
LAST_YEAR = application(
    "n",
    "u4",
    fiscal_year="2021",
    start_month="2021-04",
    applied_on="2021-04-05",
    decided_on="2021-04-20",
)
SECOND_HOME = add("homes", "架空学園", home_id="h2", name="架空の園")
APPLICATIONS = ("a-u4", "a-b5", "a-k")
THE_UNIT: dict[str, Value] = {"home": "架空学園", "unit": "地域の家"}


@dataclass(frozen=True)
class NoteCase:
    """An edit that gives one note on form 1 of 令和4年度, and one next to it that gives none."""

    code: str
    severity: Severity
    place: str
    values: dict[str, Value]
    wrong: Edit
    near: Edit


def notes(
    folder: Path, *edits: Edit, number: FormNumber = 1, year: int = 2022, law: Law | None = None
) -> list[Finding]:
    """Return the notes on a form of the clean ledger with edits."""
    ledger = read(made(*edits), folder)
    return list(fill_form(ledger, law or national_law(), number, year).notes)


def of_u4(**cells: str) -> Edit:
    """Change the application of the community home."""
    return edit("applications", "a-u4", **cells)


CASES = [
    NoteCase(
        "FORM_STAFF_UNKNOWN",
        "warning",
        "units.csv:3 name",
        {**THE_UNIT, "day": "2022-04-01"},
        part_time("x", "u4", ""),
        part_time("x", "m6", ""),
    ),
    NoteCase(
        "FORM_CAPACITY_UNKNOWN",
        "warning",
        "units.csv:3 name",
        {**THE_UNIT, "day": "2022-04-01"},
        edit("capacities", "u4", effective_from="2022-04-02"),
        edit("capacities", "u4", effective_from="2022-04-01"),
    ),
    NoteCase(
        "FORM_CAPACITY_OUTSIDE",
        "warning",
        "units.csv:3 name",
        {**THE_UNIT, "capacity": 7},
        edit("capacities", "u4", capacity="7"),
        edit("capacities", "u4", capacity="6"),
    ),
    NoteCase(
        "FORM_SCOPE_UNKNOWN",
        "warning",
        "units.csv:5 name",
        {"home": "架空学園", "unit": "xの家", "day": "2022-04-30"},
        all_of(unit("x", "branch_group_care", "5"), drop("capacities", "x")),
        all_of(
            unit("x", "branch_group_care", "5", closed_on="2022-04-29"), drop("capacities", "x")
        ),
    ),
    NoteCase(
        "FORM_OUT_OF_SCOPE",
        "info",
        "applications.csv:5 unit_id",
        {"application": "n", "whose": "「架空学園」「本体の家」"},
        application("n", "m6", applied_on="2022-04-30"),
        application("n", "m6", applied_on="2022-05-01"),
    ),
    NoteCase(
        "FORM_BACKUP_WITHOUT_UNITS",
        "warning",
        "homes.csv:3 name",
        {"home": "架空の園"},
        all_of(SECOND_HOME, application("n", "", "h2")),
        all_of(SECOND_HOME, application("n", "", "h2"), unit("x", "branch_group_care", "4", "h2")),
    ),
    NoteCase(
        "FORM_UNDECIDED",
        "info",
        "applications.csv",
        {"count": 1, "applications": ["a-u4"]},
        of_u4(decision="pending"),
        of_u4(decision="rejected"),
    ),
    NoteCase(
        "FORM_APPLIED_ON_MISSING",
        "warning",
        "applications.csv:2 applied_on",
        {"application": "a-u4"},
        of_u4(applied_on=""),
        of_u4(applied_on="", decision="draft"),
    ),
    NoteCase(
        "FORM_NO_APPLICATIONS",
        "warning",
        "applications.csv",
        {"year": 2022},
        all_of(*(edit("applications", name, applied_on="2022-05-01") for name in APPLICATIONS)),
        all_of(*(edit("applications", name, applied_on="2022-05-01") for name in APPLICATIONS[1:])),
    ),
    NoteCase(
        "FORM_NOT_APPLIED_AGAIN",
        "warning",
        "applications.csv:5 application_id",
        {
            "whose": "「架空学園」「xの家」",
            "application_id": "n",
            "year": 2022,
        },
        all_of(unit("x", "community_home", "4"), LAST_YEAR, edit("applications", "n", unit_id="x")),
        all_of(unit("x", "community_home", "4"), LAST_YEAR),
    ),
    NoteCase(
        "FORM_SEVERAL_AUTHORITIES",
        "warning",
        "authorities.csv",
        {"count": 2},
        add("authorities", "990001", authority_code="990019", name="架空市"),
        NOTHING,
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    own = {"FORM_ADDRESSEE_UNCONFIRMED", "FORM_UNIT_CHANGED"}
    assert {case.code for case in CASES} | own == set(CATALOGUE)


@every_case
def test_it_is_reported_with_its_figures_at_its_place(case: NoteCase, tmp_path: Path) -> None:
    reported = notes(tmp_path, case.wrong)
    assert [(note.code, note.severity, note.place) for note in reported] == [
        (case.code, case.severity, case.place)
    ]
    assert reported[0].values == case.values
    assert all(map(is_fully_worded, reported))


@every_case
def test_the_case_just_next_to_it_is_not_reported(case: NoteCase, tmp_path: Path) -> None:
    assert codes(notes(tmp_path, case.near)) == []


@pytest.mark.parametrize("number", [1, 2])
def test_a_clean_ledger_gives_no_note(number: FormNumber, tmp_path: Path) -> None:
    law = own_law(tmp_path, "addressee", "こども家庭庁支援局家庭福祉課長")
    assert notes(tmp_path / "in", number=number, law=law) == []


@pytest.mark.parametrize(("number", "year"), [(1, 2021), (2, 2021), (1, 2023), (2, 2023)])
def test_a_year_without_an_application_says_so(
    number: FormNumber, year: int, tmp_path: Path
) -> None:
    assert "FORM_NO_APPLICATIONS" in codes(notes(tmp_path, number=number, year=year))


# The addressee


@pytest.mark.parametrize(
    ("number", "year", "is_told"),
    [(1, 2022, False), (1, 2023, True), (2, 2021, False), (2, 2022, True)],
)
def test_an_addressee_after_the_reform_is_marked_unconfirmed(
    number: FormNumber, year: int, is_told: bool, tmp_path: Path
) -> None:
    reported = [n for n in notes(tmp_path, number=number, year=year) if "ADDRESSEE" in n.code]
    assert [(n.code, n.severity, n.place, n.values) for n in reported] == (
        [
            (
                "FORM_ADDRESSEE_UNCONFIRMED",
                "info",
                "",
                {"addressee": "こども家庭庁支援局家庭福祉課長"},
            )
        ]
        if is_told
        else []
    )
    assert all(map(is_fully_worded, reported))


def test_an_addressee_that_the_authority_confirmed_is_not_reported(tmp_path: Path) -> None:
    law = own_law(tmp_path, "addressee", "こども家庭庁支援局家庭福祉課長")
    assert codes(notes(tmp_path / "in", drop("applications"), year=2023, law=law)) == [
        "FORM_NO_APPLICATIONS"
    ]


# What changed within the year


def changes(folder: Path, *edits: Edit) -> list[object]:
    reported = notes(folder, *edits, number=2)
    found = [note for note in reported if note.code == "FORM_UNIT_CHANGED"]
    assert all(map(is_fully_worded, found))
    return [(note.values["unit"], note.values["spans"]) for note in found]


def test_places_that_change_within_the_year_are_reported_with_their_days(tmp_path: Path) -> None:
    def from_day(day: str) -> Edit:
        return add("capacities", unit_id="b5", effective_from=day, capacity="4")

    assert changes(tmp_path, from_day("2023-03-31")) == [
        (
            "分園の家",
            [
                "2022-04-01/2023-03-30/5/2",
                "2023-03-31/2023-03-31/4/2",
            ],
        )
    ]
    assert changes(tmp_path / "after", from_day("2023-04-01")) == []
    assert changes(tmp_path / "before", from_day("2022-04-01")) == []


def test_extra_staff_that_change_within_the_year_are_reported_with_their_days(
    tmp_path: Path,
) -> None:
    ended = edit("applications", "a-b5", ended_on="2022-09-30")
    again = application("n", "b5", start_month="2022-11", applied_on="2022-10-03")
    assert changes(tmp_path, ended, again) == [
        (
            "分園の家",
            [
                "2022-04-01/2022-09-30/5/2",
                "2022-10-01/2022-10-31/5/0",
                "2022-11-01/2023-03-31/5/1",
            ],
        )
    ]
    (note,) = (
        note
        for note in notes(tmp_path / "words", ended, again, number=2)
        if note.code == "FORM_UNIT_CHANGED"
    )
    assert note.message("ja").startswith(
        "「架空学園」「分園の家」は、年度の途中で定員か加配数が変わりました("
        "令和4年4月1日から令和4年9月30日まで定員5人・加配2人、"
        "令和4年10月1日から令和4年10月31日まで定員5人・加配なし、"
        "令和4年11月1日から令和5年3月31日まで定員5人・加配1人)。"
    )
    assert "2022-10-01 to 2022-10-31 5 places with no extra staff" in note.message("en")


# Who has not applied again


def not_again(folder: Path, *edits: Edit) -> list[object]:
    reported = notes(folder, drop("applications"), LAST_YEAR, *edits)
    return [note.values["whose"] for note in reported if note.code == "FORM_NOT_APPLIED_AGAIN"]


def test_what_ended_or_closed_before_need_not_be_applied_for_again(tmp_path: Path) -> None:
    of_unit = ["「架空学園」「地域の家」"]
    assert not_again(tmp_path / "on", edit("applications", "n", ended_on="2022-03-31")) == of_unit
    assert not_again(tmp_path / "off", edit("applications", "n", ended_on="2022-03-30")) == []
    assert not_again(tmp_path / "open", edit("units", "u4", closed_on="2022-04-30")) == of_unit
    assert not_again(tmp_path / "shut", edit("units", "u4", closed_on="2022-04-29")) == []


def test_a_backup_add_on_of_last_year_is_missed_too(tmp_path: Path) -> None:
    backup = edit("applications", "n", addon="backup", unit_id="", requested_extra="")
    assert not_again(tmp_path, backup) == ["「架空学園」"]
    again = application("k", "", applied_on="2022-04-30")
    assert not_again(tmp_path / "again", backup, again) == []
    late = application("k", "", applied_on="2022-05-01")
    assert not_again(tmp_path / "late", backup, late) == ["「架空学園」"]


def test_a_household_that_went_on_as_another_unit_is_named_as_that(tmp_path: Path) -> None:
    moved = all_of(
        edit("units", "u4", closed_on="2022-03-31"),
        unit("x", "community_home", "4", opened_on="2022-04-01", continues="u4"),
    )
    assert not_again(tmp_path, moved) == ["「架空学園」「xの家」"]
    assert not_again(tmp_path / "again", moved, application("m", "x")) == []


# Beyond the one case of a code


def test_form_2_reports_no_missing_day_of_application(tmp_path: Path) -> None:
    assert "FORM_APPLIED_ON_MISSING" not in codes(notes(tmp_path, of_u4(applied_on=""), number=2))


def test_form_2_looks_for_unknown_capacities_on_the_last_day_of_the_year(tmp_path: Path) -> None:
    def closing(day: str) -> list[object]:
        edits = (unit("x", "branch_group_care", "5", closed_on=day), drop("capacities", "x"))
        reported = notes(tmp_path / day, *edits, number=2)
        return [note.values["day"] for note in reported if note.code == "FORM_SCOPE_UNKNOWN"]

    assert closing("2023-03-31") == ["2023-03-31"]
    assert closing("2023-03-30") == []


def test_a_branch_out_of_scope_whose_capacity_is_known_is_not_reported(tmp_path: Path) -> None:
    assert notes(tmp_path, unit("x", "branch_group_care", "7")) == []


def test_a_branch_of_unknown_capacity_leaves_its_application_out_of_scope(tmp_path: Path) -> None:
    reported = notes(tmp_path, drop("capacities", "b5"))
    assert codes(reported) == ["FORM_SCOPE_UNKNOWN", "FORM_OUT_OF_SCOPE"]


def test_a_capacity_outside_is_reported_only_for_units_that_applied(tmp_path: Path) -> None:
    assert notes(tmp_path, unit("x", "community_home", "7")) == []


def test_an_unknown_capacity_is_reported_for_units_that_are_listed_for_backup(
    tmp_path: Path,
) -> None:
    reported = notes(tmp_path, drop("capacities", "u4"), drop("applications", "a-u4"))
    assert codes(reported) == ["FORM_CAPACITY_UNKNOWN"]


def test_an_unknown_capacity_of_a_unit_not_on_the_form_is_not_reported(
    tmp_path: Path,
) -> None:
    edits = (drop("capacities", "u4"), drop("applications", "a-u4", "a-k"))
    assert notes(tmp_path, *edits) == []


def test_staff_of_a_unit_that_is_not_listed_is_not_reported(tmp_path: Path) -> None:
    edits = (part_time("x", "u4", ""), drop("applications", "a-u4", "a-k"))
    assert notes(tmp_path, *edits) == []


def test_hours_missing_after_the_reference_date_are_not_reported(tmp_path: Path) -> None:
    late = part_time("x", "u4", "", started_on="2022-04-02")
    assert notes(tmp_path, late) == []
    reported = notes(tmp_path / "may", late, of_u4(start_month="2022-05"))
    assert [note.values["day"] for note in reported] == ["2022-05-01"]


def test_undecided_ones_are_reported_together(tmp_path: Path) -> None:
    edits = (of_u4(decision="pending"), edit("applications", "a-k", decision="returned"))
    reported = notes(tmp_path, *edits)
    assert [(note.code, note.values["count"]) for note in reported] == [("FORM_UNDECIDED", 2)]
    assert set(reported[0].values["applications"]) == {"a-u4", "a-k"}  # type: ignore[arg-type]
    assert "a-k" in reported[0].message("en")


def test_a_home_is_reported_once_however_often_it_applied(tmp_path: Path) -> None:
    twice = (application("n1", "", "h2"), application("n2", "", "h2"))
    assert codes(notes(tmp_path, SECOND_HOME, *twice)) == ["FORM_BACKUP_WITHOUT_UNITS"]


def test_a_home_that_only_has_units_out_of_scope_is_reported(tmp_path: Path) -> None:
    edits = (
        SECOND_HOME,
        unit("x", "main_unit", "6", "h2"),
        posting("x-1", "x", "h2"),
        application("n", "", "h2"),
    )
    assert codes(notes(tmp_path, *edits)) == ["FORM_BACKUP_WITHOUT_UNITS"]


@pytest.mark.parametrize(
    ("closed", "applied", "words"),
    [
        (edit("units", "u4", closed_on="2022-04-29"), "a-u4", "「架空学園」「地域の家」の申請"),
        (edit("homes", "h", closed_on="2022-04-29"), "a-k", "「架空学園」の申請"),
    ],
)
def test_what_has_closed_is_reported_with_its_day(
    closed: Edit, applied: str, words: str, tmp_path: Path
) -> None:
    ledger = read(made(closed), tmp_path)
    notes = fill_form(ledger, national_law(), 1, 2022).notes
    reported = {
        one.values["application"]: one.message("ja")
        for one in notes
        if one.code == "FORM_OUT_OF_SCOPE"
    }
    assert reported[applied] == (
        f"{words}(申請ID:{applied})は、令和4年4月29日に廃止されているため、数えていません。"
        "廃止日を確かめてください。"
    )
