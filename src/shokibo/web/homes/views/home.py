"""A home: its facts, units, requirements, children, proposals and history."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from shokibo.law.day_evaluation import HomeEvaluation
from shokibo.law.requirements import DUTIES, RECORDED, REQUIREMENTS
from shokibo.ledger.tables import CONFIRMATION_ITEMS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.models import Membership
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import DayQuery, asks
from shokibo.web.certification.remedies import remedies
from shokibo.web.homes import actions, history
from shokibo.web.homes.forms import RowForm
from shokibo.web.homes.judging import due_changes, judged
from shokibo.web.homes.proposals import comparison_of
from shokibo.web.homes.records import records_of
from shokibo.web.homes.views.crumbs import day_query, to_home, to_homes
from shokibo.web.homes.views.rows import listing_of, returning
from shokibo.web.pages.listing import whole
from shokibo.web.pages.removed import get_row
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import ChangeProposal, Confirmation, Home, Occupancy, Unit

STEPS = 6
"""Steps of history on a page."""


@office_page(Permission.REGISTER_READ)
@asks(DayQuery)
def home(request: HttpRequest, office: Office, pk: int, *, asked: DayQuery) -> HttpResponse:
    """Show a home as it is on the day."""
    found = get_object_or_404(office.rows(Home, Permission.REGISTER_READ), pk=pk)
    day = asked.day
    judged_homes = judged(office.authority, [found], day)
    evaluation = judged_homes.home(found.code)
    units = list(Unit.objects.filter(home=found))
    page = asked.page_of(history.of_home(found), STEPS)
    proposals = (
        ChangeProposal.objects.filter(home=found)
        .select_related("home__authority", "unit", "proposed_by")
        .prefetch_related("unit__capacities")
    )
    may_write = office.may(Permission.REGISTER_WRITE, found)
    may_write_staff = office.may(Permission.STAFF_WRITE, found)
    lapsed = judged_homes.lapsed
    context = {
        "home": found,
        "day": day,
        "at": day_query(request),
        "judged": evaluation,
        "remedies": remedies(office, found, day, evaluation.reasons) if evaluation else {},
        "places": next(iter(judged_homes.status.homes), None),
        "lapsed": lapsed,
        "due": due_changes(office, judged_homes, lapsed),
        "units": [
            (unit, judged_homes.units[unit.code])
            for unit in units
            if unit.code in judged_homes.units
        ],
        "not_open": [unit for unit in units if unit.code not in judged_homes.units],
        "requirements": _requirements(found, evaluation),
        "records": records_of(found, day),
        "confirmations": whole(
            listing_of(
                office,
                "confirmations",
                writes=may_write,
                values={"result": lambda row: row.result is not False},
                caption=_("すべての確認"),
            ),
            Confirmation.objects.filter(home=found).order_by("item", "-confirmed_on"),
        ),
        "occupancy": whole(
            listing_of(
                office,
                "occupancy",
                writes=may_write_staff,
                caption=_("入所状況"),
                empty=_("入所状況の登録はまだありません"),
            ),
            Occupancy.objects.filter(home=found).order_by("-as_of", "population", "pk"),
        ),
        "pending": [(one, comparison_of(one)) for one in proposals if one.state == "pending"],
        "settled": [one for one in proposals if one.state != "pending"],
        "page": page,
        "steps": history.steps(page),
        "may_write": may_write,
        "may_write_staff": may_write_staff,
        "may_propose": office.may(Permission.CHANGE_PROPOSE, found),
        "may_see_staff": office.may(Permission.STAFF_READ, found),
    }
    return render(request, "homes/home.html", context)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def add_home(request: HttpRequest, office: Office) -> HttpResponse:
    """Add a home."""
    saving = Saving(
        title=_("施設を登録する"),
        button=_("登録する"),
        done=_("施設を登録しました。"),
        up=to_homes(office),
    )
    row = Home(authority=office.authority)
    form = RowForm(request.POST or None, row)
    return save_page(request, saving, partial(actions.add, office=office, row=row), form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def edit_home(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Change a home's facts."""
    rows = office.rows(Home, Permission.REGISTER_WRITE)
    found = get_row(office, rows, Permission.REGISTER_WRITE, pk=pk)
    # who sees the home as one of their operator's would lose it with the name
    people = Membership.objects.filter(
        authority=found.authority, operator=found.operator, ended_at=None
    ).exclude(operator="")
    lead = _(
        "法人名「%(operator)s」の利用者が%(n)s人います。法人名を変えると、この施設はその人たちに見えなくなり、"
        "新しい法人名の利用者に見えるようになります。"
    ) % {"operator": found.operator, "n": len(people)}
    saving = Saving(
        title=_("施設の登録内容の修正"),
        button=_("保存する"),
        done=_("施設の登録内容を修正しました。"),
        up=to_home(office, found),
        lead=lead if people else "",
    )
    form = RowForm(request.POST or None, found)
    save = partial(actions.change, office=office, row=found)
    return save_page(request, returning(request, office, saving), save, form)


def _requirements(home: Home, evaluation: HomeEvaluation | None) -> list[dict[str, Any]]:
    """Return each item's outcome on the day, if it decides one, and its latest confirmation."""
    codes = REQUIREMENTS | DUTIES
    outcomes = {reason.code: reason for reason in evaluation.reasons} if evaluation else {}
    dated = Confirmation.objects.filter(home=home).order_by("confirmed_on")
    newest = {row.item: row for row in dated}
    return [
        {
            "item": _(CONFIRMATION_ITEMS[item]),
            "reason": outcomes.get(code),
            "newest": newest.get(item),
            "decides": code in codes,
        }
        for code, item in (*codes.items(), *zip(RECORDED, RECORDED, strict=True))
    ]
