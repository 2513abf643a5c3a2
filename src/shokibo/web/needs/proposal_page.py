"""The page of a proposal, next to the present plan."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.documents.blocks import Cell
from shokibo.documents.charts import Chart, Series
from shokibo.documents.years import Group, line
from shokibo.ledger.tables import ACTION_CODES, UNIT_KINDS
from shokibo.planning.proposal.answers import Objective, Proposal, ProposedAction, ProposedYear
from shokibo.planning.proposal.limits import ActionKind
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.pictures import Picture
from shokibo.web.base.words import nendo, short_nendo
from shokibo.web.needs.asked import ProposalAsked, proposal_of, read
from shokibo.web.needs.grounds import is_outdated
from shokibo.web.needs.models import Calculation
from shokibo.web.needs.proposal_comparison import chances, limit_in_words, sides
from shokibo.web.needs.words import LIMITS, OBJECTIVES, STATUSES
from shokibo.web.planning.tables import YearTable
from shokibo.web.register.models import Home, Unit

_BADGES = {"optimal": "met", "feasible": "warning", "infeasible": "not_met"}


@dataclass(frozen=True)
class ActionShown:
    """An action in words."""

    number: int
    year: int
    home: str
    words: str
    unit: str
    count: int
    capacity: int | None
    is_pinned: bool = False


def shown(office: Office, calculation: Calculation) -> dict[str, Any]:
    """Return the context of a proposal's page."""
    found = proposal_of(calculation.answer)
    asked = read(calculation.asked, ProposalAsked)
    names = _Names(office)
    return {
        "calculation": calculation,
        "found": found,
        "lang": asked.language,
        "asked": list(asked_in_words(asked)),
        "outdated": is_outdated(calculation),
        "badge": _BADGES[found.status],
        "status": _(STATUSES[found.status]),
        "objectives": [(_(OBJECTIVES[one.name]), one) for one in found.objectives],
        "table": _year_table(found),
        "pictures": list(pictures(office, calculation, found).values()),
        "actions": names.of(found.actions, asked),
        "sides": sides(found),
        "scenario_names": _("、").join(found.scenarios),
        "binding": [(_(LIMITS[one.limit]), one) for one in found.binding],
        "conflict": [(_(LIMITS[one.limit]), one) for one in found.conflict],
        "gains": [(_(LIMITS[one.limit]), one) for one in found.gains],
        "alternatives": [
            {
                "number": number,
                "objectives": _compared(found.objectives, one.objectives),
                "actions": names.of(one.actions, asked),
                "differences": one.differences,
            }
            for number, one in enumerate(found.alternatives, 1)
        ],
        "may_write": office.may(Permission.PLAN_WRITE),
    }


def asked_in_words(asked: ProposalAsked) -> Iterator[tuple[str, str]]:
    """Return the limits of the question, with their values."""
    limits, none = asked.limits, _("なし")
    limit = {name: _(words) for name, words in LIMITS.items()}
    yield _("最初の年度"), _year(limits.from_year)
    yield _("最後の年度"), _year(limits.to_year)
    yield limit["openings_per_year"], _("%(n)sか所") % {"n": limits.openings_per_year}
    budget = none if limits.budget is None else _("%(n)s円") % {"n": f"{limits.budget:,}"}
    yield limit["budget"], budget
    staff = limits.new_staff_per_year
    yield limit["new_staff_per_year"], none if staff is None else _("%(n)s人") % {"n": staff}
    yield limit["shortage"], _yes(limits.shortage == "forbid")
    yield _("新設するグループホームの種別"), _(UNIT_KINDS[limits.open_kind])
    yield limit["keep_main"], _("%(n)s人") % {"n": limits.keep_main}
    yield limit["group_limit"], _yes(limits.group_limit)
    yield limit["main_limit"], _yes(limits.main_limit)
    yield _("今の取組を残す"), _yes(limits.keep_actions)
    yield _("満たす必要量"), _need_words(asked)
    if asked.compare:
        compared = (limit_in_words(*one) for one in asked.compare)
        yield _("比べる条件"), _("、").join(compared)
    if asked.scenarios:
        yield _("見通しの場合分け"), _("、").join(asked.scenarios)
    if limits.pins:
        yield limit["pin"], _("%(n)s件") % {"n": len(limits.pins)}


def _need_words(asked: ProposalAsked) -> str:
    if asked.of_need == "forecast":
        return _("見通しの%(n)s%%") % {"n": asked.percentile}
    return _("計画に記入した必要量") if asked.of_need == "ledger" else _("児童人口と率による推計")


def _year(year: int | None) -> str:
    return _("計画による") if year is None else nendo(year)


def _yes(value: bool) -> str:
    return "○" if value else "—"


# Year by year


def _year_table(found: Proposal) -> YearTable | None:
    """Lay out the proposal's years below those of the present plan, measure by measure."""
    if not found.years:
        return None
    years = [one.fiscal_year for one in found.years]
    planned = {one.fiscal_year: one for one in found.planned}
    measures: tuple[tuple[str, Callable[[ProposedYear], int | None]], ...] = (
        (_("定員の合計(人)"), lambda one: one.places),
        (_("必要量に足りない人数(人)"), lambda one: one.shortage),
        (_("グループホームの数(か所)"), lambda one: one.group_count),
        (_("うち6人以上(か所)"), lambda one: one.group_homes_over_five),
        (_("5～4人のグループホームの外の定員(人)"), lambda one: one.outside),
        (_("自治体の負担(円)"), lambda one: one.net_cost),
        (_("必要な職員(人)"), lambda one: one.staff),
    )
    needed = line(_("必要量(人)"), found.years, lambda one: Cell(one.need))
    groups = [Group(_("必要量"), [needed])]
    for head, measure in measures:

        def cell(one: ProposedYear | None, measure: Any = measure) -> Cell:
            return Cell(None if one is None else measure(one))

        both = [
            line(_("今の計画"), [planned.get(year) for year in years], cell),
            line(_("提案"), found.years, cell),
        ]
        groups.append(Group(head, both))
    groups += chances(found)
    return YearTable(_("年度末の姿(今の計画と提案)"), years, groups, _("年度末"))


def pictures(office: Office, calculation: Calculation, found: Proposal) -> dict[str, Picture]:
    """Draw the places of the present plan and of the proposal against the need."""
    if not found.years:
        return {}
    named = (
        ("planned", _("今の計画の定員と必要量"), found.planned),
        ("proposed", _("提案の定員と必要量"), found.years),
    )
    code = office.authority.code
    return {
        name: Picture(
            f"picture-{name}",
            caption,
            _("定員は%(first)s人から%(last)s人へ。線は必要量。")
            % {"first": years[0].places, "last": years[-1].places},
            _places(years),
            reverse("needs:proposal_picture", args=[code, calculation.pk, name]),
        )
        for name, caption, years in named
        if years
    }


def _places(years: Sequence[ProposedYear]) -> Chart:
    bars = (
        Series(_("本体施設の定員"), tuple(one.main_capacity for one in years)),
        Series(_("グループホームの定員"), tuple(one.group_capacity for one in years)),
    )
    need = tuple(one.need for one in years)
    line_of_need = Series(_("必要量"), need) if any(need) else None
    return Chart(
        tuple(short_nendo(one.fiscal_year) for one in years), bars, line_of_need, _("人").strip()
    )


# Actions and objectives


class _Names:
    """The names of the homes and units of actions."""

    def __init__(self, office: Office) -> None:
        homes = office.rows(Home, Permission.PLAN_READ).values_list("code", "name")
        units = office.rows(Unit, Permission.PLAN_READ).values_list("code", "name")
        self._homes, self._units = dict(homes), dict(units)

    def of(self, actions: Sequence[ProposedAction], asked: ProposalAsked) -> list[ActionShown]:
        """Return actions in words."""
        pinned = {
            (pin.home_id, pin.fiscal_year, pin.action, pin.unit_id, pin.capacity)
            for pin in asked.limits.pins
        }
        return [
            ActionShown(
                number,
                one.fiscal_year,
                self._homes.get(one.home_id, one.home_id),
                _words(one.action, one.unit_kind),
                self._units.get(one.unit_id, one.unit_id) if one.unit_id else "",
                one.count,
                one.capacity,
                (one.home_id, one.fiscal_year, one.action, one.unit_id, one.capacity) in pinned,
            )
            for number, one in enumerate(actions)
        ]


def _words(action: ActionKind, unit_kind: str | None) -> str:
    words = _(ACTION_CODES[action])
    return f"{words}({_(UNIT_KINDS[unit_kind])})" if unit_kind else words


def _compared(
    best: Sequence[Objective], other: Sequence[Objective]
) -> list[tuple[str, int, int, int]]:
    """Compare an alternative's objectives with the proposal's: name, both, difference."""
    return [
        (_(OBJECTIVES[one.name]), mine.value, one.value, one.value - mine.value)
        for mine, one in zip(best, other, strict=True)
    ]
