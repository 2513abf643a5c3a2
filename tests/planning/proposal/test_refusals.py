"""What is asked and can't be: each a clear answer."""

import polars as pl
import pytest

from shokibo.law.parameters import national_law
from shokibo.ledger.model import Ledger
from shokibo.planning.proposal.errors import CannotProposeError
from shokibo.planning.proposal.limits import ActionKind, Limits, Pin
from shokibo.planning.proposal.proposing import propose
from tests.builders import LANGUAGES, Edit
from tests.planning.ledgers import ledger_with, table


def pin(
    action: ActionKind = "change_capacity",
    unit: str | None = "m1",
    capacity: int | None = 5,
    year: int = 2022,
    home: str = "h",
) -> Limits:
    wanted = Pin(home_id=home, fiscal_year=year, action=action, unit_id=unit, capacity=capacity)
    return Limits(pins=(wanted,))


def without(name: str) -> Edit:
    def change(tables: dict[str, list[dict[str, str]]]) -> None:
        tables[name] = []

    return change


def opened(count: int) -> Limits:
    return Limits(
        pins=(Pin(home_id="h", fiscal_year=2022, action="open", count=count, capacity=4),)
    )


LEDGER = ledger_with()


def refused(ledger: Ledger, limits: Limits) -> str:
    with pytest.raises(CannotProposeError) as caught:
        propose(ledger, national_law(), limits, "ja")
    assert all(caught.value.message(language) for language in LANGUAGES)
    return caught.value.why


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(from_year=2020), "before_baseline"),
        (Limits(from_year=2023, to_year=2022), "reversed"),
        (Limits(openings_per_year=-1), "negative"),
        (Limits(keep_main=-1), "negative"),
        (Limits(budget=-1), "negative"),
        (Limits(new_staff_per_year=-1), "negative"),
        (pin(home="x"), "pin_home"),
        (pin(year=2030), "pin_year"),
        (pin(unit="nobody"), "pin_unit"),
        (pin(capacity=3), "pin_capacity"),
        (pin(capacity=6), "pin_capacity"),
        (pin("close", "g1", None), "pin_close"),
        (pin("open", None, 6), "pin_capacity"),
        (opened(0), "pin_count"),
        (opened(1_001), "pin_count"),
        (Limits(pins=pin().pins * 2), "pin_twice"),
    ],
)
def test_limits_that_cannot_be_used(limits: Limits, why: str) -> None:
    assert refused(LEDGER, limits) == why


def test_yen_without_prices() -> None:
    assert refused(ledger_with(without("costs")), Limits(budget=1)) == "no_prices"
    found = propose(ledger_with(without("costs")), national_law(), Limits(), "ja")
    assert any("0円" in note for note in found.notes)


def test_a_ledger_without_a_plan() -> None:
    assert refused(ledger_with(without("plan")), Limits()) == "no_plan"


def test_unknown_need_and_units_of_unknown_capacity_are_reported() -> None:
    ledger = ledger_with(
        without("need"),
        table("capacities", "unit_id | effective_from | capacity\nm1 | 2019-04-01 | 6"),
    )
    found = propose(ledger, national_law(), Limits(new_staff_per_year=99), "ja")
    result = "\n".join(found.notes)
    for words in (
        "必要量が分からない",
        "m2、g1、g2",
        "暮らしている児童の数",
        "自治体の値が空欄",
    ):
        assert words in result
    assert {one.unit_id for one in found.actions} <= {"m1", None}


@pytest.mark.parametrize("children", ["all", "parts", "one part"])
def test_children_of_a_home_come_from_its_latest_rows(children: str) -> None:
    rows = {
        "all": "2021-08-01 | residents | h | all | 23\n2021-09-30 | residents | h | main | 1",
        "parts": "2021-08-01 | residents | h | main | 12\n"
        "2021-08-01 | residents | h | group_home | 11",
        "one part": "2021-08-01 | residents | h | main | 12",
    }[children]
    head = "as_of | population | home_id | place | children\n"
    ledger = ledger_with(table("occupancy", head + rows), without("need"))
    found = propose(ledger, national_law(), Limits(openings_per_year=0, to_year=2022), "ja")
    assert found.years[-1].places == (23 if children != "one part" else found.years[-1].places)
    assert any("暮らしている児童" in note for note in found.notes) == (children == "one part")


def test_of_no_home_nothing_is_proposed() -> None:
    closed = ledger_with()
    homes = closed["homes"].with_columns(closed_on=pl.date(2020, 3, 31))
    ledger = Ledger({**closed.tables, "homes": homes}, sources=closed.sources)
    found = propose(ledger, national_law(), Limits(), "ja")
    assert (found.status, found.actions) == ("optimal", [])
    assert found.objectives[0].value == 50
