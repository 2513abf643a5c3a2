"""The tables for everybody: what stands in each, and what without a threshold stands in none."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from shokibo.law.parameters import national_law
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME
from shokibo.opendata.table import HIDDEN, OpenTable
from shokibo.opendata.tables import NAMES, OF_PEOPLE, open_tables
from shokibo.returns.forms import fill_form
from tests.builders import Edit, add, drop
from tests.planning.ledgers import EXAMPLE, ledger_with, table

TODAY = dt.date(2022, 5, 1)
SMALL = 3


def tables(*edits: Edit, threshold: int | None = SMALL, **more: Any) -> dict[str, OpenTable]:  # noqa: ANN401
    ledger = ledger_with(*edits)
    planned = more.get("planned", ledger)
    found = open_tables(ledger, national_law(), TODAY, threshold, more.get("forms", []), planned)
    return {one.name: one for one in found}


def rows(one: OpenTable) -> list[dict[str, Any]]:
    names = [column.name for column in one.columns]
    return [dict(zip(names, row, strict=True)) for row in one.rows]


def occupancy(text: str) -> dict[str, dict[str, Any]]:
    """Return the rows of one day and population by place."""
    found = tables(table("occupancy", text))["occupancy"]
    return {row["place"]: row for row in rows(found)}


@pytest.mark.parametrize("threshold", [None, 3, 5])
def test_no_table_counts_children_without_a_threshold(threshold: int | None) -> None:
    found = set(tables(threshold=threshold))
    assert bool(found & set(OF_PEOPLE)) == (threshold is not None)


def test_without_a_published_plan_there_is_no_table_of_it() -> None:
    assert {"plan", "need"} <= tables().keys()
    assert not {"plan", "need"} & tables(planned=None).keys()


def test_no_column_describes_a_person_or_names_a_home() -> None:
    persons = {column.name for column in BY_NAME["staff"].columns} - {"role"}
    for one in tables().values():
        names = {column.name for column in one.columns}
        assert not names & (persons | {"home_id", "unit_id", "home_name", "unit_name"})


def test_places_by_kind_at_each_past_year_end() -> None:
    found = rows(tables()["places"])
    assert {row["fiscal_year"] for row in found} == {2019, 2020, 2021}
    (last,) = [r for r in found if (r["fiscal_year"], r["kind"]) == (2021, "main_unit")]
    assert (last["kind_name"], last["units"], last["places"]) == ("本体施設ユニット", 2, 12)


def test_units_by_capacity_and_one_of_unknown_capacity_is_blank() -> None:
    found = rows(tables(drop("capacities", "g1"))["units"])
    of_2021 = [(r["kind"], r["capacity"], r["units"]) for r in found if r["fiscal_year"] == 2021]
    assert of_2021 == [
        ("main_unit", 6, 2),
        ("community_home", None, 1),
        ("branch_group_care", 5, 1),
    ]


def test_add_ons_are_those_of_the_submitted_returns() -> None:
    form = fill_form(read_ledger(EXAMPLE), national_law(), 2, 2022)
    found = rows(tables(forms=[form.figures(dt.date(2023, 4, 5))])["addons"])
    assert [(r["kind"], r["in_scope"], r["applied"], r["certified"]) for r in found] == [
        ("community_home", 7, 7, 6),
        ("branch_group_care", 5, 4, 3),
        ("backup", 2, 2, 2),
    ]
    assert "addons" not in tables()


def test_the_plan_as_setagaya_printed_it() -> None:
    ledger = read_ledger(EXAMPLE)
    found = open_tables(ledger, national_law(), dt.date(2023, 4, 5), None, [], ledger)
    (plan,) = [one for one in found if one.name == "plan"]
    last = rows(plan)[-1]
    assert (last["fiscal_year"], last["places"], last["target_places"]) == (2024, 111, 113)
    assert (last["group_share"], last["target_share"]) == (Decimal("67.6"), Decimal("68.1"))
    second = rows(plan)[1]
    assert (second["expenditure"], second["national_revenue"], second["estimated"]) == (
        34_098_000,
        16_239_000,
        False,
    )


def test_a_small_count_and_the_total_that_holds_it_are_hidden() -> None:
    by_key = occupancy("""
        as_of      | population | place      | children
        2022-03-31 | placed     | all        | 40
        2022-03-31 | placed     | main       | 20
        2022-03-31 | placed     | group_home | 18
        2022-03-31 | placed     | infant_home | 2""")
    assert {place for place, row in by_key.items() if row["children_mark"] == HIDDEN} == {
        "infant_home",
        "all",
    }
    assert by_key["infant_home"]["children"] is None
    assert (by_key["main"]["children"], by_key["group_home"]["children"]) == (20, 18)


def test_a_row_with_few_who_need_care_is_hidden_as_a_whole_and_not_known_has_no_mark() -> None:
    by_key = occupancy("""
        as_of      | population | place      | children | individual_care
        2022-03-31 | placed     | all        | 40       |
        2022-03-31 | placed     | main       | 20       | 1
        2022-03-31 | placed     | group_home | 20       | 20""")
    marks = {
        place: (row["children_mark"], row["individual_care_mark"]) for place, row in by_key.items()
    }
    assert marks == {"all": (HIDDEN, ""), "main": (HIDDEN, HIDDEN), "group_home": ("", "")}


def test_zero_is_reported() -> None:
    by_key = occupancy("""
        as_of      | population | place | children
        2022-03-31 | placed     | all   | 0""")
    assert (by_key["all"]["children"], by_key["all"]["children_mark"]) == (0, "")


def test_children_who_need_no_individual_care_are_guarded_though_they_are_not_reported() -> None:
    by_key = occupancy("""
        as_of      | population | place | children | individual_care
        2022-03-31 | placed     | all   | 30       | 29""")
    assert (by_key["all"]["children"], by_key["all"]["individual_care"]) == (None, None)


def test_homes_counts_are_added_and_an_unsplit_total_precedes_them() -> None:
    text = """
        as_of      | population | home_id | place | children
        2022-03-31 | residents  | h       | all   | 20
        2022-03-31 | placed     | h       | all   | 20
        2022-03-31 | placed     |         | all   | 25"""
    found = rows(tables(table("occupancy", text))["occupancy"])
    by_key = {row["population"]: (row["children"], row["homes"]) for row in found}
    assert by_key == {"residents": (20, 1), "placed": (25, None)}


def test_homes_are_not_added_up_where_one_of_them_is_missing() -> None:
    another = add("homes", home_id="k", name="隣園", operator="架空会", authority_code="990001")
    text = """
        as_of      | population | home_id | place | children
        2022-03-31 | residents  | h       | all   | 20"""
    assert "occupancy" in tables(table("occupancy", text))
    assert "occupancy" not in tables(another, table("occupancy", text))


def test_counts_that_contradict_each_other_are_still_each_guarded() -> None:
    by_key = occupancy("""
        as_of      | population | place      | children
        2022-03-31 | placed     | all        | 10
        2022-03-31 | placed     | main       | 20
        2022-03-31 | placed     | group_home | 1""")
    hidden = {place for place, row in by_key.items() if row["children_mark"] == HIDDEN}
    assert hidden == {"group_home", "all"}


def test_small_needs_are_hidden() -> None:
    text = """
        fiscal_year | age_band       | children
        2022        | under_3        | 2
        2022        | preschool      | 1
        2022        | school_age     | 30
        2022        | three_and_over | 31"""
    by_key = {row["age_band"]: row for row in rows(tables(table("need", text))["need"])}
    hidden = {band for band, row in by_key.items() if row["children_mark"] == HIDDEN}
    assert hidden == {"under_3", "preschool", "three_and_over"}
    assert tables(table("need", text))["need"].hidden == 3


def test_every_table_has_its_name_and_every_column_its_words() -> None:
    for one in tables().values():
        assert one.title == NAMES[one.name]
        for column in one.columns:
            assert column.title.ja
            assert column.title.en
