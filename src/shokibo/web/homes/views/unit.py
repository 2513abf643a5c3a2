"""A unit: its facts, capacities over time, staff, judgement and history; edits of the officer."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import DayQuery, asks
from shokibo.web.certification.remedies import remedies
from shokibo.web.homes import actions, history
from shokibo.web.homes.forms import NewUnitForm, RowForm
from shokibo.web.homes.handing_over import undoable
from shokibo.web.homes.judging import due_changes, judged
from shokibo.web.homes.pictures import capacity_picture
from shokibo.web.homes.views.crumbs import (
    day_query,
    kind_is_undated,
    to_home,
    to_unit,
)
from shokibo.web.homes.views.home import STEPS
from shokibo.web.homes.views.rows import listing_of, returning
from shokibo.web.pages.listing import whole
from shokibo.web.pages.removed import get_row
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import Capacity, Home, Posting, Unit
from shokibo.web.store.mapping import MAPPED
from shokibo.web.store.wording import fields_of

_STAFF_OF_UNIT = gettext_noop("生活単位の職員")


@office_page(Permission.REGISTER_READ)
@asks(DayQuery)
def unit(request: HttpRequest, office: Office, pk: int, *, asked: DayQuery) -> HttpResponse:
    """Show a unit as it is on the day."""
    rows = office.rows(Unit, Permission.REGISTER_READ).select_related("home")
    found = get_object_or_404(rows, pk=pk)
    day = asked.day
    judged_homes = judged(office.authority, [found.home], day)
    capacities = list(Capacity.objects.filter(unit=found).order_by("effective_from"))
    of_unit = office.rows(Posting, Permission.STAFF_READ).filter(unit=found)
    postings = list(of_unit.order_by("code", "started_on", "pk"))
    events = asked.page_of(history.of_unit(found), STEPS)
    may_see_staff = office.may(Permission.STAFF_READ, found.home)
    if may_see_staff:
        office.looked(f"{_STAFF_OF_UNIT}:{found}", len(postings), found.home)
    columns = [name for name in MAPPED["staff"].form if name != "unit_id"]
    staff = partial(listing_of, office, "staff", columns, writes=False, look="small")
    empty = _("この日に配置されている職員はいません")
    may_write = office.may(Permission.REGISTER_WRITE, found.home)
    readable = office.rows(Unit, Permission.REGISTER_READ).select_related("home")
    lapsed = [one for one in judged_homes.lapsed if found.code in one.unit_ids]
    evaluation = judged_homes.unit(found.code)
    context = {
        "unit": found,
        "earlier": readable.filter(continued_by=found).first(),
        "later": readable.filter(continues=found).first(),
        "handover": undoable(found) if may_write else None,
        "day": day,
        "at": day_query(request),
        "judged": evaluation,
        "remedies": remedies(office, found, day, evaluation.reasons) if evaluation else {},
        "lapsed": lapsed,
        "due": due_changes(office, judged_homes, lapsed),
        "capacities": whole(
            listing_of(
                office,
                "capacities",
                writes=may_write,
                caption=_("定員の推移"),
                empty=_("定員の登録がありません"),
                look="narrow",
            ),
            capacities,
        ),
        "picture": capacity_picture(found, capacities, day),
        "postings": whole(staff(caption=_("これまでのすべての配置")), postings),
        "on_day": whole(
            staff(caption=_("この日の職員"), empty=empty),
            [one for one in postings if one.holds_on(day)],
        ),
        "page": events,
        "steps": history.steps(events),
        "may_see_staff": may_see_staff,
        "may_write": may_write,
        "may_write_staff": office.may(Permission.STAFF_WRITE, found.home),
        "may_propose": office.may(Permission.CHANGE_PROPOSE, found.home),
    }
    return render(request, "homes/unit.html", context)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def add_unit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Add a unit to a home, with its first capacity."""
    homes = office.rows(Home, Permission.REGISTER_WRITE)
    home = get_row(office, homes, Permission.REGISTER_WRITE, form_of=Unit, pk=pk)
    row = Unit(authority=office.authority, home=home)
    saving = Saving(
        title=_("生活単位を登録する"),
        button=_("登録する"),
        done=_("生活単位を登録しました。"),
        up=to_home(office, home),
    )
    form = NewUnitForm(request.POST or None, row)
    save = partial(actions.add_unit, office=office, unit=row)
    return save_page(request, saving, save, form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def edit_unit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Change a unit's facts."""
    found = _to_write(office, pk)
    saving = Saving(
        title=_("生活単位の登録内容の修正"),
        button=_("保存する"),
        done=_("生活単位の登録内容を修正しました。"),
        up=to_unit(office, found),
        lead=kind_is_undated(),
    )
    form = RowForm(request.POST or None, found)
    save = partial(actions.change, office=office, row=found)
    return save_page(request, returning(request, office, saving), save, form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def close_unit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Close a unit with its last open day."""
    found = _to_write(office, pk)
    form = RowForm(request.POST or None, found, ["closed_on"], required=("closed_on",))
    saving = Saving(
        title=_("生活単位を廃止する"),
        button=_("廃止する"),
        done=_("生活単位の廃止を登録しました。"),
        up=to_unit(office, found),
        lead=_(
            "廃止日は、開設している最後の日です。職員の配置は、職員のページで別に終えてください。"
        ),
        grave=True,
        facts=fields_of(found, "name", "kind", "opened_on"),
    )
    return save_page(request, saving, partial(actions.change, office=office, row=form.row), form)


def _to_write(office: Office, pk: int) -> Unit:
    rows = office.rows(Unit, Permission.REGISTER_WRITE).select_related("home__authority")
    return get_row(office, rows, Permission.REGISTER_WRITE, pk=pk)
