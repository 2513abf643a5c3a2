"""The budgets of a plan's years as a page shows them, in yen."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from shokibo.documents.blocks import Cell
from shokibo.documents.years import Group, Line, line
from shokibo.ledger.tables import TIMINGS
from shokibo.planning.addon_amounts import AddonAmount, borne_by_state
from shokibo.planning.budget import Budget, Funder, Revenue
from shokibo.planning.plan import Plan
from shokibo.planning.training_costs import TrainingCost
from shokibo.texts import Text
from shokibo.web.base.language import language
from shokibo.web.base.words import bracketed
from shokibo.web.planning.tables import YearTable

_NET = Text("差引 {body}負担額(一般財源)", "Net (borne by the authority)")
_Programme = tuple[Funder, str, str, str]
_Paid = Callable[[Budget], list[Revenue]]


def budget_tables(plan: Plan) -> list[YearTable]:
    """Lay out expenditure, then what the State and the prefecture bear, and what is left."""
    budgets = plan.budgets
    years = [one.fiscal_year for one in budgets]
    homes = [
        line(_("新設"), budgets, lambda one: Cell(one.opened)),
        line(_("年間経費の対象"), budgets, lambda one: Cell(one.running)),
    ]
    spent = [
        *_expenditure(budgets),
        line(_("歳出合計"), budgets, lambda one: _yen(one.expenditure_total, one.estimated)),
    ]
    borne = [
        line(_("歳入合計"), budgets, lambda one: _yen(one.revenue_total, one.estimated)),
        line(
            _NET.say(language(), body=plan.body),
            budgets,
            lambda one: _yen(one.net, one.estimated),
        ),
    ]
    return [
        YearTable(
            _("歳出(円)"),
            years,
            [Group(_("グループホームの数(か所)"), homes), Group(_("歳出"), spent)],
            _("年度"),
        ),
        YearTable(
            _("歳入と差引(円)"),
            years,
            [*_programmes(budgets), Group(_("合計"), borne)],
            _("年度"),
        ),
    ]


def amount_tables(plan: Plan) -> list[YearTable]:
    """Lay out what certified add-ons come to, which is no part of the budgets; none without any."""
    items = dict.fromkeys(line.item for one in plan.budgets for line in one.amounts)
    groups = [Group(item, list(_amounts(plan.budgets, item))) for item in items]
    years = [one.fiscal_year for one in plan.budgets]
    return [YearTable(_("認定した加算の金額(円)"), years, groups, _("年度"))] if groups else []


def training_tables(plan: Plan) -> list[YearTable]:
    """Lay out the subsidised trainings on record, which are not part of the budgets; or nothing."""
    held = [one.trainings for one in plan.budgets]
    if not any(held):
        return []
    figures: dict[str, Callable[[TrainingCost], int | None]] = {
        _("回数(回)"): lambda one: one.trainings,
        _("うち費用の分からない回数(回)"): lambda one: one.unknown,
        _("費用"): lambda one: one.amount,
        _("うち国の負担"): lambda one: one.national,
    }
    lines = [
        Line(head, tuple(Cell(of(one) if one else None) for one in held))
        for head, of in figures.items()
    ]
    years = [one.fiscal_year for one in plan.budgets]
    programmes = dict.fromkeys(one.programme for one in held if one and one.programme)
    head = _("、").join(programmes) or _("補助対象の研修")
    return [YearTable(_("補助対象の研修の費用(円)"), years, [Group(head, lines)], _("年度"))]


def _amounts(budgets: list[Budget], item: str) -> Iterator[Line]:
    def of(one: Budget) -> list[AddonAmount]:
        return [line for line in one.amounts if line.item == item]

    def months(one: Budget) -> Cell:
        return Cell(sum(line.months for line in of(one)))

    def amount(one: Budget) -> Cell:
        return Cell(sum(line.amount for line in of(one)))

    def national(one: Budget) -> Cell:
        return Cell(borne_by_state(of(one)))

    yield line(_("認定した月数(人月)"), budgets, months)
    yield line(_("金額"), budgets, amount)
    yield line(_("うち国の負担"), budgets, national)


def _expenditure(budgets: list[Budget]) -> Iterator[Line]:
    keys = dict.fromkeys(
        (line.account, line.item, line.timing) for one in budgets for line in one.expenditure
    )
    for account, item, timing in keys:

        def cell(one: Budget, key: tuple[str, str, str] = (account, item, timing)) -> Cell:
            lines = [e for e in one.expenditure if (e.account, e.item, e.timing) == key]
            return _yen(
                sum(e.amount for e in lines),
                any(e.estimated for e in lines),
                contracted=any(e.contracted for e in lines),
            )

        yield line(bracketed(f"{account} {item}", _(TIMINGS[timing])), budgets, cell)


def _programmes(budgets: list[Budget]) -> Iterator[Group]:
    keys = dict.fromkeys(_key(paid) for one in budgets for paid in one.revenue)
    for key in keys:
        funder, account, programme, share = key
        borne = {
            "state": _("国の負担(割合 %(share)s)"),
            "prefecture": _("都道府県の負担(割合 %(share)s)"),
        }[funder]

        def paid(one: Budget, key: _Programme = key) -> list[Revenue]:
            return [each for each in one.revenue if _key(each) == key]

        def base(one: Budget, paid: _Paid = paid) -> Cell:
            return _borne(one, paid(one), sum(each.eligible_base for each in paid(one)))

        def amount(one: Budget, paid: _Paid = paid) -> Cell:
            return _borne(one, paid(one), sum(each.amount for each in paid(one)))

        yield Group(
            f"{account} {programme}".strip(),
            [
                line(_("対象経費"), budgets, base),
                line(borne % {"share": share}, budgets, amount),
            ],
        )


def _key(paid: Revenue) -> _Programme:
    return paid.funder, paid.account or "", paid.programme, paid.share


def _borne(one: Budget, paid: list[Revenue], amount: int) -> Cell:
    """Write what is borne, or what it is computed from."""
    return _yen(amount, one.estimated, any(each.inferred for each in paid))


def _yen(amount: int, estimated: bool, inferred: bool = False, contracted: bool = False) -> Cell:
    marks = (
        _("概算") if estimated else "",
        _("推定") if inferred else "",
        _("契約額") if contracted else "",
    )
    note = _("、").join(filter(None, marks))
    return Cell(amount, note=f"({note})" if note else "")
