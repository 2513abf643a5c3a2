"""Confirmations (要件確認) of a home: the officer's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.register.forms import RowForm
from shokibo.web.register.models import Confirmation, Home
from shokibo.web.register.views.editing import (
    Saving,
    add_page,
    change_page,
    facts_of,
    remove_page,
)
from shokibo.web.register.views.trail import home_url, to_home


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
    return add_page(request, office, Confirmation(authority=office.authority, home=home), saving)


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
    return change_page(request, office, RowForm(request.POST or None, row), saving)


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
        facts=facts_of(row, "item", "result", "confirmed_on", "holds_from", "expires_on"),
    )
    return remove_page(request, office, row, saving)


def _confirmation(office: Office, pk: int) -> Confirmation:
    rows = office.rows(Confirmation, Permission.REGISTER_WRITE)
    return get_object_or_404(rows.select_related("home__authority"), pk=pk)
