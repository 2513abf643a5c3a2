"""Thousand yen on paper are sums of yen, rounded once."""

from shokibo.documents.blocks import Table
from shokibo.documents.plan.money import cost_tables
from shokibo.documents.plan.pictures import cost_figure
from shokibo.planning.plan import Plan
from tests.builders import add
from tests.planning.ledgers import ledger_with, outline_of, table

COSTS = """
    fiscal_year | item | account | timing | amount | programme | revenue_account \
| national_share | eligible_rule | source
        2022    | 家賃 | 扶助費  | annual | 1500   | 負担金甲  | 国庫負担 | 1/2 | full | 見積"""


def plan_of_1500_twice() -> Plan:
    """Return a plan with one new home and two rents of 1,500 yen, by two programmes."""
    second = add("costs", "負担金甲", programme="負担金乙", item="共益費")
    return outline_of(ledger_with(table("costs", COSTS), second))


def figures(found: Table, head: str) -> list[object]:
    """Return the figures of the row with a heading, without its heads."""
    (row,) = [row for row in found.rows if any(cell.value == head for cell in row)]
    return [cell.value for cell in row if not isinstance(cell.value, str)]


def test_a_total_is_the_floor_of_the_sum_and_no_sum_of_floors() -> None:
    plan = plan_of_1500_twice()
    spent, paid = cost_tables(plan)
    assert figures(spent, "家賃\n（年間経費）")[1:] == [1, 1]
    assert figures(spent, "共益費\n（年間経費）")[1:] == [1, 1]
    assert figures(spent, "歳出合計")[1:] == [3, 3]
    assert figures(paid, "負担金甲\n（負担割合1/2）")[1:] == [0, 0]
    assert figures(paid, "歳入合計")[1:] == [1, 1]


def test_a_chart_draws_the_same_sums() -> None:
    chart = cost_figure(plan_of_1500_twice()).chart
    assert chart.total is not None
    assert list(chart.total.values)[1:] == [3, 3]
    assert [list(series.values)[1:] for series in chart.bars] == [[1, 1], [1, 1]]
