"""Whose plan, from which day, for which years."""

import datetime as dt

import polars as pl
import pytest

from shokibo.planning.spans import NoPlanError, baseline_year, plan_spans, years_of
from tests.builders import add, all_of, drop, edit

from .ledgers import ledger_with

SECOND = add("authorities", authority_code="990002", name="架空市", kind="center_city")


def test_the_ledgers_own_plan_belongs_to_the_only_authority() -> None:
    assert plan_spans(ledger_with()).rows() == [("990001", dt.date(2021, 9, 30), 2021, 2023)]


def test_what_is_given_takes_the_place_of_the_ledgers() -> None:
    spans = plan_spans(ledger_with(), baseline=dt.date(2022, 3, 31), to_year=2030)
    assert spans.rows() == [("990001", dt.date(2022, 3, 31), 2021, 2030)]
    assert plan_spans(ledger_with(), from_year=2022)["from_year"].to_list() == [2022]


def test_without_a_plan_everything_has_to_be_given() -> None:
    ledger = ledger_with(drop("plan"))
    with pytest.raises(NoPlanError):
        plan_spans(ledger)
    with pytest.raises(NoPlanError):
        plan_spans(ledger, from_year=2022, to_year=2023)
    spans = plan_spans(ledger, baseline=dt.date(2022, 4, 1), from_year=2022, to_year=2023)
    assert spans.rows() == [("990001", dt.date(2022, 4, 1), 2022, 2023)]


def test_each_authority_has_its_own_plan() -> None:
    plans = all_of(
        SECOND,
        edit("plan", "架空計画", authority_code="990001"),
        add(
            "plan",
            title="市の計画",
            authority_code="990002",
            baseline_on="2022-04-01",
            from_year="2022",
            to_year="2022",
        ),
    )
    spans = plan_spans(ledger_with(plans))
    assert spans["authority_code"].to_list() == ["990001", "990002"]
    assert years_of(spans).rows() == [
        ("990001", 2021),
        ("990001", 2022),
        ("990001", 2023),
        ("990002", 2022),
    ]


def test_a_plan_without_an_authority_belongs_to_none_of_several() -> None:
    assert plan_spans(ledger_with(SECOND)).is_empty()


def test_a_plan_that_ends_before_it_starts_has_no_years() -> None:
    reversed_years = edit("plan", "架空計画", to_year="2020")
    assert years_of(plan_spans(ledger_with(reversed_years))).is_empty()


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2022, 3, 31), 2021),
        (dt.date(2022, 4, 1), 2022),
        (dt.date(2021, 12, 31), 2021),
        (dt.date(2022, 1, 1), 2021),
    ],
)
def test_the_fiscal_year_of_the_baseline(day: dt.date, year: int) -> None:
    frame = pl.DataFrame({"baseline_on": [day]})
    assert frame.select(baseline_year()).item() == year
