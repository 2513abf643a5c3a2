"""The plan's costs by year in thousand yen, as the Plan prints them."""

from collections.abc import Callable
from itertools import groupby

from shokibo.documents.blocks import Cell, Table
from shokibo.documents.charts import Chart, Series
from shokibo.documents.plan.tables import HOMES, by_year
from shokibo.planning.budget import Budget, Expenditure, Revenue
from shokibo.planning.plan import Plan
from shokibo.rounding import floor_thousand_yen

SHEET = "必要経費"
_TIMINGS = {"initial": "初期経費", "annual": "年間経費"}
_ESTIMATED = "（概算）"
_FLOORED = "単位：千円（千円未満切捨て）。切捨てのため、合計は内訳の計と一致しないことがある。"
_ESTIMATE_NOTE = (
    "（概算）は、その年度の単価が定まっておらず、前の年度の単価によるもの。改めて算定する。"
)
_INFERRED_NOTE = "国の負担の対象となる経費のうち、家賃の月数で限ったものは推定による。"

_Key = tuple[str, str, str]


def has_costs(plan: Plan) -> bool:
    """Tell whether any year of the plan has expenditure."""
    return any(budget.expenditure for budget in plan.budgets)


def cost_tables(plan: Plan) -> list[Table]:
    """Tell expenditure, then revenue and what is left to the authority."""
    if not has_costs(plan):
        return []
    return [*_expenditure(plan), *_revenue(plan)]


def _expenditure(plan: Plan) -> list[Table]:
    by_key = {budget.fiscal_year: _lines(budget) for budget in plan.budgets}
    budgets = {budget.fiscal_year: budget for budget in plan.budgets}
    keys = dict.fromkeys(key for lines in by_key.values() for key in lines)

    def amount(key: _Key) -> Callable[[int], Cell]:
        return lambda year: _sum(by_key[year].get(key, []))

    def opened(year: int) -> Cell:
        return Cell(budgets[year].opened, HOMES, dashed=True)

    def running(year: int) -> Cell:
        return Cell(budgets[year].running, HOMES, dashed=True)

    def total(year: int) -> Cell:
        return _yen(budgets[year].expenditure_total, estimated=budgets[year].estimated)

    rows: list[tuple[tuple[Cell, ...], Callable[[int], Cell]]] = [
        ((Cell("新設するグループホーム", across=2),), opened),
        ((Cell("年間経費の対象のグループホーム", across=2),), running),
    ]
    ordered = sorted(keys, key=lambda key: [other[0] for other in keys].index(key[0]))
    for account, of_account in groupby(ordered, key=lambda key: key[0]):
        named = [
            (Cell(f"{item}\n（{_TIMINGS[timing]}）"), amount((account, item, timing)))
            for _, item, timing in of_account
        ]
        rows.append(((Cell(account, down=len(named)), named[0][0]), named[0][1]))
        rows += [((word,), cell) for word, cell in named[1:]]
    rows.append(((Cell("歳出合計", across=2),), total))
    return _table("歳出（必要経費の概算）", plan, rows, _notes(plan))


def _lines(budget: Budget) -> dict[_Key, list[Expenditure]]:
    found: dict[_Key, list[Expenditure]] = {}
    for line in budget.expenditure:
        found.setdefault((line.account, line.item, line.timing), []).append(line)
    return found


def _sum(lines: list[Expenditure]) -> Cell:
    amount = sum(line.amount for line in lines)
    return _yen(amount, estimated=any(line.estimated for line in lines))


def _yen(amount: int, *, estimated: bool) -> Cell:
    note = _ESTIMATED if estimated and amount else ""
    return Cell(floor_thousand_yen(amount), note=note, dashed=not amount)


def _revenue(plan: Plan) -> list[Table]:
    budgets = {budget.fiscal_year: budget for budget in plan.budgets}
    keys = dict.fromkeys(_key(paid) for budget in plan.budgets for paid in budget.revenue)

    def amount(key: _Key) -> Callable[[int], Cell]:
        def cell(year: int) -> Cell:
            paid = sum(each.amount for each in budgets[year].revenue if _key(each) == key)
            return _yen(paid, estimated=budgets[year].estimated)

        return cell

    def total(year: int) -> Cell:
        return _yen(budgets[year].revenue_total, estimated=budgets[year].estimated)

    def net(year: int) -> Cell:
        return _yen(budgets[year].net, estimated=budgets[year].estimated)

    rows: list[tuple[tuple[Cell, ...], Callable[[int], Cell]]] = [
        ((Cell(key[0]), Cell(f"{key[1]}\n（負担割合{key[2]}）")), amount(key)) for key in keys
    ]
    rows.append(((Cell("歳入合計", across=2),), total))
    rows.append(((Cell(f"差引（{plan.body}の負担）", across=2),), net))
    inferred = any(paid.inferred for budget in plan.budgets for paid in budget.revenue)
    notes = (*_notes(plan), *((_INFERRED_NOTE,) if inferred else ()))
    return _table("歳入（国の負担）と差引", plan, rows, notes)


def _key(paid: Revenue) -> _Key:
    return paid.account or "歳入", paid.programme, paid.share


def _notes(plan: Plan) -> tuple[str, ...]:
    estimated = any(budget.estimated for budget in plan.budgets)
    return (_FLOORED, *((_ESTIMATE_NOTE,) if estimated else ()))


def _table(
    caption: str,
    plan: Plan,
    rows: list[tuple[tuple[Cell, ...], Callable[[int], Cell]]],
    notes: tuple[str, ...],
) -> list[Table]:
    return by_year(
        caption,
        [budget.fiscal_year for budget in plan.budgets],
        rows,
        sheet=SHEET,
        stubs=(18, 46),
        ending="",
        align="right",
        notes=notes,
    )


def cost_chart(plan: Plan, labels: tuple[str, ...]) -> Chart:
    """Draw expenditure by year, cut into the State's share and what is left to the authority."""
    budgets = plan.budgets
    return Chart(
        labels,
        (
            _series("国の負担", [budget.revenue_total for budget in budgets]),
            _series(f"{plan.body}の負担", [budget.net for budget in budgets]),
        ),
        unit="千円",
        total=_series("計", [budget.expenditure_total for budget in budgets]),
    )


def _series(name: str, amounts: list[int]) -> Series:
    return Series(name, tuple(floor_thousand_yen(amount) for amount in amounts))
