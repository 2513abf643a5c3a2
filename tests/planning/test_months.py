"""R8: what is certified in each month of a year, whether it holds, and what it comes to."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.answers import plain
from shokibo.law import register
from shokibo.law.parameters import national_law
from shokibo.planning.months import year_of_months
from shokibo.returns import counted
from shokibo.returns.forms import fill_form
from shokibo.returns.households import chains
from tests.builders import Edit, add, all_of, application, drop, edit, made, read, unit
from tests.law.building import ledger_from
from tests.reference.generate import Tables, random_tables

YEAR = [
    *("2022-04", "2022-05", "2022-06", "2022-07", "2022-08", "2022-09"),
    *("2022-10", "2022-11", "2022-12", "2023-01", "2023-02", "2023-03"),
]


def of_year(folder: Path, *edits: Edit, year: int = 2022) -> dict[str, Any]:
    """Return the months of the clean ledger with edits."""
    found: dict[str, Any] = plain(year_of_months(read(made(*edits), folder), national_law(), year))
    return found


def of_unit(found: dict[str, Any], unit_id: str, name: str) -> list[Any]:
    """Return one figure of a unit's months."""
    (months,) = (one["months"] for one in found["units"] if one["unit_id"] == unit_id)
    return [month[name] for month in months]


def price(basis: str, yen: str, **cells: str) -> Edit:
    """Price a month of an add-on."""
    row = {
        "fiscal_year": "2022",
        "item": "加配職員",
        "account": "扶助費",
        "timing": "annual",
        "basis": basis,
        "amount": yen,
        "programme": "架空負担金",
        "national_share": "1/2",
        "eligible_rule": "full",
    }
    return add("costs", "", **{**row, **cells})


def test_a_year_has_its_twelve_months_april_first(tmp_path: Path) -> None:
    found = of_year(tmp_path)
    assert found["fiscal_year"] == 2022
    assert [one["unit_id"] for one in found["units"]] == ["u4", "b5"]
    assert of_unit(found, "u4", "month") == YEAR
    assert of_unit(found, "b5", "certified_extra") == [2] * 12
    assert of_unit(found, "b5", "holds") == [True] * 12
    assert [(one["home_id"], one["backup_months"]) for one in found["homes"]] == [("h", 12)]
    assert found["totals"] == {
        "person_months": 36,
        "held_person_months": 36,
        "backup_months": 12,
        "held_backup_months": 12,
    }
    assert found["amounts"] == []


@pytest.mark.parametrize(
    ("ended_on", "months"),
    [("2022-09-30", 6), ("2022-09-29", 5), ("2022-10-30", 6), ("2022-10-31", 7), ("", 12)],
)
def test_a_month_counts_that_the_addon_lasts_to_the_end_of(
    ended_on: str, months: int, tmp_path: Path
) -> None:
    found = of_year(tmp_path, edit("applications", "a-u4", ended_on=ended_on))
    assert of_unit(found, "u4", "certified_extra") == [1] * months + [0] * (12 - months)
    assert of_unit(found, "u4", "holds") == [True] * months + [None] * (12 - months)


def test_an_addon_counts_from_its_start_month(tmp_path: Path) -> None:
    found = of_year(tmp_path, edit("applications", "a-u4", start_month="2022-07"))
    assert of_unit(found, "u4", "certified_extra") == [0] * 3 + [1] * 9


def test_a_change_takes_the_place_of_what_it_replaces(tmp_path: Path) -> None:
    found = of_year(
        tmp_path,
        edit("applications", "a-b5", ended_on="2022-09-30", end_reason="変更"),
        application("n", "b5", start_month="2022-10", replaces="a-b5", applied_on="2022-09-20"),
    )
    assert of_unit(found, "b5", "certified_extra") == [2] * 6 + [1] * 6
    assert of_unit(found, "b5", "available_extra") == [2] * 12
    assert found["units"][1]["person_months"] == 18


@pytest.mark.parametrize(
    ("applied_on", "application_id", "extra"),
    [
        ("2022-04-03", "z", 2),
        ("2022-04-05", "z", 1),
        ("2022-04-04", "z", 1),
        ("2022-04-04", "A", 2),
    ],
)
def test_of_several_in_a_month_the_latest_counts(
    applied_on: str, application_id: str, extra: int, tmp_path: Path
) -> None:
    other = application(application_id, "b5", applied_on=applied_on)
    assert of_unit(of_year(tmp_path, other), "b5", "certified_extra") == [extra] * 12


def test_what_lapses_does_not_hold_from_the_next_first_of_a_month(tmp_path: Path) -> None:
    found = of_year(tmp_path, edit("staff", "b-1", ended_on="2022-09-01"))
    assert of_unit(found, "b5", "available_extra") == [2] * 6 + [1] * 6
    assert of_unit(found, "b5", "holds") == [True] * 6 + [False] * 6
    assert (found["units"][1]["person_months"], found["units"][1]["held_person_months"]) == (24, 12)


def test_what_cannot_be_judged_is_null_and_not_held(tmp_path: Path) -> None:
    found = of_year(tmp_path, drop("confirmations", "training"))
    assert of_unit(found, "u4", "holds") == [None] * 12
    assert found["totals"]["held_person_months"] == 0
    assert [month["holds"] for month in found["homes"][0]["months"]] == [None] * 12


def test_more_than_the_capacity_allows_does_not_hold_even_where_the_rest_is_unknown(
    tmp_path: Path,
) -> None:
    found = of_year(
        tmp_path,
        edit("applications", "a-u4", certified_extra="2"),
        drop("confirmations", "training"),
    )
    assert of_unit(found, "u4", "holds") == [False] * 12


def test_a_number_that_the_application_does_not_give_is_null(tmp_path: Path) -> None:
    found = of_year(tmp_path, edit("applications", "a-u4", certified_extra=""))
    assert of_unit(found, "u4", "certified_extra") == [None] * 12
    assert of_unit(found, "u4", "holds") == [None] * 12
    assert found["units"][0]["person_months"] == 0


def test_a_month_in_which_a_unit_opens_is_judged_on_that_day(tmp_path: Path) -> None:
    found = of_year(
        tmp_path,
        unit("x", "community_home", "4", opened_on="2022-10-15"),
        application("n", "x", start_month="2022-09"),
        *(
            edit("staff", f"u-{number}", unit_id="x", started_on="2022-10-15")
            for number in range(1, 5)
        ),
    )
    assert of_unit(found, "x", "capacity") == [None] * 6 + [4] * 6
    assert of_unit(found, "x", "available_extra") == [None] * 6 + [1] * 6
    assert of_unit(found, "x", "holds") == [None] * 5 + [False] + [True] * 6


def test_a_month_in_which_a_home_opens_is_judged_on_that_day(tmp_path: Path) -> None:
    found = of_year(tmp_path, edit("homes", "架空学園", opened_on="2022-04-15"))
    assert [month["holds"] for month in found["homes"][0]["months"]] == [True] * 12
    assert of_unit(found, "u4", "holds") == [True] * 12


def test_what_is_not_certified_in_the_year_is_left_out(tmp_path: Path) -> None:
    pending = edit("applications", "a-u4", decision="pending", certified_extra="", decided_on="")
    found = of_year(tmp_path, pending, edit("applications", "a-k", fiscal_year="2023"))
    assert [one["unit_id"] for one in found["units"]] == ["b5"]
    assert found["homes"] == []
    assert of_year(tmp_path / "other", year=2021)["units"] == []


# Amounts


def test_months_are_priced_by_the_authority(tmp_path: Path) -> None:
    found = of_year(
        tmp_path,
        price("extra_staff_month", "333333"),
        price("backup_month", "100001", item="バックアップ職員", national_share="1/3"),
    )
    assert found["amounts"] == [
        {
            "item": "加配職員",
            "months": 36,
            "unit_price": 333_333,
            "amount": 11_999_988,
            "national_share": "1/2",
            "national": 5_999_994,
        },
        {
            "item": "バックアップ職員",
            "months": 12,
            "unit_price": 100_001,
            "amount": 1_200_012,
            "national_share": "1/3",
            "national": 400_004,
        },
    ]


@pytest.mark.parametrize(
    ("cells", "national"),
    [
        ({"national_share": ""}, None),
        ({"eligible_rule": "none"}, 0),
        ({"eligible_rule": ""}, 0),
        ({"programme": ""}, 0),
        ({"amount": "5", "national_share": "1/7"}, 25),
    ],
)
def test_the_state_bears_its_share_of_what_is_eligible(
    cells: dict[str, str], national: int | None, tmp_path: Path
) -> None:
    (line,) = of_year(tmp_path, price("extra_staff_month", "100", **cells))["amounts"]
    assert line["national"] == national


@pytest.mark.parametrize(("since", "amount"), [("2021", [100]), ("2022", [100]), ("2023", [])])
def test_a_price_holds_from_its_year_on(since: str, amount: list[int], tmp_path: Path) -> None:
    found = of_year(tmp_path, price("extra_staff_month", "100", fiscal_year=since))
    assert [line["unit_price"] for line in found["amounts"]] == amount


def test_a_price_without_a_month_has_no_line(tmp_path: Path) -> None:
    found = of_year(tmp_path, price("backup_month", "100"), drop("applications", "a-k"))
    assert found["amounts"] == []


def test_each_authority_pays_for_its_own_months(tmp_path: Path) -> None:
    other = all_of(
        add("authorities", "架空県", authority_code="990019", name="架空市"),
        add("homes", "架空学園", home_id="h2", name="架空の園", authority_code="990019"),
        application("n", "", "h2"),
        price("backup_month", "100", authority_code="990001"),
        price("backup_month", "7", authority_code="990019"),
    )
    found = of_year(tmp_path, other)["amounts"]
    assert [(line["months"], line["unit_price"]) for line in found] == [(12, 100), (12, 7)]


# Months and forms


def with_months(tables: Tables, year: int) -> Tables:
    """Keep of a year's certified applications those that count in a month of it."""
    found = plain(year_of_months(ledger_from(tables), national_law(), year))
    units = {one["unit_id"] for one in found["units"]}
    homes = {one["home_id"] for one in found["homes"]}

    def counts(row: Any) -> bool:  # noqa: ANN401
        if row["decision"] != "certified" or row["fiscal_year"] != str(year):
            return True
        return row["unit_id"] in units if row["addon"] == "dispersal" else row["home_id"] in homes

    return {**tables, "applications": [row for row in tables["applications"] if counts(row)]}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), year=st.integers(2019, 2024))
def test_form_2_counts_as_certified_what_has_a_certified_month(seed: int, year: int) -> None:
    ledger = ledger_from(with_months(random_tables(seed), year))
    law = national_law()
    months = year_of_months(ledger, law, year)
    period = counted.period_of(2, year)
    of_units = chains(ledger, period)
    household = dict(of_units.select("unit_id", "household").iter_rows())
    in_scope = {household[one] for one in counted.units_in_scope(ledger, law, period)["unit_id"]}
    homes = register.homes(ledger).filter(counted.open_in(period)).collect()
    open_homes = set(homes["home_id"])
    form = fill_form(ledger, law, 2, year)
    certified = {household[one.unit_id] for one in months.units} & in_scope
    assert form.units["total"].certified["total"] == len(certified)
    assert form.backup.certified == len({one.home_id for one in months.homes} & open_homes)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_totals_are_the_sums_of_the_months(seed: int) -> None:
    found = year_of_months(ledger_from(random_tables(seed)), national_law(), 2022)
    extra = [(m.certified_extra or 0, m.holds) for one in found.units for m in one.months]
    backup = [(m.certified, m.holds) for one in found.homes for m in one.months]
    totals = found.totals
    assert (totals.person_months, totals.held_person_months) == (
        sum(number for number, _ in extra),
        sum(number for number, holds in extra if holds),
    )
    assert (totals.backup_months, totals.held_backup_months) == (
        sum(certified for certified, _ in backup),
        sum(certified for certified, holds in backup if holds),
    )
    first = dt.date(2022, 4, 1)
    assert all(one.months[0].month == f"{first:%Y-%m}" for one in found.units)
