"""Counts of children, of a home or of the whole authority."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import ReasonedForm
from shokibo.web.homes import actions
from shokibo.web.homes.forms import RowForm
from shokibo.web.homes.views.crumbs import home_url, homes_url, to_home, to_homes
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import Home, Occupancy
from shokibo.web.store.wording import fields_of


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
def add_occupancy(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Enter a count of children of a home."""
    home = get_object_or_404(office.rows(Home, Permission.STAFF_WRITE), pk=pk)
    row = Occupancy(authority=office.authority, home=home)
    saving = _saving(office, row, _("入所状況を登録する"), _("登録する"), _("登録しました。"))
    form = RowForm(request.POST or None, row)
    return save_page(request, saving, partial(actions.add, office=office, row=row), form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def add_total(request: HttpRequest, office: Office) -> HttpResponse:
    """Enter a count of children that is not split by home."""
    row = Occupancy(authority=office.authority)
    title = _("施設を分けない入所状況を登録する")
    saving = _saving(office, row, title, _("登録する"), _("登録しました。"))
    form = RowForm(request.POST or None, row)
    return save_page(request, saving, partial(actions.add, office=office, row=row), form)


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
def edit_occupancy(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Correct a count."""
    row = _occupancy(office, pk)
    saving = _saving(office, row, _("入所状況を直す"), _("保存する"), _("直しました。"))
    form = RowForm(request.POST or None, row)
    return save_page(request, saving, partial(actions.change, office=office, row=row), form)


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
def remove_occupancy(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Take out a count that was entered by mistake."""
    row = _occupancy(office, pk)
    title = _("入所状況を削除しますか")
    saving = _saving(office, row, title, _("削除する"), _("削除しました。"), grave=True)
    form = ReasonedForm(request.POST or None, initial={"version": row.version})
    return save_page(request, saving, partial(actions.remove, office=office, row=row), form)


def _saving(
    office: Office, row: Occupancy, title: str, button: str, done: str, *, grave: bool = False
) -> Saving:
    names = ("as_of", "population", "place", "children", "individual_care")
    return Saving(
        title=title,
        button=button,
        back=homes_url(office) if row.home is None else home_url(row.home),
        done=done,
        up=to_homes(office) if row.home is None else to_home(office, row.home),
        grave=grave,
        facts=fields_of(row, *names) if grave else (),
    )


def _occupancy(office: Office, pk: int) -> Occupancy:
    rows = office.rows(Occupancy, Permission.STAFF_WRITE)
    return get_object_or_404(rows.select_related("home__authority"), pk=pk)
