"""Checks of the staff's postings: each code, and the posting just next to it."""

from pathlib import Path

import pytest

from shokibo.ledger.checks import staff
from tests.builders import (
    Case,
    Edit,
    add,
    all_of,
    codes,
    edit,
    findings,
    findings_in_files,
    findings_nearby,
    findings_on_sheets,
    is_fully_worded,
    made,
    part_time,
    posting,
    read,
    unit,
)

SECOND_HOME = add("homes", "架空学園", home_id="h2", name="架空の園")


def full_time(staff_id: str, hours: str) -> Edit:
    """Post a full-timer by hours of 38:45."""
    return posting(staff_id, "m6", weekly_hours=hours, full_time_weekly_hours="38.75")


def two(first: Edit, second: Edit) -> Edit:
    """Give one person two postings."""
    return all_of(first, second)


CASES = [
    Case(
        "STAFF_ID_IS_NAME",
        "warning",
        "staff.csv:13 staff_id",
        "職員!A13",
        {},
        posting("山田花子", "m6"),
        posting("山田1", "m6"),
    ),
    Case(
        "STAFF_DATES_REVERSED",
        "error",
        "staff.csv:13 ended_on",
        "職員!L13",
        {"staff_id": "x", "started_on": "2022-04-02", "ended_on": "2022-04-01"},
        posting("x", "m6", started_on="2022-04-02", ended_on="2022-04-01"),
        posting("x", "m6", started_on="2022-04-02", ended_on="2022-04-02"),
    ),
    Case(
        "HOURS_MISSING",
        "error",
        "staff.csv:13 weekly_hours",
        "職員!F13",
        {"staff_id": "x"},
        part_time("x", "m6", ""),
        part_time("x", "m6", "0"),
    ),
    Case(
        "HOURS_MISSING",
        "error",
        "staff.csv:14 weekly_hours",
        "職員!F14",
        {"staff_id": "x"},
        two(part_time("x", "m6", "20", dedicated="×"), posting("x", "", dedicated="×")),
        two(
            part_time("x", "m6", "20", dedicated="×", ended_on="2022-03-31"),
            posting("x", "", dedicated="×", started_on="2022-04-01"),
        ),
    ),
    Case(
        "FULL_TIME_HOURS_ZERO",
        "error",
        "staff.csv:13 full_time_weekly_hours",
        "職員!G13",
        {"staff_id": "x"},
        part_time("x", "m6", "0", of="0"),
        part_time("x", "m6", "0", of="40"),
    ),
    Case(
        "OVER_FULL_TIME",
        "error",
        "staff.csv:13 weekly_hours",
        "職員!F13",
        {"staff_id": "x", "hours": "38:46", "full_time": "38.75"},
        part_time("x", "m6", "38:46", of="38.75"),
        part_time("x", "m6", "38:45", of="38.75"),
    ),
    Case(
        "OVER_FULL_TIME",
        "error",
        "staff.csv:14 weekly_hours",
        "職員!F14",
        {
            "staff_id": "x",
            "day": "2022-04-01",
            "hours": [
                "staff.csv:13 weekly_hours:週25時間、常勤は40時間",
                "staff.csv:14 weekly_hours:週15.01時間、常勤は40時間",
            ],
            "hours_en": [
                "staff.csv:13 weekly_hours: 25 of 40 hours",
                "staff.csv:14 weekly_hours: 15.01 of 40 hours",
            ],
        },
        two(
            part_time("x", "m6", "25", dedicated="×"),
            part_time("x", "", "15.01", dedicated="×", started_on="2022-04-01"),
        ),
        two(
            part_time("x", "m6", "25", dedicated="×"),
            part_time("x", "", "15", dedicated="×", started_on="2022-04-01"),
        ),
    ),
    Case(
        "FULL_TIME_SHORT_HOURS",
        "warning",
        "staff.csv:13 weekly_hours",
        "職員!F13",
        {"staff_id": "x", "hours": "38:44", "full_time": "38.75"},
        full_time("x", "38:44"),
        full_time("x", "38:45"),
    ),
    Case(
        "DEDICATED_IN_ROTA",
        "warning",
        "staff.csv:13 main_rota",
        "職員!J13",
        {"staff_id": "x"},
        posting("x", "m6", main_rota="○"),
        posting("x", "", main_rota="○"),
    ),
    Case(
        "BACKUP_IN_UNIT",
        "error",
        "staff.csv:13 unit_id",
        "職員!C13",
        {"staff_id": "x"},
        posting("x", "m6", role="backup"),
        posting("x", "", role="backup"),
    ),
    Case(
        "POSTING_OVERLAPS",
        "error",
        "staff.csv:14 staff_id",
        "職員!A14",
        {"staff_id": "x", "other": "staff.csv:13 staff_id"},
        two(
            part_time("x", "m6", "20", ended_on="2022-04-11"),
            part_time("x", "m6", "20", started_on="2022-04-10"),
        ),
        two(
            part_time("x", "m6", "20", ended_on="2022-04-10"),
            part_time("x", "m6", "20", started_on="2022-04-11"),
        ),
    ),
    Case(
        "POSTINGS_SHARE_DAY",
        "error",
        "staff.csv:13 ended_on",
        "職員!L13",
        {
            "staff_id": "x",
            "day": "2022-06-15",
            "day_before": "2022-06-14",
            "other": "staff.csv:14 staff_id",
        },
        two(posting("x", "m6", ended_on="2022-06-15"), posting("x", "u4", started_on="2022-06-15")),
        two(posting("x", "m6", ended_on="2022-06-14"), posting("x", "u4", started_on="2022-06-15")),
    ),
    Case(
        "DEDICATED_TWICE",
        "error",
        "staff.csv:14 staff_id",
        "職員!A14",
        {"staff_id": "x", "other": "staff.csv:13 staff_id"},
        two(
            part_time("x", "m6", "20", ended_on="2022-04-11"),
            part_time("x", "u4", "20", started_on="2022-04-10"),
        ),
        two(
            part_time("x", "m6", "20", ended_on="2022-04-10"),
            part_time("x", "u4", "20", started_on="2022-04-11"),
        ),
    ),
    Case(
        "DEDICATED_ELSEWHERE",
        "warning",
        "staff.csv:14 staff_id",
        "職員!A14",
        {"staff_id": "x", "other": "staff.csv:13 staff_id"},
        two(part_time("x", "m6", "20"), part_time("x", "", "20", dedicated="×")),
        two(part_time("x", "m6", "20", dedicated="×"), part_time("x", "", "20", dedicated="×")),
    ),
    Case(
        "STAFF_HOME_DIFFERS",
        "error",
        "staff.csv:13 unit_id",
        "職員!C13",
        {
            "staff_id": "x",
            "unit_id": "m6",
            "unit_name": "本体の家",
            "home_id": "h2",
            "home_name": "架空の園",
            "unit_home": "h",
            "unit_home_name": "架空学園",
        },
        all_of(SECOND_HOME, posting("x", "m6", "h2")),
        all_of(SECOND_HOME, posting("x", "", "h2")),
    ),
    Case(
        "STAFF_OUTSIDE_UNIT",
        "warning",
        "staff.csv:13 started_on",
        "職員!K13",
        {"staff_id": "x", "unit_id": "m6", "unit_name": "本体の家"},
        all_of(
            edit("units", "m6", opened_on="2019-04-01"), posting("x", "m6", ended_on="2019-03-31")
        ),
        all_of(
            edit("units", "m6", opened_on="2019-04-01"), posting("x", "m6", ended_on="2019-04-01")
        ),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    assert {case.code for case in CASES} == {entry.code for entry in staff.ENTRIES}


@every_case
def test_it_is_reported_with_its_figures_at_its_place_in_a_file(case: Case, tmp_path: Path) -> None:
    reported = findings_in_files(case, tmp_path)
    assert [(f.code, f.severity, f.place, f.values) for f in reported] == [
        (case.code, case.severity, case.place, case.values)
    ]
    assert all(map(is_fully_worded, reported))


@every_case
def test_it_is_reported_at_its_cell_on_a_sheet(case: Case, tmp_path: Path) -> None:
    reported = findings_on_sheets(case, tmp_path)
    assert [(f.code, f.place) for f in reported] == [(case.code, case.cell)]


@every_case
def test_the_row_just_next_to_it_is_not_reported(case: Case, tmp_path: Path) -> None:
    assert codes(findings_nearby(case, tmp_path)) == []


# Beyond the one case of a code


@pytest.mark.parametrize(
    ("weekly", "full_time"), [("", "40"), ("20", ""), ("", "")], ids=["weekly", "full", "both"]
)
def test_a_part_timer_needs_both_hours(weekly: str, full_time: str, tmp_path: Path) -> None:
    tables = made(part_time("x", "m6", weekly, of=full_time))
    assert codes(findings(read(tables, tmp_path))) == ["HOURS_MISSING"]


def test_a_full_timer_in_one_posting_needs_no_hours(tmp_path: Path) -> None:
    assert codes(findings(read(made(posting("x", "m6")), tmp_path))) == []


def test_both_postings_of_a_full_timer_without_hours_are_reported(tmp_path: Path) -> None:
    tables = made(posting("x", "m6", dedicated="×"), posting("x", "", dedicated="×"))
    reported = findings(read(tables, tmp_path))
    assert [(f.code, f.place) for f in reported] == [
        ("HOURS_MISSING", "staff.csv:13 weekly_hours"),
        ("HOURS_MISSING", "staff.csv:14 weekly_hours"),
    ]


def test_two_postings_that_are_dedicated_one_of_them_at_the_main_building(tmp_path: Path) -> None:
    tables = made(part_time("x", "m6", "20"), part_time("x", "", "20"))
    assert codes(findings(read(tables, tmp_path))) == ["DEDICATED_ELSEWHERE"]


def test_dedicated_in_one_unit_and_not_in_another(tmp_path: Path) -> None:
    tables = made(part_time("x", "m6", "20"), part_time("x", "u4", "20", dedicated="×"))
    assert codes(findings(read(tables, tmp_path))) == ["DEDICATED_ELSEWHERE"]


def test_two_homes_without_a_unit_are_two_places(tmp_path: Path) -> None:
    second = part_time("x", "", "20", home_id="h2", dedicated="×")
    tables = made(SECOND_HOME, part_time("x", "", "20", dedicated="×"), second)
    assert codes(findings(read(tables, tmp_path))) == []


def test_three_postings_are_reported_pair_by_pair(tmp_path: Path) -> None:
    tables = made(
        unit("x", "main_unit", "6"),
        *(part_time("p", place, "10") for place in ("m6", "x", "u4")),
    )
    reported = findings(read(tables, tmp_path))
    assert [(f.place, f.values["other"]) for f in reported if f.code == "DEDICATED_TWICE"] == [
        ("staff.csv:14 staff_id", "staff.csv:13 staff_id"),
        ("staff.csv:15 staff_id", "staff.csv:13 staff_id"),
        ("staff.csv:15 staff_id", "staff.csv:14 staff_id"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "over"),
    [
        (("20", "40"), ("17.5", "35"), False),  # exactly one
        (("20", "40"), ("17.51", "35"), True),
        (("13.33", "40"), ("26.67", "40"), False),
        (("13.34", "40"), ("26.67", "40"), True),
    ],
)
def test_simultaneous_hours_are_added_as_exact_fractions(
    first: tuple[str, str], second: tuple[str, str], over: bool, tmp_path: Path
) -> None:
    tables = made(
        part_time("x", "m6", first[0], of=first[1], dedicated="×"),
        part_time("x", "", second[0], of=second[1], dedicated="×", started_on="2022-04-01"),
    )
    assert codes(findings(read(tables, tmp_path))) == (["OVER_FULL_TIME"] if over else [])


def test_postings_are_added_up_on_each_day_on_which_one_starts(tmp_path: Path) -> None:
    tables = made(
        part_time("x", "m6", "20", dedicated="×", started_on="2022-04-01", ended_on="2022-06-30"),
        part_time("x", "", "20", dedicated="×", started_on="2022-05-01"),
        part_time("x", "u4", "5", dedicated="×", started_on="2022-06-15"),
        part_time("x", "b5", "5", dedicated="×", started_on="2022-07-01"),
    )
    reported = [f for f in findings(read(tables, tmp_path)) if f.code == "OVER_FULL_TIME"]
    assert [(f.place, f.values["day"]) for f in reported] == [
        ("staff.csv:15 weekly_hours", "2022-06-15")
    ]
    assert "令和4年6月15日から常勤1人分を超えます(staff.csv:13 " in reported[0].message("ja")
    assert "staff.csv:15 weekly_hours: 5 of 40 hours" in reported[0].message("en")


def test_a_lasting_excess_is_one_finding(tmp_path: Path) -> None:
    tables = made(
        part_time("x", "m6", "30", dedicated="×", started_on="2022-04-01"),
        part_time("x", "", "20", dedicated="×", started_on="2022-05-01"),
        part_time("x", "u4", "5", dedicated="×", started_on="2022-06-01"),
    )
    reported = findings(read(tables, tmp_path))
    assert [(f.code, f.values["day"]) for f in reported] == [("OVER_FULL_TIME", "2022-05-01")]


def test_more_than_full_time_since_before_the_ledger_is_reported_without_a_day(
    tmp_path: Path,
) -> None:
    tables = made(
        part_time("x", "m6", "25", dedicated="×"), part_time("x", "", "25", dedicated="×")
    )
    (reported,) = findings(read(tables, tmp_path))
    assert reported.code == "OVER_FULL_TIME"
    assert reported.message("ja") == (
        "職員「x」の同時の配置を合わせると、台帳の初めから常勤1人分を超えています"
        "(staff.csv:13 weekly_hours:週25時間、常勤は40時間、"
        "staff.csv:14 weekly_hours:週25時間、常勤は40時間)。配置の時間数か期間を修正してください。"
    )
    assert " on ." not in reported.message("en")


def test_a_posting_that_starts_after_its_unit_has_closed(tmp_path: Path) -> None:
    def starting(day: str) -> list[str]:
        closed = unit("x", "main_unit", "6", closed_on="2022-03-31")
        return codes(
            findings(read(made(closed, posting("p", "x", started_on=day)), tmp_path / day))
        )

    assert starting("2022-04-01") == ["STAFF_OUTSIDE_UNIT"]
    assert starting("2022-03-31") == []


def test_a_day_shared_at_a_change_is_reported_in_either_order_of_rows(tmp_path: Path) -> None:
    later = posting("x", "u4", started_on="2022-06-15")
    earlier = posting("x", "m6", started_on="2022-04-01", ended_on="2022-06-15")
    (found,) = findings(read(made(later, earlier), tmp_path))
    assert (found.code, found.place) == ("POSTINGS_SHARE_DAY", "staff.csv:14 ended_on")
    assert found.message("ja") == (
        "職員「x」の二つの配置が、令和4年6月15日だけ重なっています"
        "(もう一方はstaff.csv:13 staff_id)。"
        "先の配置の配置終了日を、前日の令和4年6月14日にしてください。"
    )


@pytest.mark.parametrize("ended_on", ["2022-06-15", "2022-06-16"])
def test_a_posting_within_another_is_no_change(ended_on: str, tmp_path: Path) -> None:
    within = posting("x", "u4", started_on="2022-06-15", ended_on="2022-06-15")
    reported = findings(read(made(posting("x", "m6", ended_on=ended_on), within), tmp_path))
    assert "POSTINGS_SHARE_DAY" not in codes(reported)


def test_two_roles_at_one_place_do_not_overlap(tmp_path: Path) -> None:
    half = {"dedicated": "×", "weekly_hours": "20", "full_time_weekly_hours": "40"}
    tables = made(posting("x", "", **half), posting("x", "", role="backup", **half))
    assert codes(findings(read(tables, tmp_path))) == []


def test_two_roles_at_one_place_are_one_full_timer_at_most(tmp_path: Path) -> None:
    half = {"dedicated": "×", "weekly_hours": "20", "full_time_weekly_hours": "40"}
    more = {**half, "weekly_hours": "20.01", "started_on": "2022-04-01"}
    tables = made(posting("x", "", **half), posting("x", "", role="backup", **more))
    assert codes(findings(read(tables, tmp_path))) == ["OVER_FULL_TIME"]


def test_a_full_timer_in_two_postings_counts_by_hours_and_is_not_short(tmp_path: Path) -> None:
    half = {"dedicated": "×", "weekly_hours": "20", "full_time_weekly_hours": "40"}
    tables = made(posting("x", "m6", **half), posting("x", "", **half))
    assert codes(findings(read(tables, tmp_path))) == []


@pytest.mark.parametrize(
    ("staff_id", "is_name"),
    [
        *((name, True) for name in ("山田花子", "林恵", "佐々木 さくら", "ヤマダ ハナコ")),
        *((name, True) for name in ("山田　花子", "マリア・サントス", "長谷川千代子")),
        *(
            (code, False)
            for code in ("甲", "A-12", "さくら1", "やまだ", "ヤマダ", "職員 あ", "架空 甲乙")
        ),
        *(
            (post, False)
            for post in ("園長", "施設長", "主任指導員", "心理療法士", "調理員", "夜勤補助", "未定")
        ),
        ("東京都世田谷区立", False),
    ],
)
def test_a_staff_id_that_looks_like_a_name_is_pointed_out(
    staff_id: str, is_name: bool, tmp_path: Path
) -> None:
    found = codes(findings(read(made(posting(staff_id, "m6")), tmp_path)))
    assert ("STAFF_ID_IS_NAME" in found) == is_name
