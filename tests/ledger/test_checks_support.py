"""Findings of the support tables: each with its cell, and a case next to it without."""

from pathlib import Path

import pytest

from shokibo.ledger.checks import support
from shokibo.ledger.findings import Finding
from tests.builders import Edit, add, edit, made, read

CODES = {entry.code for entry in support.ENTRIES}
LEAD = {"lead_id": "b", "found_on": "2022-05-10", "source": "agent", "area": "架空町"}


def found(folder: Path, *edits: Edit) -> list[Finding]:
    """Return what is found in the support tables of the clean ledger with edits."""
    ledger = read(made(*edits), folder)
    return [one for check in support.CHECKS for one in check(ledger) if one.code in CODES]


def lead(state: str = "offered", state_on: str = "2022-05-10", **cells: str) -> Edit:
    """Add a lead."""
    return add("housing", **{**LEAD, "state": state, "state_on": state_on, **cells})


def training(**cells: str) -> Edit:
    """Add a training of the home."""
    row = {"training_id": "k", "home_id": "h", "held_on": "2022-06-01", "title": "研修"}
    return add("trainings", **{**row, "purpose": "leader", "participants": "3", **cells})


def family(**cells: str) -> Edit:
    """Add the home's row of family support of 令和4年度."""
    return add("family_support", home_id="h", fiscal_year="2022", **cells)


def ended(child: str, ended_on: str, end_reason: str, home_id: str = "h") -> Edit:
    """Add an episode that ends."""
    cells = {"child_code": child, "birth_month": "2012-06", "place": "children_home"}
    days = {"started_on": "2020-05-11", "ended_on": ended_on, "end_reason": end_reason}
    return add("episodes", home_id=home_id, **cells, **days)


@pytest.mark.parametrize(
    ("edits", "reported"),
    [
        ([lead()], []),
        ([lead(state_on="2022-05-09")], [("LEAD_STATE_BEFORE_FOUND", "state_on")]),
        ([lead("opened")], [("LEAD_OPENED_WITHOUT_UNIT", "unit_id")]),
        ([lead("opened", home_id="h", unit_id="u4")], []),
        ([lead("dropped")], [("LEAD_DROPPED_WITHOUT_REASON", "reason")]),
        ([lead("dropped", reason="狭い")], []),
        ([lead(monthly_rent="0")], []),
        ([lead(monthly_rent="-1")], [("SUPPORT_NUMBER_NEGATIVE", "monthly_rent")]),
        ([lead(unit_id="u4")], [("SUPPORT_HOME_MISSING", "home_id")]),
        ([training(participants="0", unit_id="u4")], []),
        ([training(participants="-1")], [("SUPPORT_NUMBER_NEGATIVE", "participants")]),
        ([family(supported="3", returned_home="2", to_foster="1")], []),
        (
            [family(supported="2", returned_home="2", to_foster="1")],
            [("FAMILY_SUPPORT_ABOVE_SUPPORTED", "supported")],
        ),
        (
            [
                add(
                    "quality",
                    home_id="h",
                    done_on="2022-10-03",
                    kind="self",
                    published_on="2022-10-02",
                )
            ],
            [("QUALITY_PUBLISHED_BEFORE", "published_on")],
        ),
        (
            [
                add(
                    "quality",
                    home_id="h",
                    done_on="2022-10-03",
                    kind="self",
                    published_on="2022-10-03",
                )
            ],
            [],
        ),
    ],
)
def test_a_row_alone(edits: list[Edit], reported: list[tuple[str, str]], tmp_path: Path) -> None:
    assert [(one.code, one.column) for one in found(tmp_path, *edits)] == reported


def test_a_unit_of_another_home_is_named_with_both(tmp_path: Path) -> None:
    other = add("homes", home_id="k", name="隣園", operator="架空会", authority_code="990001")
    (one,) = found(tmp_path, other, training(home_id="k", unit_id="u4"))
    assert (one.code, one.place) == ("SUPPORT_UNIT_DIFFERS", "trainings.csv:2 unit_id")
    assert "「地域の家」は、施設「隣園」のものではなく、施設「架空学園」" in one.message("ja")


def test_two_leads_do_not_become_one_unit(tmp_path: Path) -> None:
    opened = {"state": "opened", "state_on": "2022-06-01", "home_id": "h", "unit_id": "u4"}
    (one,) = found(tmp_path, lead(**opened), lead(**{**opened, "lead_id": "c"}))
    assert (one.code, one.place) == ("LEAD_UNIT_TWICE", "housing.csv:3 unit_id")
    assert one.values["other_lead"] == "b"


@pytest.mark.parametrize(
    ("day", "given", "count"),
    [
        ("2022-04-01", "1", None),
        ("2023-03-31", "1", None),
        ("2022-03-31", "1", 0),
        ("2023-04-01", "1", 0),
        ("2022-04-01", "2", 1),
        ("2022-04-01", "", None),
    ],
)
def test_counts_are_those_of_the_episodes_of_the_year(
    day: str, given: str, count: int | None, tmp_path: Path
) -> None:
    edits = ended("a", day, "return_home"), ended("b", "2022-05-01", "independence")
    reported = found(tmp_path, *edits, family(returned_home=given, supported="9"))
    assert [one.values["counted"] for one in reported] == ([] if count is None else [count])
    assert all(one.code == "FAMILY_SUPPORT_NOT_AS_EPISODES" for one in reported)


def test_a_home_without_episodes_keeps_its_own_counts(tmp_path: Path) -> None:
    elsewhere = ended("a", "2022-05-01", "return_home", "")
    assert found(tmp_path, elsewhere, family(returned_home="4", supported="9")) == []


def test_a_row_of_the_same_key_stops_the_reading(tmp_path: Path) -> None:
    from shokibo.ledger.findings import UnreadableLedgerError

    row = {"home_id": "h", "done_on": "2022-05-11", "duty": "duty_relief", "by": "head"}
    with pytest.raises(UnreadableLedgerError, match="KEY_DUPLICATE"):
        read(made(add("support_log", **row), add("support_log", **row)), tmp_path)
    assert found(tmp_path, add("support_log", **row), edit("homes", "h", name="園")) == []
