"""Checks that need the rules: each code, the case just next to it, and the months they name."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from shokibo.law import checks, own_values, plausible, support_checks
from shokibo.law.checks import check_law
from shokibo.ledger.findings import Finding
from shokibo.ledger.reading import read_ledger
from tests.builders import (
    EXAMPLES,
    Case,
    Edit,
    add,
    all_of,
    application,
    codes,
    drop,
    edit,
    findings,
    findings_in_files,
    findings_nearby,
    findings_on_sheets,
    is_fully_worded,
    made,
    own_law,
    part_time,
    posting,
    read,
    unit,
)

YEAR = [
    *("2022-04", "2022-05", "2022-06", "2022-07", "2022-08", "2022-09"),
    *("2022-10", "2022-11", "2022-12", "2023-01", "2023-02", "2023-03"),
]
FROM_OCTOBER = YEAR[6:]


def of_2023(unit_id: str, **cells: str) -> Edit:
    """Add an application for 令和5年度 that is being looked at, as row 5."""
    pending = {
        "fiscal_year": "2023",
        "start_month": "2023-04",
        "applied_on": "2023-04-03",
        "decision": "pending",
        "certified_extra": "",
        "decided_on": "",
    }
    return application("n", unit_id, **{**pending, **cells})


def confirmed(item: str, result: str, day: str) -> Edit:
    """Confirm an item of the home once more."""
    return add("confirmations", home_id="h", item=item, result=result, confirmed_on=day)


def leave(staff_id: str, **cells: str) -> Edit:
    """Send a person on leave from October."""
    period = {"staff_id": staff_id, "started_on": "2022-10-01", "kind": "childcare"}
    return add("absences", "", **{**period, **cells})


def replaced(started_on: str) -> Edit:
    """Let a worker of the branch leave at the end of September, and another follow."""
    return all_of(
        edit("staff", "b-5", ended_on="2022-09-30"), posting("b-6", "b5", started_on=started_on)
    )


CASES = [
    Case(
        "COMMUNITY_HOME_CAPACITY",
        "warning",
        "capacities.csv:5 capacity",
        "定員!C5",
        {"name": "xの家", "capacity": 7, "table": "4・5・6"},
        unit("x", "community_home", "7"),
        unit("x", "community_home", "6"),
    ),
    Case(
        "COMMUNITY_HOME_CAPACITY",
        "warning",
        "capacities.csv:5 capacity",
        "定員!C5",
        {"name": "xの家", "capacity": 3, "table": "4・5・6"},
        unit("x", "community_home", "3"),
        unit("x", "community_home", "4"),
    ),
    Case(
        "BRANCH_CAPACITY",
        "info",
        "capacities.csv:5 capacity",
        "定員!C5",
        {"name": "xの家", "capacity": 7, "table": "4・5・6"},
        unit("x", "branch_group_care", "7"),
        unit("x", "branch_group_care", "6"),
    ),
    Case(
        "BRANCH_CAPACITY",
        "info",
        "capacities.csv:5 capacity",
        "定員!C5",
        {"name": "xの家", "capacity": 3, "table": "4・5・6"},
        unit("x", "branch_group_care", "3"),
        unit("x", "other_group_home", "3"),
    ),
    Case(
        "APPLICATION_OUT_OF_SCOPE",
        "error",
        "applications.csv:5 unit_id",
        "申請認定!D5",
        {"application_id": "n", "name": "本体の家", "as_of": "2023-06-01"},
        of_2023("m6", start_month="2023-06"),
        of_2023("b5", start_month="2023-06"),
    ),
    Case(
        "APPLICATION_OUT_OF_SCOPE_CLOSED",
        "info",
        "applications.csv:5 unit_id",
        "申請認定!D5",
        {"application_id": "n", "name": "本体の家"},
        of_2023("m6", decision="withdrawn", decided_on="2023-05-01"),
        of_2023("b5", decision="withdrawn", decided_on="2023-05-01"),
    ),
    Case(
        "REQUESTED_EXTRA_ABOVE_MAX",
        "warning",
        "applications.csv:5 requested_extra",
        "申請認定!G5",
        {"application_id": "n", "requested_extra": 2, "capacity": 4, "max_extra": 1},
        of_2023("u4", requested_extra="2"),
        of_2023("u4", requested_extra="1"),
    ),
    Case(
        "REQUESTED_EXTRA_ABOVE_MAX",
        "warning",
        "applications.csv:5 requested_extra",
        "申請認定!G5",
        {"application_id": "n", "requested_extra": 3, "capacity": 5, "max_extra": 2},
        of_2023("b5", requested_extra="3"),
        of_2023("b5", requested_extra="2"),
    ),
    Case(
        "ABSENT_STAFF_COUNTED",
        "warning",
        "absences.csv:2 counted",
        "休業!E2",
        {"staff_id": "u-1", "started_on": "2022-10-01"},
        leave("u-1"),
        leave("u-1", counted="○"),
    ),
    Case(
        "ABSENT_STAFF_COUNTED",
        "warning",
        "absences.csv:2 counted",
        "休業!E2",
        {"staff_id": "k-1", "started_on": "2022-10-01"},
        leave("k-1"),
        all_of(edit("staff", "k-1", role="support"), drop("applications", "a-k"), leave("k-1")),
    ),
    Case(
        "ABSENT_STAFF_COUNTED",
        "warning",
        "absences.csv:2 counted",
        "休業!E2",
        {"staff_id": "m-1", "started_on": "2022-10-01"},
        all_of(edit("staff", "m-1", ended_on="2022-10-01"), leave("m-1")),
        all_of(
            edit("staff", "m-1", ended_on="2022-09-30"),
            posting("m-1", "", role="support", dedicated="×", started_on="2022-10-01"),
            leave("m-1"),
        ),
    ),
    Case(
        "CERTIFIED_NOT_ELIGIBLE",
        "error",
        "applications.csv:4 application_id",
        "申請認定!A4",
        {
            "applications": ["a-k"],
            "whose": ["「架空学園」"],
            "months": ["2023-03"],
            "rules": ["DUTY_RELIEF"],
            "grounds": ["応援支援(子発1004第5号 別紙3(2))"],
            "grounds_en": ["Relief (子発1004第5号 別紙3(2))"],
            "detail": "",
            "detail_en": "",
            "staff": [],
            "end_on": "2023-02-28",
        },
        confirmed("duty_relief", "×", "2023-03-01"),
        confirmed("duty_relief", "×", "2023-03-02"),
    ),
    Case(
        "CERTIFIED_CANNOT_JUDGE",
        "warning",
        "applications.csv:4 application_id",
        "申請認定!A4",
        {
            "applications": ["a-k"],
            "whose": ["「架空学園」"],
            "months": ["2023-03"],
            "rules": ["DUTY_RELIEF"],
            "grounds": ["応援支援(子発1004第5号 別紙3(2))"],
            "grounds_en": ["Relief (子発1004第5号 別紙3(2))"],
            "detail": "令和5年3月1日の判定:令和5年2月28日までの確認があり、期限が過ぎています。"
            "改めて確認し、「要件確認」に記入してください。",
            "detail_en": "As of 2023-03-01: One expired on 2023-02-28; confirm it again in "
            "confirmations.",
            "staff": [],
        },
        edit("confirmations", "duty_relief", expires_on="2023-02-28"),
        edit("confirmations", "duty_relief", expires_on="2023-03-01"),
    ),
    Case(
        "CERTIFIED_EXTRA_ABOVE_AVAILABLE",
        "error",
        "applications.csv:3 certified_extra",
        "申請認定!J3",
        {
            "applications": ["a-b5"],
            "whose": ["「架空学園」「分園の家」"],
            "certified_extra": 2,
            "months": ["2022-10"],
            "least": 1,
            "detail": "令和4年10月1日の判定:加配1人まで可。定員5人の上限2人、職員4.0人、うち専任の"
            "児童指導員・保育士4.0人、加配前の必要職員3人(うち児童指導員・保育士0人)。"
            "加配2人まであと1.0人。(未確認の値による:加配前の必要職員数)人数は常勤換算です。前の月より減った職員:b-5(令和4年9月30日まで)。",
            "detail_en": "As of 2022-10-01: Up to 1 extra: at most 2 for 5 places; staff 4.0, "
            "qualified and dedicated 4.0, base 3 (qualified 0). 1.0 more for 2 extra. (rests on an "
            "unconfirmed value: staff a unit needs before any extra) Staff are full-time "
            "equivalents. No longer counted since the month before: b-5 (until 2022-09-30).",
            "staff": ["b-5"],
            "end_on": "2022-09-30",
            "from_month": "2022-10-01",
        },
        replaced("2022-10-02"),
        replaced("2022-10-01"),
    ),
]
MORE_THAN_THE_CAPACITY_ALLOWS = all_of(
    add("capacities", unit_id="b5", effective_from="2022-10-01", capacity="4"),
    add("capacities", unit_id="b5", effective_from="2022-10-31", capacity="5"),
)
CASES.append(
    Case(
        "CERTIFIED_EXTRA_ABOVE_MAX",
        "error",
        "applications.csv:3 certified_extra",
        "申請認定!J3",
        {
            "applications": ["a-b5"],
            "whose": ["「架空学園」「分園の家」"],
            "certified_extra": 2,
            "months": ["2022-10"],
            "least": 1,
            "detail": "令和4年10月1日の判定:加配1人まで可。定員4人の上限1人、職員5.0人、うち専任の"
            "児童指導員・保育士5.0人、加配前の必要職員3人(うち児童指導員・保育士0人)。"
            "(未確認の値による:加配前の必要職員数)人数は常勤"
            "換算です。数えた職員:b-1、b-2、b-3、b-4、b-5。",
            "detail_en": "As of 2022-10-01: Up to 1 extra: at most 1 for 4 places; staff 5.0, "
            "qualified and dedicated 5.0, base 3 (qualified 0).  (rests on an unconfirmed value: "
            "staff a unit needs before any extra) Staff are full-time equivalents. Counted: b-1, "
            "b-2, b-3, b-4, b-5.",
            "staff": ["b-1", "b-2", "b-3", "b-4", "b-5"],
            "end_on": "2022-09-30",
            "from_month": "2022-10-01",
        },
        MORE_THAN_THE_CAPACITY_ALLOWS,
        all_of(MORE_THAN_THE_CAPACITY_ALLOWS, edit("applications", "a-b5", certified_extra="1")),
    )
)
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    of_others = {
        entry.code for entry in (*plausible.ENTRIES, *own_values.ENTRIES, *support_checks.ENTRIES)
    }
    assert {case.code for case in CASES} == {entry.code for entry in checks.ENTRIES} - of_others


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


def law_findings(folder: Path, *edits: Edit) -> list[Finding]:
    """Return what the rules find in the clean ledger with edits."""
    return [
        finding
        for finding in findings(read(made(*edits), folder))
        if finding.code in checks.CATALOGUE
    ]


def named(finding: Finding) -> str:
    """Return the applications that a finding concerns."""
    concerned = finding.values.get("applications", ())
    assert isinstance(concerned, Sequence)
    return " ".join(map(str, concerned))


def reported(folder: Path, *edits: Edit) -> list[tuple[str, object, object, object]]:
    """Return what the rules find: code, applications, months and rules."""
    return [
        (f.code, named(f), f.values.get("months"), f.values.get("rules"))
        for f in law_findings(folder, *edits)
    ]


def test_a_clean_ledger_gives_nothing(tmp_path: Path) -> None:
    assert law_findings(tmp_path) == []


@pytest.mark.parametrize("example", ["form1", "setagaya"])
def test_an_example_gives_no_error(example: str) -> None:
    found = findings(read_ledger(EXAMPLES / example))
    assert [f.code for f in found if f.code in checks.CATALOGUE and f.severity == "error"] == []


# Capacities and scope


def test_each_capacity_next_to_the_table_is_reported(tmp_path: Path) -> None:
    found = law_findings(
        tmp_path,
        unit("x", "community_home", "7"),
        add("capacities", unit_id="x", effective_from="2021-04-01", capacity="6"),
        add("capacities", unit_id="x", effective_from="2022-04-01", capacity="8"),
    )
    assert [(f.place, f.values["capacity"]) for f in found] == [
        ("capacities.csv:5 capacity", 7),
        ("capacities.csv:7 capacity", 8),
    ]


def test_a_branch_is_out_of_scope_by_its_own_range_and_not_by_the_table_of_extra_staff(
    tmp_path: Path,
) -> None:
    ledger = read(made(unit("x", "branch_group_care", "3")), tmp_path)
    wider = own_law(tmp_path, "branch_capacities", "[3, 4, 5, 6]")
    assert codes(check_law(ledger, wider)) == []


def test_a_branch_out_of_scope_on_the_day_its_addon_starts_and_in_scope_in_april(
    tmp_path: Path,
) -> None:
    def starting(month: str) -> list[str]:
        change = add("capacities", unit_id="b5", effective_from="2023-06-01", capacity="7")
        return codes(law_findings(tmp_path / month, change, of_2023("b5", start_month=month)))

    assert starting("2023-05") == ["BRANCH_CAPACITY"]
    assert starting("2023-06") == ["BRANCH_CAPACITY", "APPLICATION_OUT_OF_SCOPE"]


def test_a_branch_of_unknown_capacity_is_not_called_out_of_scope(tmp_path: Path) -> None:
    edits = (unit("x", "branch_group_care", "5"), drop("capacities", "x"), of_2023("x"))
    assert law_findings(tmp_path, *edits) == []


def test_a_community_home_outside_the_table_may_request_nothing(tmp_path: Path) -> None:
    found = law_findings(tmp_path, unit("x", "community_home", "7"), of_2023("x"))
    assert [(f.code, f.values.get("max_extra")) for f in found] == [
        ("COMMUNITY_HOME_CAPACITY", None),
        ("REQUESTED_EXTRA_ABOVE_MAX", 0),
    ]


@pytest.mark.parametrize("decision", ["draft", "pending", "returned"])
def test_an_open_application_out_of_scope_is_an_error(decision: str, tmp_path: Path) -> None:
    assert codes(law_findings(tmp_path, of_2023("m6", decision=decision))) == [
        "APPLICATION_OUT_OF_SCOPE"
    ]


def test_a_rejected_request_above_the_maximum_is_not_reported(tmp_path: Path) -> None:
    rejected = of_2023("u4", requested_extra="3", decision="rejected", decided_on="2023-05-01")
    assert law_findings(tmp_path, rejected) == []


# Certified units, month by month


def test_staff_that_leaves_for_good_is_reported_for_every_later_month(tmp_path: Path) -> None:
    assert reported(tmp_path, edit("staff", "u-4", ended_on="2022-09-30")) == [
        ("CERTIFIED_NOT_ELIGIBLE", "a-u4", FROM_OCTOBER, ["EXTRA_STAFF"])
    ]


def test_staff_that_leaves_on_the_first_of_a_month_still_counts_in_it(tmp_path: Path) -> None:
    found = reported(tmp_path, edit("staff", "u-4", ended_on="2022-10-01"))
    assert [months for _, _, months, _ in found] == [FROM_OCTOBER[1:]]


def test_an_addon_that_ended_before_is_judged_no_more(tmp_path: Path) -> None:
    ended = edit("applications", "a-u4", ended_on="2022-09-30", end_reason="架空の退職")
    assert reported(tmp_path, edit("staff", "u-4", ended_on="2022-09-30"), ended) == []


def test_an_addon_is_judged_in_the_month_in_which_it_ends(tmp_path: Path) -> None:
    ended = edit("applications", "a-u4", ended_on="2022-10-31", end_reason="架空の退職")
    found = reported(tmp_path, edit("staff", "u-4", ended_on="2022-09-30"), ended)
    assert {str(months) for _, _, months, _ in found} == {"['2022-10']"}


def test_an_addon_is_not_judged_before_it_starts(tmp_path: Path) -> None:
    late = edit("applications", "a-u4", start_month="2022-10")
    assert reported(tmp_path, edit("staff", "u-4", started_on="2022-10-01"), late) == []
    found = reported(tmp_path, edit("staff", "u-4", started_on="2022-10-02"), late)
    assert {str(months) for _, _, months, _ in found} == {"['2022-10']"}


def test_other_decisions_are_not_judged_again(tmp_path: Path) -> None:
    rejected = edit("applications", "a-u4", decision="rejected", certified_extra="")
    assert reported(tmp_path, edit("staff", "u-4", ended_on="2022-09-30"), rejected) == []


def test_a_unit_opened_in_mid_month_is_judged_on_the_day_it_opens(tmp_path: Path) -> None:
    def opened(staff_from: str) -> list[object]:
        edits = (
            unit("x", "community_home", "4", opened_on="2022-10-15"),
            edit("capacities", "x", effective_from="2022-10-15"),
            application("n", "x", start_month="2022-10"),
            *(posting(f"x-{number}", "x", started_on=staff_from) for number in range(4)),
        )
        return [months for _, _, months, _ in reported(tmp_path / staff_from, *edits)]

    assert opened("2022-10-15") == []
    assert opened("2022-10-16") == [["2022-10"]]


def test_a_unit_that_opens_after_the_addon_starts_does_not_hold_before(tmp_path: Path) -> None:
    edits = (
        unit("x", "community_home", "4", opened_on="2022-10-15"),
        application("n", "x", start_month="2022-08"),
        *(posting(f"x-{number}", "x") for number in range(4)),
    )
    assert [entry[:3] for entry in reported(tmp_path, *edits)] == [
        ("CERTIFIED_NOT_ELIGIBLE", "n", ["2022-08", "2022-09"])
    ]


def test_an_unmet_requirement_is_reported_by_title_and_article_with_people_and_figures(
    tmp_path: Path,
) -> None:
    (found,) = law_findings(tmp_path, edit("staff", "u-4", ended_on="2023-02-28"))
    assert (found.code, found.values["rules"]) == ("CERTIFIED_NOT_ELIGIBLE", ["EXTRA_STAFF"])
    assert found.message("ja") == (
        "「架空学園」「地域の家」の認定(申請ID:a-u4)は、要件を満たさない月があります(令和5年3月)。"
        "満たさないもの:加配する職員の配置(子発1004第5号 別紙3(1))。"
        "令和5年3月1日の判定:加配できません。定員4人の上限1人、職員3.0人、"
        "うち専任の児童指導員・保育士3.0人、加配前の必要職員3人(うち児童指導員・保育士0人)。"
        "加配1人まであと1.0人。(未確認の値による:加配前の必要職員数)"
        "人数は常勤換算です。前の月より減った職員:u-4(令和5年2月28日まで)。"
        "台帳が正しければ、令和5年2月28日で終了してください。"
    )
    assert found.message("en").startswith(
        "The add-on of “架空学園” “地域の家” (a-u4) does not hold in 2023-03: "
        "Extra staff (子発1004第5号 別紙3(1)). As of 2023-03-01: No extra staff: "
    )
    assert "No longer counted since the month before: u-4 (until 2023-02-28)." in found.message(
        "en"
    )


def test_what_the_home_lacks_is_one_finding_and_what_a_unit_lacks_another(tmp_path: Path) -> None:
    edits = (confirmed("training", "×", "2023-03-01"), edit("staff", "u-4", ended_on="2023-02-28"))
    assert reported(tmp_path, *edits) == [
        ("CERTIFIED_NOT_ELIGIBLE", "a-u4", ["2023-03"], ["EXTRA_STAFF"]),
        ("CERTIFIED_NOT_ELIGIBLE", "a-u4 a-b5 a-k", ["2023-03"], ["REQ_TRAINING"]),
    ]


def test_a_cause_is_one_finding_for_an_addon_and_what_replaces_it(tmp_path: Path) -> None:
    ended = edit("applications", "a-b5", ended_on="2022-09-30", end_reason="架空の変更")
    changed = application(
        "c", "b5", start_month="2022-10", applied_on="2022-09-20", replaces="a-b5"
    )
    late = edit("confirmations", "training", expires_on="2022-06-30")
    alone = drop("applications", "a-u4", "a-k")
    months = YEAR[3:]
    assert reported(tmp_path, ended, changed, late, alone) == [
        ("CERTIFIED_CANNOT_JUDGE", "a-b5 c", months, ["REQ_TRAINING"])
    ]


def test_who_is_gone_from_several_units_is_named_at_each(tmp_path: Path) -> None:
    gone = {"ended_on": "2022-09-30"}
    found = law_findings(tmp_path, edit("staff", "u-4", **gone), edit("staff", "b-5", **gone))
    assert [(f.code, named(f), f.values["staff"]) for f in found] == [
        ("CERTIFIED_NOT_ELIGIBLE", "a-u4", ["u-4"]),
        ("CERTIFIED_EXTRA_ABOVE_AVAILABLE", "a-b5", ["b-5"]),
    ]


def test_a_closed_unit_is_reported_as_closed(tmp_path: Path) -> None:
    found = law_findings(tmp_path, edit("units", "u4", closed_on="2022-09-30"))
    assert [(f.code, f.values["months"]) for f in found] == [
        ("CERTIFIED_NOT_ELIGIBLE", FROM_OCTOBER)
    ]
    assert found[0].values["rules"] == ["NOT_OPEN"]
    assert "満たさないもの:生活単位「地域の家」の廃止(令和4年9月30日)。" in found[0].message("ja")


def test_hours_that_are_missing_in_some_months_name_these_months(tmp_path: Path) -> None:
    gap = part_time("x", "u4", "", started_on="2022-06-15", ended_on="2022-08-31")
    assert reported(tmp_path, gap) == [
        ("CERTIFIED_CANNOT_JUDGE", "a-u4", ["2022-07", "2022-08"], ["EXTRA_STAFF"])
    ]


def test_the_maximum_is_held_against_also_where_hours_are_missing(tmp_path: Path) -> None:
    fewer = add("capacities", unit_id="b5", effective_from="2022-10-01", capacity="4")
    assert [entry[:3] for entry in reported(tmp_path, fewer, part_time("x", "b5", ""))] == [
        ("CERTIFIED_CANNOT_JUDGE", "a-b5", YEAR),
        ("CERTIFIED_EXTRA_ABOVE_MAX", "a-b5", FROM_OCTOBER),
    ]


def test_the_least_of_the_year_is_reported(tmp_path: Path) -> None:
    found = law_findings(
        tmp_path,
        edit("staff", "b-5", ended_on="2022-09-30"),
        edit("staff", "b-4", ended_on="2022-11-30", started_on="2022-04-01"),
        posting("b-6", "b5", started_on="2022-12-02"),
    )
    above = [f for f in found if f.code == "CERTIFIED_EXTRA_ABOVE_AVAILABLE"]
    assert [(f.values["months"], f.values["least"]) for f in above] == [
        ([month for month in FROM_OCTOBER if month != "2022-12"], 1)
    ]


def test_a_confirmation_that_expires_in_mid_year_is_one_finding_for_all_three(
    tmp_path: Path,
) -> None:
    assert reported(tmp_path, edit("confirmations", "training", expires_on="2022-09-30")) == [
        ("CERTIFIED_CANNOT_JUDGE", "a-u4 a-b5 a-k", FROM_OCTOBER, ["REQ_TRAINING"])
    ]


def test_rules_that_fail_in_different_months_are_each_named_with_their_own(tmp_path: Path) -> None:
    assert reported(
        tmp_path,
        edit("confirmations", "duty_relief", expires_on="2022-09-30"),
        edit("confirmations", "duty_community", expires_on="2022-11-30"),
    ) == [
        ("CERTIFIED_CANNOT_JUDGE", "a-k", FROM_OCTOBER, ["DUTY_RELIEF"]),
        ("CERTIFIED_CANNOT_JUDGE", "a-k", YEAR[8:], ["DUTY_COMMUNITY"]),
    ]


def test_months_that_fail_and_months_that_cannot_be_judged_are_distinguished(
    tmp_path: Path,
) -> None:
    assert reported(
        tmp_path,
        edit("confirmations", "duty_relief", expires_on="2022-06-30"),
        confirmed("duty_relief", "×", "2022-10-01"),
    ) == [
        ("CERTIFIED_NOT_ELIGIBLE", "a-k", FROM_OCTOBER, ["DUTY_RELIEF"]),
        ("CERTIFIED_CANNOT_JUDGE", "a-k", ["2022-07", "2022-08", "2022-09"], ["DUTY_RELIEF"]),
    ]


@pytest.mark.parametrize(
    ("leaves", "remedy"),
    [
        (
            "2022-09-30",
            "令和4年9月30日で終了し、令和4年10月から1人で認定し直してください。",
        ),
        (
            "2022-03-31",
            "令和4年4月30日で終了し、令和4年5月から1人で認定し直してください。"
            "適用開始月から当てはまるので、それまでの支給の扱いも確かめてください。",
        ),
    ],
)
def test_the_remedy_leaves_the_past_as_it_was_decided(
    leaves: str, remedy: str, tmp_path: Path
) -> None:
    (found,) = law_findings(tmp_path, edit("staff", "b-5", ended_on=leaves))
    assert found.code == "CERTIFIED_EXTRA_ABOVE_AVAILABLE"
    assert found.message("ja").endswith(f"台帳が正しければ、{remedy}")


def test_a_certified_unit_out_of_scope_is_one_finding(tmp_path: Path) -> None:
    other = edit("units", "u4", kind="other_group_home")
    assert [(code, rules) for code, _, _, rules in reported(tmp_path, other)] == [
        ("CERTIFIED_NOT_ELIGIBLE", ["SCOPE_KIND"])
    ]


# Certified homes, month by month


def test_a_backup_worker_that_leaves(tmp_path: Path) -> None:
    assert reported(tmp_path, edit("staff", "k-1", ended_on="2022-09-30")) == [
        ("CERTIFIED_NOT_ELIGIBLE", "a-k", FROM_OCTOBER, ["BACKUP_STAFF"])
    ]


def test_a_home_whose_units_in_scope_have_closed(tmp_path: Path) -> None:
    gone = {"ended_on": "2022-09-30", "end_reason": "架空の廃止"}
    assert reported(
        tmp_path,
        *(edit("units", unit_id, closed_on="2022-09-30") for unit_id in ("u4", "b5")),
        *(edit("applications", name, **gone) for name in ("a-u4", "a-b5")),
    ) == [("CERTIFIED_NOT_ELIGIBLE", "a-k", FROM_OCTOBER, ["BACKUP_UNITS"])]


def test_a_home_without_a_unit(tmp_path: Path) -> None:
    edits = (
        add("homes", "架空学園", home_id="h2", name="架空の園"),
        posting("k-2", "", "h2", role="backup", dedicated="×"),
        *(add("confirmations", item, home_id="h2") for item in made_items()),
        application("n", "", "h2"),
    )
    assert reported(tmp_path, *edits) == [("CERTIFIED_NOT_ELIGIBLE", "n", YEAR, ["BACKUP_UNITS"])]


def made_items() -> list[str]:
    """Return what the clean ledger confirms."""
    return [row["item"] for row in made()["confirmations"]]


def test_a_closed_home_is_reported_as_closed(tmp_path: Path) -> None:
    (found,) = law_findings(tmp_path, edit("homes", "h", closed_on="2022-09-30"))
    assert (found.code, named(found), found.values["months"], found.values["rules"]) == (
        "CERTIFIED_NOT_ELIGIBLE",
        "a-u4 a-b5 a-k",
        FROM_OCTOBER,
        ["NOT_OPEN"],
    )
    assert "満たさないもの:施設「架空学園」の廃止(令和4年9月30日)。" in found.message("ja")


def test_leave_that_is_not_counted_lapses_what_it_leaves_too_little_for(tmp_path: Path) -> None:
    of_branch = leave("b-1", started_on="2022-12-10", ended_on="2023-02-15", counted="×")
    found = findings(read(made(of_branch), tmp_path))
    (above,) = [one for one in found if one.code == "CERTIFIED_EXTRA_ABOVE_AVAILABLE"]
    assert above.values["months"] == ["2023-01", "2023-02"]
    assert above.message("ja").endswith(
        "令和4年12月31日で終了し、令和5年1月から1人で認定し直してください。"
    )


def test_leave_of_the_backup_worker_ends_the_add_on_of_the_home(tmp_path: Path) -> None:
    found = findings(read(made(leave("k-1", counted="×")), tmp_path))
    (lapsed,) = [one for one in found if one.code == "CERTIFIED_NOT_ELIGIBLE"]
    assert lapsed.values["months"] == FROM_OCTOBER
    assert lapsed.values["rules"] == ["BACKUP_STAFF"]
    assert lapsed.message("ja").endswith("令和4年9月30日で終了してください。")
