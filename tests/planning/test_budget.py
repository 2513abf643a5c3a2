"""P8: what a plan costs by year, and what the State bears of it."""

from typing import Any

import pytest

from tests.builders import Edit

from .ledgers import budgets_json, ledger_with, outline_of, table, year_of

COSTS = (
    "fiscal_year | item | account | timing | basis | amount | programme | revenue_account"
    " | national_share | eligible_rule"
)
ACTIONS = "home_id | fiscal_year | action | unit_id | unit_kind | count | capacity"
OPEN_ONE = "2022 | open | n | community_home | | 4"
RENT = "2022 | 家賃 | 扶助費 | annual | opened_home | 1200000 | 負担金 | 国庫負担 | 1/2 | full"


def costs(*lines: str) -> Edit:
    """Put costs in the place of the plan's."""
    return table("costs", "\n".join([COSTS, *lines]))


def actions(*lines: str) -> Edit:
    """Put actions of the home h in the place of the plan's, from its fiscal year on."""
    return table("actions", "\n".join([ACTIONS, *(f"h | {line}" for line in lines)]))


def of_year(year: int, *edits: Edit) -> dict[str, Any]:
    """Return the budget of a year."""
    return year_of(budgets_json(ledger_with(*edits)), year)


def by_year(name: str, *edits: Edit) -> list[Any]:
    """Return one figure of the budgets of 2021, 2022 and 2023."""
    return [one[name] for one in budgets_json(ledger_with(*edits))]


def numbers(*edits: Edit) -> list[list[int]]:
    """Return by year what each line is multiplied by."""
    return [[line["homes"] for line in lines] for lines in by_year("expenditure", *edits)]


# How many homes


@pytest.mark.parametrize(
    ("lines", "opened", "running"),
    [
        ([OPEN_ONE], [0, 1, 0], [0, 1, 1]),
        (["2022 | open | | community_home | 2 | 4"], [0, 2, 0], [0, 2, 2]),
        (["2021 | open | | branch_group_care | | 4", OPEN_ONE], [1, 1, 0], [1, 2, 2]),
        (["2022 | open | | other_group_home | | 6"], [0, 1, 0], [0, 1, 1]),
        (["2022 | open | | main_unit | | 6"], [0, 0, 0], [0, 0, 0]),
        ([OPEN_ONE, "2023 | close | n | | |"], [0, 1, 0], [0, 1, 1]),
        (
            ["2021 | open | n | community_home | | 4", "2022 | close | n | | |"],
            [1, 0, 0],
            [1, 1, 0],
        ),
        (
            ["2021 | open | n | community_home | | 4", "2022 | convert | n | | |"],
            [1, 0, 0],
            [1, 1, 0],
        ),
        ([OPEN_ONE, "2022 | close | n | | |"], [0, 1, 0], [0, 1, 0]),
        (["2022 | close | g1 | | |"], [0, 0, 0], [0, 0, 0]),
        ([], [0, 0, 0], [0, 0, 0]),
    ],
)
def test_group_homes_opened_and_running(
    lines: list[str], opened: list[int], running: list[int]
) -> None:
    assert by_year("opened", actions(*lines)) == opened
    assert by_year("running", actions(*lines)) == running


def test_what_opens_before_the_plans_first_year_is_not_in_it() -> None:
    first = table(
        "plan",
        """
        title    | baseline_on | from_year | to_year
        架空計画 | 2021-09-30  | 2022      | 2023""",
    )
    edits = (actions("2021 | open | | community_home | | 4", OPEN_ONE), first)
    assert by_year("opened", *edits) == [1, 0]
    assert by_year("running", *edits) == [1, 1]


@pytest.mark.parametrize(
    ("timing", "basis", "lines", "expected"),
    [
        ("initial", "opened_home", [OPEN_ONE], [[], [1], []]),
        ("initial", "", [OPEN_ONE], [[], [1], []]),
        ("annual", "opened_home", [OPEN_ONE], [[], [1], [1]]),
        ("initial", "converted_unit", ["2022 | convert | m1 | | |"], [[], [1], []]),
        ("annual", "converted_unit", ["2022 | convert | m1 | | |"], [[], [1], [1]]),
        ("annual", "converted_unit", ["2022 | close | m1 | | |"], [[], [], []]),
        (
            "annual",
            "converted_unit",
            ["2022 | convert | m1 | | |", "2023 | convert | g1 | | |"],
            [[], [1], [2]],
        ),
        ("initial", "year", [], [[1], [], []]),
        ("annual", "year", [], [[1], [1], [1]]),
    ],
)
def test_what_a_cost_is_multiplied_by(
    timing: str, basis: str, lines: list[str], expected: list[list[int]]
) -> None:
    line = f"2021 | 経費 | 補助金 | {timing} | {basis} | 100 | | | |"
    assert numbers(costs(line), actions(*lines)) == expected


def test_a_yearly_cost_that_is_paid_once_is_paid_in_each_of_its_own_years() -> None:
    lines = [f"{year} | 調査 | 補助金 | initial | year | {year} | | | |" for year in (2021, 2023)]
    found = by_year("expenditure", costs(*lines))
    assert [[line["amount"] for line in one] for one in found] == [[2021], [], [2023]]


def test_lines_of_nothing_are_left_out() -> None:
    found = of_year(2021, costs(RENT), actions(OPEN_ONE))
    assert (found["expenditure"], found["revenue"], found["net"]) == ([], [], 0)


# Which price


def test_a_price_holds_from_its_year_until_the_next() -> None:
    lines = (RENT, RENT.replace("2022 ", "2023 ").replace("1200000", "1300000"))
    found = by_year("expenditure", costs(*lines), actions("2021 | open | | community_home | | 4"))
    assert [[line["amount"] for line in one] for one in found] == [[], [1200000], [1300000]]


def test_a_price_of_an_earlier_year_is_an_estimate() -> None:
    lines = (RENT, RENT.replace("家賃", "警備").replace("2022 ", "2023 "))
    found = of_year(2023, costs(*lines), actions(OPEN_ONE))
    assert [line["estimated"] for line in found["expenditure"]] == [True, False]
    assert found["estimated"] is True
    assert of_year(2022, costs(*lines), actions(OPEN_ONE))["estimated"] is False


@pytest.mark.parametrize("other", ["科目", "item", "timing", "basis"])
def test_costs_that_differ_in_their_key_stand_side_by_side(other: str) -> None:
    lines = {
        "科目": RENT.replace("扶助費", "補助金"),
        "item": RENT.replace("家賃", "警備"),
        "timing": RENT.replace("annual", "initial"),
        "basis": RENT.replace("opened_home", "year"),
    }
    found = of_year(2022, costs(RENT, lines[other]), actions(OPEN_ONE))
    assert found["expenditure_total"] == 2_400_000


# What the State bears


@pytest.mark.parametrize(
    ("amount", "rule", "eligible"),
    [
        ("300000", "full", 300_000),
        ("300000", "全額", 300_000),
        ("300000", "none", 0),
        ("300000", "", 0),
        ("300000", "months_of_rent:2:家賃", 200_000),
        ("300000", "家賃2か月分まで:家賃", 200_000),
        ("150000", "months_of_rent:2:家賃", 150_000),
        ("200001", "months_of_rent:2:家賃", 200_000),
        ("300000", "months_of_rent:0:家賃", 0),
        ("300000", "months_of_rent:2:", 200_000),
        ("300000", "months_of_rent:2:別の家賃", 0),
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_what_is_eligible(amount: str, rule: str, eligible: int, count: int) -> None:
    deposit = f"2022 | 礼金 | 扶助費 | initial | | {amount} | 補助 | 国庫補助 | 1/1 | {rule}"
    found = of_year(
        2022, costs(RENT, deposit), actions(f"2022 | open | | community_home | {count} | 4")
    )
    (revenue,) = [line for line in found["revenue"] if line["programme"] == "補助"]
    assert revenue["eligible_base"] == revenue["amount"] == eligible * count
    assert revenue["inferred"] is ("months" in rule or "か月" in rule)


def test_months_of_rent_are_of_the_rent_in_force() -> None:
    deposit = "2022 | 礼金 | 扶助費 | initial | | 300000 | 補助 | 国庫補助 | 1/1 | "
    dearer = RENT.replace("2022 ", "2023 ").replace("1200000", "1500000")
    found = of_year(
        2023,
        costs(RENT, dearer, deposit + "months_of_rent:2:家賃"),
        actions("2023 | open | | community_home | | 4"),
    )
    assert found["revenue"][1]["eligible_base"] == 250_000


@pytest.mark.parametrize(
    ("amounts", "base", "amount"),
    [(("3", "4"), 7, 3), (("1", "1"), 2, 1), (("1", "2"), 3, 1), (("5",), 5, 2)],
)
def test_a_programmes_share_is_floored_once_for_its_sum(
    amounts: tuple[str, ...], base: int, amount: int
) -> None:
    lines = [
        f"2022 | 経費{number} | 扶助費 | initial | | {yen} | 負担金 | 国庫負担 | 1/2 | full"
        for number, yen in enumerate(amounts)
    ]
    (revenue,) = of_year(2022, costs(*lines), actions(OPEN_ONE))["revenue"]
    assert (revenue["eligible_base"], revenue["amount"]) == (base, amount)


def test_fractions_are_kept_until_the_sum_is_floored() -> None:
    rent = RENT.replace("1200000", "100")  # 8 1/3 a month
    lines = [
        f"2022 | 礼金{number} | 扶助費 | initial | | 50 | 補助 | 国庫補助 | 1/2 | "
        "months_of_rent:1:家賃"
        for number in range(3)
    ]
    found = of_year(2022, costs(rent, *lines), actions(OPEN_ONE))
    assert found["revenue"][1] == {
        "account": "国庫補助",
        "programme": "補助",
        "eligible_base": 25,
        "share": "1/2",
        "amount": 12,
        "inferred": True,
        "funder": "state",
    }


def test_revenue_is_reported_by_account_programme_and_share_in_the_order_of_the_lines() -> None:
    def line(item: str, programme: str, account: str, share: str) -> str:
        return f"2022 | {item} | 扶助費 | annual | | 600 | {programme} | {account} | {share} | full"

    found = of_year(
        2022,
        costs(
            line("い", "補助", "国庫補助", "2/3"),
            line("ろ", "補助", "国庫補助", "1/2"),
            line("は", "負担金", "国庫負担", "1/2"),
            line("に", "補助", "国庫補助", "2/3"),
            line("ほ", "補助", "雑入", "2/3"),
            line("へ", "", "国庫補助", "2/3"),
            line("と", "補助", "国庫補助", ""),
        ),
        actions(OPEN_ONE),
    )
    shown = [
        (one["account"], one["programme"], one["share"], one["amount"]) for one in found["revenue"]
    ]
    assert shown == [
        ("国庫補助", "補助", "2/3", 800),
        ("国庫補助", "補助", "1/2", 300),
        ("国庫負担", "負担金", "1/2", 300),
        ("雑入", "補助", "2/3", 400),
    ]
    assert found["expenditure_total"] == 4200
    assert found["revenue_total"] == 1800
    assert found["net"] == 2400


def test_equal_shares_written_differently_are_one_programme() -> None:
    second = RENT.replace("家賃", "警備").replace("1/2", "2/4")
    found = of_year(2022, costs(RENT, second), actions(OPEN_ONE))
    assert [(one["share"], one["amount"]) for one in found["revenue"]] == [("1/2", 1_200_000)]


def test_a_line_that_is_not_eligible_still_names_its_programme() -> None:
    found = of_year(2022, costs(RENT.replace("full", "none")), actions(OPEN_ONE))
    assert [(one["eligible_base"], one["amount"]) for one in found["revenue"]] == [(0, 0)]


def test_the_parts_of_lines_are_added_up_before_the_one_rounding() -> None:
    paid_once = (
        f"2022 | {item} | 扶助費 | initial | | 50 | 別の制度 | 国庫補助 | 1/2 | "
        "months_of_rent:1:家賃"
        for item in ("礼金", "敷金", "仲介料")
    )
    found = of_year(2022, costs(RENT.replace("1200000", "100"), *paid_once), actions(OPEN_ONE))
    (of_parts,) = [one for one in found["revenue"] if one["programme"] == "別の制度"]
    assert of_parts["eligible_base"] == 25  # 25/3 of each


def test_a_year_after_the_plans_last_still_runs() -> None:
    ledger = ledger_with(costs(RENT), actions(OPEN_ONE))
    found = outline_of(ledger).budget(2030)
    assert (found.opened, found.running, found.expenditure_total) == (0, 1, 1_200_000)


# What happens within a year


@pytest.mark.parametrize("timing", ["initial", "annual"])
def test_a_reduction_is_paid_for_once_in_its_year(timing: str) -> None:
    changes = actions(
        "2021 | change_capacity | g1 | | | 4",
        "2022 | change_capacity | m1 | | | 5",
        "2022 | change_capacity | m2 | | | 7",
        "2022 | change_capacity | g2 | | | 5",
        "2023 | close | m1 | | |",
    )
    reduced = costs(f"2021 | 改修費 | 扶助費 | {timing} | reduced_unit | 100 | | | |")
    assert numbers(changes, reduced) == [[1], [1], []]


def test_a_unit_changed_in_the_year_it_opens_or_converted_is_not_reduced() -> None:
    changes = actions(
        "2022 | open | n | community_home | | 6",
        "2022 | change_capacity | n | | | 4",
        "2022 | convert | m1 | | | 4",
        "2023 | change_capacity | m1 | | | 3",
    )
    reduced = costs("2021 | 改修費 | 扶助費 | initial | reduced_unit | 100 | | | |")
    assert numbers(changes, reduced) == [[], [], [1]]


MONTHS = f"{COSTS} | months"


@pytest.mark.parametrize(
    ("months", "amounts"),
    [
        ("", [1_200_000, 2_400_000, 2_400_000]),
        ("12", [1_200_000, 2_400_000, 2_400_000]),
        ("7", [700_000, 1_900_000, 2_400_000]),
        ("1", [100_000, 1_300_000, 2_400_000]),
    ],
)
def test_the_first_year_of_an_annual_item_may_be_shorter(months: str, amounts: list[int]) -> None:
    rent = table("costs", "\n".join([MONTHS, f"2021 | {RENT.split(' | ', 1)[1]} | {months}"]))
    changes = actions("2021 | open | | community_home | | 4", OPEN_ONE)
    found = budgets_json(ledger_with(rent, changes))
    assert [one["expenditure_total"] for one in found] == amounts
    assert [one["revenue"][0]["amount"] for one in found] == [amount // 2 for amount in amounts]


def test_months_of_a_first_year_are_floored_to_the_yen() -> None:
    line = "2021 | 家賃 | 扶助費 | annual | | 100 | | | | | 7"
    found = of_year(2022, table("costs", f"{MONTHS}\n{line}"), actions(OPEN_ONE))
    assert found["expenditure_total"] == 58  # 700/12


def test_a_unit_converted_again_has_no_first_year_again() -> None:
    line = "2021 | 運営費 | 扶助費 | annual | converted_unit | 1200 | | | | | 6"
    changes = actions("2022 | convert | g2 | | | 4", "2023 | convert | g2 | | | 4")
    found = budgets_json(ledger_with(table("costs", f"{MONTHS}\n{line}"), changes))
    assert [one["expenditure_total"] for one in found] == [0, 600, 1200]


SECOND = f"{COSTS} | prefecture_programme | prefecture_share"


def test_a_prefecture_bears_its_share_in_addition_to_the_state() -> None:
    line = f"{RENT} | 架空県補助金 | 1/4"
    found = of_year(2022, table("costs", f"{SECOND}\n{line}"), actions(OPEN_ONE))
    assert [
        (one["funder"], one["account"], one["programme"], one["share"], one["amount"])
        for one in found["revenue"]
    ] == [
        ("state", "国庫負担", "負担金", "1/2", 600_000),
        ("prefecture", None, "架空県補助金", "1/4", 300_000),
    ]
    assert (found["revenue_total"], found["net"]) == (900_000, 300_000)


@pytest.mark.parametrize("cells", ["架空県補助金 | ", " | 1/4"])
def test_a_second_funder_needs_programme_and_share(cells: str) -> None:
    found = of_year(2022, table("costs", f"{SECOND}\n{RENT} | {cells}"), actions(OPEN_ONE))
    assert [one["funder"] for one in found["revenue"]] == ["state"]


# Certified add-ons


def test_prices_of_addons_are_no_part_of_the_plans_costs() -> None:
    price = "2022 | 加配職員 | 扶助費 | annual | extra_staff_month | 400000 | | | |"
    rent_by_rule = (
        "2022 | 礼金 | 扶助費 | initial | | 500000 | 補助 | 国庫補助 | 1/2 | months_of_rent:2:"
    )
    found = of_year(2022, costs(RENT, price, rent_by_rule), actions(OPEN_ONE))
    assert [line["item"] for line in found["expenditure"]] == ["家賃", "礼金"]
    assert found["revenue"][1]["eligible_base"] == 200_000  # the only annual item is the rent
    assert found["amounts"] == []


def test_certified_addons_are_in_the_budget_of_their_year() -> None:
    price = costs(
        "2022 | 加配職員 | 扶助費 | annual | extra_staff_month | 400000 | 負担金 | "
        "国庫負担 | 1/2 | full"
    )
    certified = table(
        "applications",
        """
        application_id | addon | home_id | unit_id | fiscal_year | start_month | requested_extra \
| applied_on | decision | certified_extra | decided_on
        a | dispersal | h | g1 | 2022 | 2022-10 | 2 | 2022-09-01 | certified | 2 | 2022-09-20""",
    )
    assert by_year("amounts", price, certified, actions()) == [
        [],
        [
            {
                "item": "加配職員",
                "months": 12,
                "unit_price": 400_000,
                "amount": 4_800_000,
                "national_share": "1/2",
                "national": 2_400_000,
            }
        ],
        [],
    ]
    assert by_year("expenditure_total", price, certified, actions()) == [0, 0, 0]
