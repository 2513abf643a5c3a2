"""The subsidised trainings of a year, and the State's share by the item that names 研修."""

import pytest

from shokibo.planning.training_costs import TrainingCost, training_cost
from tests.builders import Edit, add

from .ledgers import ledger_with, table

ITEM = table(
    "costs",
    """
    fiscal_year | item | account | timing | basis | amount | programme | national_share \
| eligible_rule | source
    2022 | 外部研修受講費用 | 補助金 | annual | year | 600000 | 架空補助金 | 1/2 | full | 見積""",
)


def training(name: str, day: str, cost: str, subsidised: str = "1") -> Edit:
    given = {"home_id": "h", "title": "架空", "purpose": "leader", "participants": "2"}
    days = {"training_id": name, "held_on": day, "cost": cost, "subsidised": subsidised}
    return add("trainings", "", **{**given, **days})


HELD = (
    training("a", "2022-04-01", "1001"),
    training("b", "2023-03-31", ""),
    training("c", "2022-03-31", "7"),
    training("d", "2023-04-01", "7"),
    training("e", "2022-05-01", "7", subsidised="0"),
    training("f", "2022-05-01", "7", subsidised=""),
)


def test_the_year_and_the_mark_decide_and_the_share_is_floored() -> None:
    found = training_cost(ledger_with(ITEM, *HELD), 2022)
    assert found == TrainingCost(2, 1, 1001, "架空補助金", "1/2", 500)


def test_a_year_without_any_has_none() -> None:
    assert training_cost(ledger_with(ITEM), 2022) is None
    assert training_cost(ledger_with(ITEM, HELD[-1]), 2022) is None


@pytest.mark.parametrize(
    "costs",
    [
        table("costs", "fiscal_year | item | account | timing | amount"),
        add("costs", "外部研修受講費用", item="内部研修"),
    ],
)
def test_without_one_item_of_the_year_the_programme_is_not_known(costs: Edit) -> None:
    found = training_cost(ledger_with(ITEM, costs, *HELD), 2022)
    assert found == TrainingCost(2, 1, 1001, None, None, None)


def test_an_item_without_a_share_leaves_the_state_unknown() -> None:
    no_share = table(
        "costs",
        """
        fiscal_year | item   | account | timing | basis | amount | source
        2022        | 研修費 | 補助金  | annual | year  | 600000 | 見積""",
    )
    found = training_cost(ledger_with(no_share, *HELD), 2022)
    assert found == TrainingCost(2, 1, 1001, None, None, None)
