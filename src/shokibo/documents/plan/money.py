"""The plan's costs by year in thousand yen, printed as in the Plan."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from shokibo import calendar
from shokibo.documents.blocks import Cell, Row, Table
from shokibo.documents.plan.tables import HOMES
from shokibo.documents.years import Group, Line, by_year, line
from shokibo.planning.addon_amounts import AddonAmount, borne_by_state
from shokibo.planning.budget import Budget, Funder, Revenue
from shokibo.planning.plan import Plan
from shokibo.rounding import floor_thousand_yen

SHEET = "必要経費"
_TIMINGS = {"initial": "初期経費", "annual": "年間経費"}
_ESTIMATED = "\n（概算）"
_FLOORED = "単位：千円（千円未満切捨て）。切捨てのため、合計は内訳の計と一致しないことがある。"
_ESTIMATE_NOTE = (
    "（概算）は、その年度の単価が定まっておらず、前の年度の単価によるもの。改めて算定する。"
)
_LEADS_NOTE = "新設するグループホームの物件をすべて契約した年度の分は、その物件の額による。"
_ADDON_NOTE = "認定した月数に1人1か月の単価を乗じた額。歳出・歳入には含めない。"

_Key = tuple[Funder, str, str, str]
FUNDERS: dict[Funder, str] = {"state": "国の負担", "prefecture": "都道府県の負担"}


def cost_tables(plan: Plan) -> list[Table]:
    """Lay out expenditure, then revenue and the authority's remainder, if there are costs."""
    budgets = plan.budgets
    keys = list(
        dict.fromkeys(
            (each.account, each.item, each.timing)
            for budget in budgets
            for each in budget.expenditure
        )
    )
    if not keys:
        return _addons(plan)

    def amount(account: str, item: str, timing: str) -> Line:
        def cell(budget: Budget) -> Cell:
            key = (account, item, timing)
            paid = [e for e in budget.expenditure if (e.account, e.item, e.timing) == key]
            return _yen(sum(e.amount for e in paid))

        return line(f"{item}\n（{_TIMINGS[timing]}）", budgets, cell)

    rows: list[Group | Line] = [
        line("新設するグループホーム", budgets, lambda one: Cell(one.opened, HOMES)),
        line(
            "年間経費の対象のグループホーム",
            budgets,
            lambda one: Cell(one.running, HOMES),
        ),
        *(
            Group(account, [amount(*key) for key in keys if key[0] == account])
            for account in dict.fromkeys(key[0] for key in keys)
        ),
        line("歳出合計", budgets, lambda one: _yen(one.expenditure_total)),
    ]
    return [
        *_table("歳出（必要経費の概算）", plan, rows, _notes(plan)),
        *_revenue(plan),
        *_addons(plan),
    ]


def _addons(plan: Plan) -> list[Table]:
    """Lay out what certified add-ons come to, if there are any."""
    items = dict.fromkeys(each.item for budget in plan.budgets for each in budget.amounts)
    rows = [Group(item, list(_of_item(plan.budgets, item))) for item in items]
    return _table("認定した加算の金額", plan, rows, (_ADDON_NOTE, _FLOORED)) if rows else []


def _of_item(budgets: Sequence[Budget], item: str) -> Iterator[Line]:
    def of(budget: Budget) -> list[AddonAmount]:
        return [each for each in budget.amounts if each.item == item]

    def months(budget: Budget) -> Cell:
        return Cell(sum(each.months for each in of(budget)), "人月")

    def amount(budget: Budget) -> Cell:
        return _yen(sum(each.amount for each in of(budget)))

    def national(budget: Budget) -> Cell:
        borne = borne_by_state(of(budget))
        return Cell(None) if borne is None else _yen(borne)

    yield line("認定した月数", budgets, months)
    yield line("金額", budgets, amount)
    yield line("うち国の負担", budgets, national)


def _yen(amount: int) -> Cell:
    return Cell(floor_thousand_yen(amount))


def _revenue(plan: Plan) -> list[Table]:
    budgets = plan.budgets
    keys = dict.fromkeys(_key(paid) for budget in budgets for paid in budget.revenue)

    def amount(key: _Key) -> Line:
        def cell(budget: Budget) -> Cell:
            paid = sum(each.amount for each in budget.revenue if _key(each) == key)
            return _yen(paid)

        return line(f"{key[2]}\n（{_share(key[1], key[2])}{key[3]}）", budgets, cell)

    rows: list[Group | Line] = [
        *(Group(key[1], [amount(key)]) for key in keys),
        line("歳入合計", budgets, lambda one: _yen(one.revenue_total)),
        line(f"差引　{plan.body}負担額（一般財源）", budgets, lambda one: _yen(one.net)),
    ]
    borne = "、".join(FUNDERS[funder] for funder in funders_of(budgets))
    return _table(f"歳入（{borne}）と差引", plan, rows, _notes(plan))


def _key(paid: Revenue) -> _Key:
    return paid.funder, paid.account or "歳入", paid.programme, paid.share


def funders_of(budgets: Sequence[Budget]) -> list[Funder]:
    """List who bears a share of the years' costs, the State first."""
    found = {paid.funder for budget in budgets for paid in budget.revenue}
    return [funder for funder in FUNDERS if funder == "state" or funder in found]


def _share(account: str, programme: str) -> str:
    """Name a programme's share as its notices do: a subsidy has a 補助率."""
    return "補助率" if "補助" in f"{account}{programme}" else "負担割合"


def years_of_own_costs(plan: Plan) -> list[Budget]:
    """Return each year with costs of its own; if all are based on earlier ones, the first year."""
    spent = [budget for budget in plan.budgets if budget.expenditure]
    return [budget for budget in spent if not budget.estimated] or spent[:1]


def opening_costs_tables(plan: Plan) -> list[Table]:
    """Lay out the years with costs of their own line by line, as printed in a report."""
    return [table for budget in years_of_own_costs(plan) for table in _of_year(budget)]


def _of_year(budget: Budget) -> Iterator[Table]:
    year = calendar.fiscal_year_label(budget.fiscal_year)
    spent = [
        (each.account, each.amount, f"（{each.item}）※{_TIMINGS[each.timing]}")
        for each in budget.expenditure
    ]
    paid = [
        (account, each.amount, f"（{programme}　{_share(account, programme)}{share}）")
        for each in budget.revenue
        for _, account, programme, share in [_key(each)]
    ]
    opened = f"※{budget.opened}グループホーム合計" if budget.opened else ""
    for side, lines, total, note in (
        ("歳出", spent, budget.expenditure_total, opened),
        ("歳入", paid, budget.revenue_total, ""),
    ):
        if lines:
            yield _listed(f"【{side}】（{year}）", [*lines, ("合計", total, note)])


def _listed(caption: str, lines: Sequence[tuple[str, int, str]]) -> Table:
    """Lay out accounts with their amounts; an account is named once before its lines."""
    rows: list[Row] = []
    for account, group in groupby(lines, key=itemgetter(0)):
        of_account = list(group)
        for number, (_, amount, words) in enumerate(of_account):
            named = (Cell(account, down=len(of_account)),) if number == 0 else ()
            rows.append((*named, Cell(floor_thousand_yen(amount), "千円"), Cell(words)))
    return Table(
        caption,
        (Cell("科目"), Cell("金額"), Cell("内容")),
        tuple(rows),
        (24, 28, 118),
        ("left", "right", "left"),
        SHEET,
    )


def _notes(plan: Plan) -> tuple[str, ...]:
    estimated = any(budget.estimated for budget in plan.budgets)
    of_leads = any(each.contracted for budget in plan.budgets for each in budget.expenditure)
    return (
        _FLOORED,
        *((_ESTIMATE_NOTE,) if estimated else ()),
        *((_LEADS_NOTE,) if of_leads else ()),
    )


def _table(
    caption: str,
    plan: Plan,
    rows: Sequence[Group | Line],
    notes: tuple[str, ...],
) -> list[Table]:
    estimated = {budget.fiscal_year for budget in plan.budgets if budget.estimated}
    return by_year(
        caption,
        [budget.fiscal_year for budget in plan.budgets],
        rows,
        sheet=SHEET,
        stubs=(18, 46),
        ending="",
        align="right",
        notes=notes,
        head=lambda year: _ESTIMATED if year in estimated else "",
    )
