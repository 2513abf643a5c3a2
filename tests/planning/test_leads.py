"""A year whose group homes are all contracted costs what its leads say; any other its basis."""

from typing import Any

import pytest

from shokibo.answers import plain
from shokibo.planning.budget import Budget
from shokibo.planning.lead_costs import budget_of_lead
from tests.builders import Edit, add, edit
from tests.builders import Tables as Drawn

from .ledgers import ledger_with, outline_of, plan_findings, table

COSTS = table(
    "costs",
    """
    fiscal_year | item | account | timing | basis | amount | programme | revenue_account \
| national_share | eligible_rule | source
    2022 | 家賃 | 扶助費 | annual | opened_home | 1200000 | 負担金 | 国庫負担 | 1/2 | full | 見積
    2022 | 礼金 | 扶助費 | initial | opened_home | 300000 | 負担金 | 国庫負担 | 1/2 | \
months_of_rent:2:家賃 | 見積
    2022 | 備品購入費 | 補助金 | initial | opened_home | 500000 | 補助 | 補助 | 1/2 | full | 見積
    2022 | 保険料 | 役務費 | initial | opened_home | 7000 | | | | | 見積""",
)
OPENINGS = table(
    "actions",
    """
    home_id | fiscal_year | action | unit_id | unit_kind      | count | capacity
    h       | 2022        | open   |         | community_home | 2     | 4
    h       | 2023        | open   | new     | community_home |       | 4""",
)
LEADS = table(
    "housing",
    """
    lead_id | found_on | source | area | home_id | state | state_on | planned_year \
| monthly_rent | initial_cost | equipment_cost | conversion_cost
    a | 2021-10-01 | agent | 町 | h | contracted | 2022-04-02 | 2022 | 80000 | 170000 | 400000 | 0
    b | 2021-11-01 | agent | 架空町 | h | opened | 2022-07-01 | 2022 | 90000 | 150000 | 450001 | 0
    c | 2021-12-01 | agent | 架空町 | h | negotiating | 2022-07-01 | 2023 | 1 | 1 | 1 | 1""",
)


def budget_of(year: int, *edits: Edit) -> Budget:
    return outline_of(ledger_with(COSTS, OPENINGS, LEADS, *edits)).budget(year)


def spent(year: int, *edits: Edit) -> dict[str, tuple[int, int, bool]]:
    """Return what each item costs, for how many homes leads say so, and whether it is estimated."""
    lines = budget_of(year, *edits).expenditure
    return {line.item: (line.amount, line.contracted, line.estimated) for line in lines}


BY_LEADS = {
    "家賃": (12 * (80_000 + 90_000), 2, False),
    "礼金": (320_000, 2, False),
    "備品購入費": (850_001, 2, False),
    "保険料": (14_000, 0, False),
}
BY_BASIS = {
    "家賃": (2_400_000, 0, False),
    "礼金": (600_000, 0, False),
    "備品購入費": (1_000_000, 0, False),
    "保険料": (14_000, 0, False),
}


def test_contracted_homes_cost_what_their_leads_say() -> None:
    assert spent(2022) == BY_LEADS


@pytest.mark.parametrize(
    "change",
    [
        edit("housing", "a", state="negotiating"),
        edit("housing", "a", state="dropped"),
        edit("housing", "a", planned_year="2023"),
        edit("housing", "a", planned_year=""),
        add("housing", "a", lead_id="d"),
        edit("actions", "2022", count="3"),
    ],
)
def test_a_year_with_other_homes_than_contracted_leads_keeps_its_basis(change: Edit) -> None:
    found = spent(2022, change)
    assert {contracted for _, contracted, _ in found.values()} == {0}


def test_what_a_lead_leaves_blank_keeps_its_basis() -> None:
    found = spent(2022, edit("housing", "b", equipment_cost=""))
    assert found == {**BY_LEADS, "備品購入費": BY_BASIS["備品購入費"]}


def test_rent_of_later_years_is_that_of_the_leads_and_the_basis_of_the_rest() -> None:
    found = spent(2023)
    assert found["家賃"] == (12 * 170_000 + 1_200_000, 2, True)
    assert found["礼金"] == (300_000, 0, True)
    later = spent(2023, edit("housing", "c", state="contracted"))
    assert later["家賃"] == (12 * 170_001, 3, False)
    assert later["礼金"] == (1, 1, False)
    assert later["保険料"] == (7_000, 0, True)


def test_the_first_months_of_rent_are_paid_of_leads_too() -> None:
    nine = edit("costs", "家賃", months="9")
    assert spent(2022, nine)["家賃"][0] == 9 * 170_000
    assert spent(2023, nine)["家賃"][0] == 12 * 170_000 + 900_000


def test_months_of_rent_are_those_of_the_leads() -> None:
    by_programme = {paid.programme: paid for paid in budget_of(2022).revenue}
    rent = 12 * 170_000
    # two months of both rents are 340,000: the whole 320,000 is eligible
    assert by_programme["負担金"].eligible_base == rent + 320_000
    dear = edit("housing", "a", initial_cost="250000")
    (paid, _) = budget_of(2022, dear).revenue
    assert paid.eligible_base == rent + 2 * 170_000
    assert by_programme["補助"].amount == 425_000


def test_a_year_of_whose_homes_one_closes_again_keeps_its_basis() -> None:
    closing = add("actions", "2023", fiscal_year="2024", action="close", unit_kind="", capacity="")
    contracted = edit("housing", "c", state="contracted")
    assert spent(2023, contracted)["礼金"] == (1, 1, False)
    assert spent(2023, contracted, closing)["礼金"] == (300_000, 0, True)


def test_an_amount_of_no_item_is_listed_alone_and_borne_by_nobody() -> None:
    conversion = edit("housing", "a", conversion_cost="60000")
    found = budget_of(2022, conversion)
    (line,) = [one for one in found.expenditure if one.item == "改築費"]
    assert (line.account, line.timing, line.homes, line.amount) == (
        "科目未定",
        "initial",
        2,
        60_000,
    )
    assert found.revenue == budget_of(2022).revenue
    assert found.expenditure_total == budget_of(2022).expenditure_total + 60_000


def without_rent(tables: Drawn) -> None:
    tables["costs"] = [row for row in tables["costs"] if row["item"] == "備品購入費"]


def test_rent_that_no_item_is_of_is_paid_in_later_years_too() -> None:
    assert spent(2022, without_rent)["月額家賃"] == (12 * 170_000, 2, False)
    assert spent(2023, without_rent)["月額家賃"] == (12 * 170_000, 2, False)


def test_two_items_of_one_column_keep_their_basis() -> None:
    twice = add("costs", "礼金", item="仲介手数料", amount="100000")
    found = spent(2022, twice)
    assert found["礼金"] == (600_000, 0, False)
    assert found["仲介手数料"] == (200_000, 0, False)
    assert "礼金・仲介手数料等" not in found


def test_an_only_annual_item_is_the_rent_whatever_its_name() -> None:
    named = edit("costs", "家賃", item="借上料")
    assert spent(2022, named)["借上料"] == BY_LEADS["家賃"]


def test_the_check_of_the_contribution_looks_at_the_leads() -> None:
    def result(*edits: Edit) -> list[Any]:
        found = plan_findings(ledger_with(COSTS, OPENINGS, LEADS, *edits))
        return [one.values["costs"] for one in found if one.code == "CONTRIBUTION_NOT_FULL"]

    assert result() == []
    assert result(edit("housing", "a", initial_cost="250000")) == [12 * 170_000 + 400_000]


def test_budgets_of_leads_are_plain() -> None:
    assert plain(budget_of(2022))["expenditure"][0]["contracted"] == 2


# A single lead


def test_a_lead_shows_what_it_costs_and_what_subsidises_it() -> None:
    found = budget_of_lead(outline_of(ledger_with(COSTS, OPENINGS, LEADS)), "a")
    assert found
    assert [(one.item, one.amount, one.contracted) for one in found.expenditure] == [
        ("家賃", 960_000, 1),
        ("礼金", 170_000, 1),
        ("備品購入費", 400_000, 1),
        ("保険料", 7_000, 0),
    ]
    paid = [(one.programme, one.eligible_base, one.share, one.amount) for one in found.revenue]
    assert paid == [("負担金", 1_120_000, "1/2", 560_000), ("補助", 400_000, "1/2", 200_000)]
    assert (found.expenditure_total, found.revenue_total) == (1_537_000, 760_000)


def test_the_leads_of_a_year_add_up_to_its_budget() -> None:
    plan = outline_of(ledger_with(COSTS, OPENINGS, LEADS))
    parts = [budget_of_lead(plan, lead) for lead in ("a", "b")]
    whole = plan.budget(2022)
    assert sum(part.expenditure_total for part in parts if part) == whole.expenditure_total
    of_parts = sum(part.revenue_total for part in parts if part)
    assert (of_parts, whole.revenue_total) == (1_600_000, 1_605_000)  # a's fee is above its limit


def test_a_lead_that_is_not_contracted_shows_its_own_amounts_before_the_plan_takes_them() -> None:
    plan = outline_of(ledger_with(COSTS, OPENINGS, LEADS))
    found = budget_of_lead(plan, "c")
    assert found
    assert (found.fiscal_year, found.expenditure[0].amount) == (2023, 12)
    assert found.expenditure[-1].amount == 1
    assert 2023 not in plan.own_amounts
    blank = outline_of(ledger_with(COSTS, OPENINGS, LEADS, edit("housing", "c", monthly_rent="")))
    partly = budget_of_lead(blank, "c")
    assert partly
    assert [(one.amount, one.contracted) for one in partly.expenditure[:2]] == [
        (1_200_000, 0),
        (1, 1),
    ]


def test_a_lead_without_a_year_costs_nothing_yet() -> None:
    edited = edit("housing", "c", planned_year="")
    assert budget_of_lead(outline_of(ledger_with(COSTS, OPENINGS, LEADS, edited)), "c") is None
