"""Confirmations (要件確認) of a home: the officer's."""

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
from shokibo.web.homes.views.crumbs import home_url, to_home
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import Confirmation, Home
from shokibo.web.store.wording import fields_of


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def add_confirmation(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Enter a confirmation."""
    home = get_object_or_404(office.rows(Home, Permission.REGISTER_WRITE), pk=pk)
    saving = Saving(
        title=_("要件確認を登録する"),
        button=_("登録する"),
        back=home_url(home),
        done=_("要件確認を登録しました。"),
        up=to_home(office, home),
        lead=_(
            "4月に、4月1日から満たしていたと確認したときは、確認日と効力開始日の両方を書きます。"
        ),
    )
    row = Confirmation(authority=office.authority, home=home)
    form = RowForm(request.POST or None, row)
    return save_page(request, saving, partial(actions.add, office=office, row=row), form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def edit_confirmation(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Correct a confirmation."""
    row = _confirmation(office, pk)
    saving = Saving(
        title=_("要件確認を直す"),
        button=_("保存する"),
        back=home_url(row.home),
        done=_("要件確認を直しました。"),
        up=to_home(office, row.home),
        lead=_("誤りを直すときだけ使います。新しい確認は「要件確認を登録する」で加えてください。"),
    )
    form = RowForm(request.POST or None, row)
    return save_page(request, saving, partial(actions.change, office=office, row=row), form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def remove_confirmation(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Take out a confirmation that was entered by mistake."""
    row = _confirmation(office, pk)
    saving = Saving(
        title=_("要件確認を削除しますか"),
        button=_("削除する"),
        back=home_url(row.home),
        done=_("要件確認を削除しました。"),
        up=to_home(office, row.home),
        grave=True,
        facts=fields_of(row, "item", "result", "confirmed_on", "holds_from", "expires_on"),
    )
    form = ReasonedForm(request.POST or None, initial={"version": row.version})
    return save_page(request, saving, partial(actions.remove, office=office, row=row), form)


def _confirmation(office: Office, pk: int) -> Confirmation:
    rows = office.rows(Confirmation, Permission.REGISTER_WRITE)
    return get_object_or_404(rows.select_related("home__authority"), pk=pk)
