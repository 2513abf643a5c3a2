"""Own values of authorities laid over the law: by day, by authority, said in every reason."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from shokibo.answers import plain
from shokibo.checking import check
from shokibo.law.certified_months import months_of_year
from shokibo.law.day_evaluation import day_evaluation
from shokibo.law.evaluate import evaluate
from shokibo.law.own_law import law_of
from shokibo.law.parameters import Law, national_law
from shokibo.ledger.model import Ledger
from shokibo.ledger.parts import authority_part
from shokibo.returns.forms import fill_form
from tests.builders import (
    Edit,
    add,
    all_of,
    codes,
    drop,
    edit,
    made,
    own_law,
    planned,
    posting,
    read,
    unit,
)

DAY = dt.date(2022, 4, 1)
SECOND = all_of(
    add("authorities", "架空県", authority_code="990019", name="架空市"),
    add("homes", "架空学園", home_id="h2", name="架空の園", authority_code="990019"),
    unit("x4", "community_home", "4", "h2"),
    *(posting(f"x-{number}", "x4", "h2") for number in range(4)),
)
"""Another authority, whose one unit has four full-timers, as u4 has."""


def own(name: str, value: str, since: str = "2019-04-01", until: str = "", code: str = "") -> Edit:
    """Set a value of an authority."""
    row = {"authority_code": code, "name": name, "value": value, "source": f"架空要綱{name}"}
    return add("parameters", "", **row, effective_from=since, effective_to=until)


def laid(folder: Path, *edits: Edit) -> tuple[Ledger, Law]:
    """Return the clean ledger with edits, and its law."""
    ledger = read(made(*edits), folder)
    return ledger, law_of(ledger, national_law())


def judged(ledger: Ledger, law: Law, day: dt.date = DAY) -> dict[str, dict[str, Any]]:
    """Return the units' judgements on a day by unit."""
    found = plain(day_evaluation(evaluate(ledger, law, [day]), law, day, "ja"))
    return {one["unit_id"]: one for one in found["units"]}


def extra_staff(one: dict[str, Any]) -> dict[str, Any]:
    """Return the reason of EXTRA_STAFF."""
    (found,) = [reason for reason in one["reasons"] if reason["code"] == "EXTRA_STAFF"]
    return dict(found)


def test_an_own_value_decides_and_the_reason_says_so_with_its_source(tmp_path: Path) -> None:
    units = judged(*laid(tmp_path, own("base_staff", "4")))
    assert [units[name]["available_extra"] for name in ("u4", "b5")] == [0, 1]
    reason = extra_staff(units["b5"])
    assert reason["own_values"] == [{"name": "base_staff", "source": "架空要綱base_staff"}]
    assert "unconfirmed" not in reason
    assert reason["message"].endswith("(自治体の値による:加配前の必要職員数(架空要綱base_staff))")


def test_a_reason_that_no_own_value_decides_says_nothing_of_it(tmp_path: Path) -> None:
    units = judged(*laid(tmp_path, own("absent_staff_counted", "×")))
    assert not any("own_values" in reason for one in units.values() for reason in one["reasons"])


@pytest.mark.parametrize(
    ("day", "extra"),
    [
        (dt.date(2022, 5, 31), 2),
        (dt.date(2022, 6, 1), 1),
        (dt.date(2022, 9, 30), 1),
        (dt.date(2022, 10, 1), 2),
    ],
)
def test_an_own_value_holds_from_its_first_day_to_its_last(
    day: dt.date, extra: int, tmp_path: Path
) -> None:
    ledger, law = laid(tmp_path, own("base_staff", "4", "2022-06-01", "2022-09-30"))
    assert judged(ledger, law, day)["b5"]["available_extra"] == extra


def test_a_later_own_value_ends_an_earlier_one(tmp_path: Path) -> None:
    _, law = laid(
        tmp_path, own("base_staff", "4", "2020-04-01"), own("base_staff", "2", "2022-06-01")
    )
    days = (dt.date(2020, 3, 31), dt.date(2020, 4, 1), dt.date(2022, 5, 31), dt.date(2022, 6, 1))
    assert [law.integer("base_staff", day) for day in days] == [3, 4, 4, 2]


def test_a_value_for_a_kind_of_unit_is_laid_into_the_table(tmp_path: Path) -> None:
    edits = (
        own("base_qualified.community_home", "4"),
        own("base_qualified.branch_group_care", "1", "2022-06-01"),
    )
    ledger, law = laid(tmp_path, *edits)
    units = judged(ledger, law)
    assert (units["u4"]["available_extra"], units["b5"]["available_extra"]) == (0, 2)
    assert law.table("base_qualified", DAY) == {"community_home": 4}
    later = {"community_home": 4, "branch_group_care": 1}
    assert law.table("base_qualified", dt.date(2022, 6, 1)) == later


@pytest.mark.parametrize(
    ("name", "value"),
    [("max_extra", "9"), ("no_such", "1"), ("base_staff", "三人"), ("base_staff", "-1")],
)
def test_a_value_that_may_not_be_set_or_read_is_not_used(
    name: str, value: str, tmp_path: Path
) -> None:
    ledger, law = laid(tmp_path, own(name, value))
    assert law == national_law()
    assert [finding.severity for finding in check(ledger, law)] == ["error"]


def test_each_of_several_authorities_has_its_own(tmp_path: Path) -> None:
    ledger, law = laid(
        tmp_path,
        SECOND,
        own("base_staff", "4", code="990019"),
        own("base_staff", "2", code="990001", since="2022-06-01"),
    )
    units = judged(ledger, law)
    assert (units["u4"]["available_extra"], units["x4"]["available_extra"]) == (1, 0)
    assert "own_values" not in extra_staff(units["u4"])
    assert extra_staff(units["u4"])["unconfirmed"] == ["base_staff"]
    assert extra_staff(units["x4"])["own_values"][0]["name"] == "base_staff"
    later = judged(ledger, law, dt.date(2022, 6, 1))
    assert extra_staff(later["u4"])["own_values"][0]["name"] == "base_staff"


def test_authorities_that_set_the_same_value_are_judged_by_it_together(tmp_path: Path) -> None:
    ledger, law = laid(
        tmp_path,
        SECOND,
        own("base_staff", "4", code="990001"),
        own("base_staff", "4", code="990019"),
    )
    assert law.authorities_alike("base_staff") == [["990001", "990019"]]
    units = [judged(ledger, law)[unit_id] for unit_id in ("u4", "x4")]
    assert [one["available_extra"] for one in units] == [0, 0]
    assert all(extra_staff(one)["own_values"] for one in units)


def test_a_part_of_a_ledger_is_judged_as_the_whole(tmp_path: Path) -> None:
    ledger, law = laid(tmp_path, SECOND, own("base_staff", "4", code="990019"))
    part = authority_part(ledger, "990019")
    alone = judged(part, law_of(part, law))
    assert alone["x4"] == judged(ledger, law)["x4"]


def test_a_file_overrides_the_ledgers_own_values(tmp_path: Path) -> None:
    ledger = read(made(own("base_staff", "4")), tmp_path)
    law = law_of(ledger, own_law(tmp_path, "base_staff", "2"))
    reason = extra_staff(judged(ledger, law)["b5"])
    assert reason["own_values"] == [{"name": "base_staff", "source": "架空県要綱 第3条"}]
    assert law.integer("base_staff", DAY) == 2


def test_months_are_judged_by_the_values_of_their_days(tmp_path: Path) -> None:
    ledger, law = laid(tmp_path, SECOND, own("base_staff", "4", "2022-10-01", code="990001"))
    months = months_of_year(ledger, law, 2022).units
    of_u4 = months.filter(unit_id="u4")
    assert of_u4["holds"].to_list() == [True] * 6 + [False] * 6


@pytest.mark.parametrize(
    ("value", "staff", "found"), [("×", "3.0", []), ("○", "4.0", []), (None, "4.0", ["u-1"])]
)
def test_an_own_rule_for_leave_takes_the_place_of_the_unconfirmed_one(
    value: str | None, staff: str, found: list[str], tmp_path: Path
) -> None:
    leave = add("absences", "", staff_id="u-1", started_on="2022-04-01", kind="sick")
    edits = [own("absent_staff_counted", value, code="990001")] if value else []
    ledger, law = laid(tmp_path, SECOND, leave, *edits)
    unit_judged = judged(ledger, law)["u4"]
    assert unit_judged["staff_fte"] == staff
    named = [one.values["staff_id"] for one in check(ledger, law) if one.code.startswith("ABSENT")]
    assert named == found
    own_values = extra_staff(unit_judged).get("own_values", [])
    assert [one["name"] for one in own_values] == (["absent_staff_counted"] if value else [])


def test_own_bounds_of_what_is_plausible_are_by_authority(tmp_path: Path) -> None:
    long_hours = all_of(
        edit("staff", "u-1", weekly_hours="50", full_time_weekly_hours="50"),
        edit("staff", "x-1", weekly_hours="50", full_time_weekly_hours="50"),
    )
    ledger, law = laid(
        tmp_path, SECOND, long_hours, own("full_time_hours_most", "55", code="990019")
    )
    found = [one for one in check(ledger, law) if one.code == "FULL_TIME_HOURS_IMPLAUSIBLE"]
    assert [one.values["staff_id"] for one in found] == ["u-1"]


def test_an_own_addressee_is_no_more_unconfirmed(tmp_path: Path) -> None:
    ledger, law = laid(tmp_path, own("addressee", "架空省架空課長", "2023-04-01"))
    assert law.text("addressee", dt.date(2023, 4, 30)) == "架空省架空課長"
    assert "FORM_ADDRESSEE_UNCONFIRMED" not in codes(fill_form(ledger, law, 2, 2022).notes)


PLANS = all_of(
    planned,
    drop("need"),
    drop("targets"),
    drop("occupancy"),
    drop("costs"),
    edit("plan", "架空計画", authority_code="990001"),
    add("plan", "架空計画", authority_code="990019", title="架空市計画"),
)


def test_plans_are_held_against_the_own_values_of_their_authorities(tmp_path: Path) -> None:
    main_units = all_of(unit("m7", "main_unit", "7"), unit("x7", "main_unit", "7", "h2"))
    cost = {
        "fiscal_year": "2022",
        "item": "礼金",
        "account": "扶助費",
        "timing": "initial",
        "amount": "1",
        "programme": "負担金",
        "national_share": "1/2",
        "eligible_rule": "months_of_rent:3:",
        "source": "見積",
    }
    ledger, law = laid(
        tmp_path,
        SECOND,
        PLANS,
        main_units,
        own("main_unit_most", "8", code="990019"),
        own("eligible_rent_months", "3", code="990001"),
        add("costs", "", **cost, authority_code="990001"),
        add("costs", "", **cost, authority_code="990019"),
    )
    found = check(ledger, law)
    assert [one.row for one in found if one.code == "UNIT_OVER_SIX"] == [2]
    (differs,) = [one for one in found if one.code == "RENT_MONTHS_DIFFER"]
    assert (differs.row, differs.values["inferred"]) == (3, 2)


def test_months_of_rent_that_differ_from_an_own_value_are_named_as_such(tmp_path: Path) -> None:
    rule = edit("costs", "家賃", eligible_rule="months_of_rent:2:家賃")
    ledger, law = laid(tmp_path, planned, rule, own("eligible_rent_months", "3"))
    (found,) = [one for one in check(ledger, law) if one.code == "RENT_MONTHS_DIFFER"]
    assert "自治体の値は3か月分" in found.message("ja")
