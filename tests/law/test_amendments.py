"""A parameter that changes on a day: judged by the old value before it, by the new from it on.

The same answer by two roads: a law that changes on a day, and two laws that never change.
"""

import datetime as dt

import polars as pl
import pytest
from msgspec.structs import replace

from shokibo.law.certification import rejudged
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES, evaluate
from shokibo.law.parameters import Law, ParameterValue, national_law
from shokibo.law.reasons import reasons
from shokibo.ledger.model import Ledger
from tests.builders import made, read
from tests.builders import unit as added_unit

CHANGE = dt.date(2022, 7, 1)
BEFORE, AFTER = CHANGE - dt.timedelta(days=1), CHANGE
LAW = national_law()
AMENDED: dict[str, ParameterValue] = {
    "scope_kinds": ["community_home"],
    "branch_capacities": [4, 6],
    "max_extra": {4: 2, 5: 1, 6: 3},
    "qualified_jobs": ["childcare_worker"],
    "base_staff": 2,
    "base_qualified": {"community_home": 4},
    "backup_staff": 2,
}


def _with(name: str, *values: tuple[dt.date, dt.date | None, ParameterValue]) -> Law:
    old = LAW.parameters[name]
    dated = [
        replace(old.values[0], effective_from=first, effective_to=last, value=value)
        for first, last, value in values
    ]
    return replace(LAW, parameters={**LAW.parameters, name: replace(old, values=dated)})


def _laws(name: str) -> tuple[Law, Law, Law]:
    """Return the law as it was, as it is from the change on, and the one that changes."""
    first, old, new = dt.date(2019, 4, 1), LAW.parameters[name].values[0].value, AMENDED[name]
    return (
        _with(name, (first, None, old)),
        _with(name, (first, None, new)),
        _with(name, (first, BEFORE, old), (CHANGE, None, new)),
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    branch = added_unit("b4", "branch_group_care", "4")
    return read(made(branch), tmp_path_factory.mktemp("ledger"))


@pytest.mark.parametrize("name", AMENDED)
def test_each_day_is_judged_by_the_value_of_the_day(ledger: Ledger, name: str) -> None:
    old, new, changing = _laws(name)
    both = evaluate(ledger, changing, [BEFORE, AFTER])
    was, now = evaluate(ledger, old, [BEFORE]), evaluate(ledger, new, [AFTER])
    for found, expected in (
        (both.units, pl.concat([was.units, now.units])),
        (both.homes, pl.concat([was.homes, now.homes])),
    ):
        key = ["as_of", "home_id", *(["unit_id"] if "unit_id" in found.columns else [])]
        assert found.sort(key).equals(expected.sort(key))
    unchanged = evaluate(ledger, old, [AFTER])
    assert not (now.units.equals(unchanged.units) and now.homes.equals(unchanged.homes))


@pytest.mark.parametrize("name", AMENDED)
def test_the_words_are_those_of_the_day(ledger: Ledger, name: str) -> None:
    old, new, changing = _laws(name)
    for day, law in ((BEFORE, old), (AFTER, new)):
        one, two = evaluate(ledger, changing, [day]), evaluate(ledger, law, [day])
        for found, expected, rules in (
            (one.units, two.units, UNIT_RULES),
            (one.homes, two.homes, HOME_RULES),
        ):
            actual, wanted = (
                [[reason.message for reason in of_case] for of_case in words.by_case()]
                for words in (
                    reasons(found, rules, changing, "ja"),
                    reasons(expected, rules, law, "ja"),
                )
            )
            assert actual == wanted


def test_a_certified_month_is_judged_by_the_value_of_the_month(ledger: Ledger) -> None:
    _, _, changing = _laws("max_extra")
    months = rejudged(ledger, changing).units.filter(pl.col("unit_id") == "u4")
    most = dict(months.select("month", "max_extra").iter_rows())
    assert set(most) == {dt.date(2022 + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 16)}
    assert {month: 1 if month < CHANGE else 2 for month in most} == most
