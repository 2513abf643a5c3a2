"""A unit: its facts, capacities over time, staff, judgement and history; edits of the officer."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import ReasonedForm
from shokibo.web.base.parameters import DayQuery, asks
from shokibo.web.homes import actions, history
from shokibo.web.homes.forms import NewUnitForm, RowForm
from shokibo.web.homes.judging import judged
from shokibo.web.homes.pictures import capacity_picture
from shokibo.web.homes.views.crumbs import (
    home_url,
    kept_day,
    kind_is_undated,
    to_home,
    to_unit,
    unit_url,
)
from shokibo.web.homes.views.home import STEPS
from shokibo.web.homes.views.staff import postings_list
from shokibo.web.pages.listing import whole
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import Capacity, Home, Posting, Unit
from shokibo.web.store.wording import fields_of


@office_page(Permission.REGISTER_READ)
@asks(DayQuery)
def unit(request: HttpRequest, office: Office, pk: int, *, asked: DayQuery) -> HttpResponse:
    """Show a unit as it is on the day."""
    rows = office.rows(Unit, Permission.REGISTER_READ).select_related("home")
    found = get_object_or_404(rows, pk=pk)
    day = asked.day
    said = judged(office.authority, [found.home], day)
    capacities = list(Capacity.objects.filter(unit=found).order_by("effective_from"))
    postings = _postings(office, found)
    events = asked.page_of(history.of_unit(found), STEPS)
    may_see_staff = office.may(Permission.STAFF_READ, found.home)
    if may_see_staff:
        office.looked(f"生活単位の職員:{found}", len(postings), found.home)
    listing = postings_list(office, with_place=False)
    context = {
        "unit": found,
        "day": day,
        "at": kept_day(request),
        "said": said.unit(found.code),
        "no_longer_held": [one for one in said.no_longer_held if one.unit_id == found.code],
        "capacities": capacities,
        "picture": capacity_picture(found, capacities, day),
        "postings": whole(listing, postings, caption=_("これまでのすべての配置")),
        "on_day": whole(
            listing, [one for one in postings if one.holds_on(day)], caption=_("この日の職員")
        ),
        "page": events,
        "steps": history.steps(events),
        "may_see_staff": may_see_staff,
        "may_write": office.may(Permission.REGISTER_WRITE, found.home),
        "may_keep": office.may(Permission.STAFF_WRITE, found.home),
        "may_propose": office.may(Permission.CHANGE_PROPOSE, found.home),
    }
    return render(request, "homes/unit.html", context)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def add_unit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Enter a unit of a home, with its first capacity."""
    home = get_object_or_404(office.rows(Home, Permission.REGISTER_WRITE), pk=pk)
    row = Unit(authority=office.authority, home=home)
    saving = Saving(
        title=_("生活単位を登録する"),
        button=_("登録する"),
        back=home_url(home),
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
        title=_("生活単位の登録を直す"),
        button=_("保存する"),
        back=unit_url(found),
        done=_("生活単位の登録を直しました。"),
        up=to_unit(office, found),
        lead=kind_is_undated(),
    )
    form = RowForm(request.POST or None, found)
    return save_page(request, saving, partial(actions.change, office=office, row=found), form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def close_unit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Close a unit."""
    found = _to_write(office, pk)
    form = RowForm(request.POST or None, found, ["closed_on"], required=("closed_on",))
    saving = Saving(
        title=_("生活単位を廃止する"),
        button=_("廃止する"),
        back=unit_url(found),
        done=_("生活単位の廃止を登録しました。"),
        up=to_unit(office, found),
        lead=_(
            "廃止日は、開設している最後の日です。職員の配置は、職員のページで別に終えてください。"
        ),
        grave=True,
        facts=fields_of(found, "name", "kind", "opened_on"),
    )
    return save_page(request, saving, partial(actions.change, office=office, row=form.row), form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def add_capacity(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Change a unit's capacity from a day on."""
    found = _to_write(office, pk)
    saving = Saving(
        title=_("定員を変える"),
        button=_("登録する"),
        back=unit_url(found),
        done=_("定員を登録しました。"),
        up=to_unit(office, found),
        lead=_("適用開始日から新しい定員になります。その前の日の定員は変わりません。"),
    )
    row = Capacity(authority=office.authority, unit=found)
    form = RowForm(request.POST or None, row)
    return save_page(request, saving, partial(actions.add, office=office, row=row), form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def edit_capacity(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Correct a capacity that was entered wrongly."""
    row = _capacity(office, pk)
    saving = Saving(
        title=_("定員の行を直す"),
        button=_("保存する"),
        back=unit_url(row.unit),
        done=_("定員の行を直しました。"),
        up=to_unit(office, row.unit),
        lead=_(
            "誤りを直すときだけ使います。定員が変わったときは「定員を変える」を使ってください。"
        ),
    )
    form = RowForm(request.POST or None, row)
    return save_page(request, saving, partial(actions.change, office=office, row=row), form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def remove_capacity(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Take out a capacity that was entered by mistake."""
    row = _capacity(office, pk)
    saving = Saving(
        title=_("定員の行を削除しますか"),
        button=_("削除する"),
        back=unit_url(row.unit),
        done=_("定員の行を削除しました。"),
        up=to_unit(office, row.unit),
        grave=True,
        facts=fields_of(row, "effective_from", "capacity"),
    )
    form = ReasonedForm(request.POST or None, initial={"version": row.version})
    return save_page(request, saving, partial(actions.remove, office=office, row=row), form)


def _to_write(office: Office, pk: int) -> Unit:
    rows = office.rows(Unit, Permission.REGISTER_WRITE).select_related("home__authority")
    return get_object_or_404(rows, pk=pk)


def _capacity(office: Office, pk: int) -> Capacity:
    rows = office.rows(Capacity, Permission.REGISTER_WRITE)
    return get_object_or_404(rows.select_related("unit__home__authority"), pk=pk)


def _postings(office: Office, unit: Unit) -> list[Posting]:
    rows = office.rows(Posting, Permission.STAFF_READ).filter(unit=unit)
    return list(rows.order_by("code", "started_on", "pk"))
