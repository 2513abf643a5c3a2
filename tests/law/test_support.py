"""What the support log shows: evidence of a year, duties without a record, supervision."""

import datetime as dt
from pathlib import Path

import pytest

from shokibo.law import support_checks
from shokibo.law.checks import check_law
from shokibo.law.parameters import national_law
from shokibo.law.support_evidence import Evidence, evidence, year_of_records
from shokibo.ledger.findings import Finding
from shokibo.ledger.support_tables import SIX_DUTIES
from tests.builders import Edit, add, all_of, drop, edit, made, read

CODES = {entry.code for entry in support_checks.ENTRIES}


def found(folder: Path, *edits: Edit) -> list[Finding]:
    """Return what is found in the support log of the clean ledger with edits."""
    ledger = read(made(*edits), folder)
    return [one for one in check_law(ledger, national_law()) if one.code in CODES]


def done(done_on: str, duty: str = "duty_supervision", unit_id: str = "", **cells: str) -> Edit:
    """Add support that was given."""
    row = {"home_id": "h", "by": "head", "done_on": done_on, "duty": duty, "unit_id": unit_id}
    return add("support_log", **{**row, **cells})


def training(number: int, **cells: str) -> Edit:
    """Add a training in 令和4年度."""
    row = {"training_id": f"k{number}", "home_id": "h", "held_on": "2022-06-01", "title": "研修"}
    return add("trainings", **{**row, "purpose": "leader", "participants": "4", **cells})


def test_the_records_of_a_year_are_one_sentence(tmp_path: Path) -> None:
    year = [
        *(training(n, external="○" if n < 5 else "") for n in range(12)),
        *(done(f"2022-{month:02}-{day:02}") for month in range(4, 10) for day in (1, 8, 15, 22)),
        *(done("2023-03-31", duty) for duty in SIX_DUTIES if duty != "duty_community"),
    ]
    before = [training(99, held_on="2022-03-31"), done("2022-03-31"), done("2023-04-01")]
    held = evidence(read(made(*year, *before), tmp_path), 2022)
    assert held["h"].say("ja") == (
        "研修12件(うち外部5件、延べ48人)、スーパーバイズ25回、"
        "6つの支援のうち記録のないもの: 地域社会との関係性の構築"
    )
    assert held["h"].say("en") == (
        "12 trainings (5 external, 48 participants), 25 supervisions, "
        "of the six duties, no record of: relations with the community"
    )


def test_a_home_without_records_has_no_sentence(tmp_path: Path) -> None:
    assert evidence(read(made(), tmp_path), 2022) == {}
    assert (Evidence().is_empty, Evidence().say("ja")) == (True, "")


def test_all_duties_and_families_are_named(tmp_path: Path) -> None:
    families = add("family_support", home_id="h", fiscal_year="2022", supported="10")
    edits = [families, *(done("2022-05-01", duty) for duty in SIX_DUTIES)]
    assert evidence(read(made(*edits), tmp_path), 2022)["h"].say("ja") == (
        "研修0件(うち外部0件、延べ0人)、スーパーバイズ1回、"
        "家庭復帰等の支援を受けた児童10人、6つの支援のすべてに記録あり"
    )


@pytest.mark.parametrize(
    ("day", "year"),
    [("2022-03-31", 2021), ("2022-04-01", 2021), ("2022-04-30", 2021), ("2022-05-01", 2022)],
)
def test_april_looks_at_the_year_that_has_ended(day: str, year: int) -> None:
    assert year_of_records(dt.date.fromisoformat(day)) == year


@pytest.mark.parametrize(
    ("days", "items"),
    [
        ([], []),  # a home without a log
        (["2022-04-02"], []),  # the log begins after the year that the confirmations look at
        (["2021-04-01"], ["スーパーバイズ"]),
        (["2022-03-31"], ["スーパーバイズ"]),
        (["2021-03-31"], []),
    ],
)
def test_a_duty_confirmed_without_a_record(
    days: list[str], items: list[str], tmp_path: Path
) -> None:
    judged = found(tmp_path, *(done(day, "duty_relief") for day in days))
    without = [one for one in judged if one.code == "REQUIREMENT_WITHOUT_RECORD"]
    others = {"情報共有", "マネジメント", "メンタルヘルス", "地域社会との関係性の構築"}
    names = {one.values["item_name"] for one in without}
    if items:
        assert names == {*items, *others}
        assert {one.values["records_year"] for one in without} == {2021}
    elif days == ["2021-03-31"]:
        assert names == {*others, "スーパーバイズ", "応援支援"}
    else:
        assert names == set()


def test_a_confirmation_of_no_is_none_without_a_record(tmp_path: Path) -> None:
    every = [done("2021-05-01", duty) for duty in SIX_DUTIES if duty != "duty_relief"]
    (one,) = found(tmp_path, *every)
    assert (one.severity, one.place) == ("info", "confirmations.csv:9 item")
    assert "「応援支援」は確認済みですが、令和3年度の支援記録がありません" in one.message("ja")
    assert found(tmp_path / "no", *every, edit("confirmations", "duty_relief", result="×")) == []


NO_CONFIRMATIONS = drop("confirmations")
OTHERS = all_of(NO_CONFIRMATIONS, drop("applications"))


@pytest.mark.parametrize(
    ("days", "gaps"),
    [
        (["2022-04-01", "2022-07-01"], []),
        (["2022-04-01", "2022-07-02"], [("2022-04-01", "2022-07-02")]),
        (["2022-04-01", "2022-06-30", "2022-10-01"], [("2022-06-30", "2022-10-01")]),
    ],
)
def test_months_without_supervision(
    days: list[str], gaps: list[tuple[str, str]], tmp_path: Path
) -> None:
    judged = found(tmp_path, NO_CONFIRMATIONS, *(done(day, unit_id="u4") for day in days))
    of_unit = [one for one in judged if one.values["unit_name"] == "地域の家"]
    assert [(one.values["from_day"], one.values["until_day"]) for one in of_unit] == gaps
    assert all(one.severity == "warning" and one.table == "units" for one in of_unit)


def test_supervision_of_the_home_is_of_every_group_home(tmp_path: Path) -> None:
    days = [done(day) for day in ("2022-04-01", "2022-06-30", "2022-09-30")]
    assert found(tmp_path / "all", NO_CONFIRMATIONS, *days) == []
    other = done("2022-09-30", "duty_relief")
    judged = found(tmp_path / "last", NO_CONFIRMATIONS, days[0], other)
    assert [one.values["unit_name"] for one in judged] == ["地域の家", "分園の家"]


def test_a_unit_is_looked_at_while_it_is_open(tmp_path: Path) -> None:
    opened = edit("units", "u4", opened_on="2022-08-01")
    closed = edit("units", "b5", closed_on="2022-06-01")
    days = [done("2022-04-01"), done("2022-10-31", "duty_relief")]
    assert found(tmp_path, OTHERS, opened, closed, *days) == []


def test_a_home_that_records_no_supervision_is_not_looked_at(tmp_path: Path) -> None:
    days = [done("2022-04-01", "duty_relief"), done("2022-10-31", "duty_relief")]
    assert found(tmp_path, NO_CONFIRMATIONS, *days) == []
