"""The office's and the ministry's page that marks a form of an earlier year as sent on paper."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.web.accounts.access import Access, Office
from shokibo.web.accounts.page import instance_page, office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.words import nendo, wareki
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import Authority
from shokibo.web.returns import actions
from shokibo.web.returns.deadlines import deadline_of
from shokibo.web.returns.drawing import first_year
from shokibo.web.returns.forms import PaperForm

_MARK = Permission.RETURN_MARK_PAPER


@office_page(_MARK, write=_MARK)
def of_office(request: HttpRequest, office: Office, number: int, year: int) -> HttpResponse:
    """Mark what the authority itself sent on paper."""
    up = (_("国への報告"), reverse("returns:returns", args=[office.authority.code]))
    access: Access = request.access  # type: ignore[attr-defined]
    return _page(request, access, office.authority, number, year, up)


@instance_page(Permission.RETURN_READ_SUBMITTED)
def of_nation(
    request: HttpRequest, access: Access, authority: str, number: int, year: int
) -> HttpResponse:
    """Mark, as the ministry, what an authority sent on paper."""
    found = get_object_or_404(Authority, code=authority)
    up = (_("提出された報告"), f"{reverse('nation')}?form={number}&year={year}")
    return _page(request, access, found, number, year, up)


def _page(
    request: HttpRequest,
    access: Access,
    authority: Authority,
    number: int,
    year: int,
    up: tuple[str, str],
) -> HttpResponse:
    last = calendar.fiscal_year_of(today()) - number + 1  # form 2 is of a year that is over
    if number not in (1, 2) or not first_year() <= year <= last:
        raise Http404
    paper = deadline_of(authority, number, year).paper
    first = calendar.fiscal_year_start(year + number - 1)
    initial = {"version": paper.version, "day": paper.day} if paper else {}
    form = PaperForm(request.POST or None, initial=initial, first=first)
    noted = ((_("記入"), f"{paper.entered_by} {wareki(paper.entered_at)}"),) if paper else ()
    saving = Saving(
        title=_("%(authority)sの様式%(number)s(%(year)s)を紙で提出済みにする")
        % {"authority": authority, "number": number, "year": nendo(year)},
        lead=_("報告開始年度より前の年度の報告を、国に紙で届けた日を記録します。"),
        button=_("保存する"),
        done=_("保存しました。"),
        up=up,
        facts=noted,
    )
    save = partial(actions.mark_paper, access=access, authority=authority, form=number, year=year)
    return save_page(request, saving, save, form)
