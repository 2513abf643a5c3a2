"""A home's proposals: made or withdrawn by the home, accepted or declined by the officer."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import SeenForm
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import Query, asks, choice_field, row_field
from shokibo.web.base.seen import seal
from shokibo.web.homes import proposals
from shokibo.web.homes.consequences import consequences_of
from shokibo.web.homes.forms import AcceptForm, DeclineForm, ProposalForm
from shokibo.web.homes.views.crumbs import kind_is_undated, to_home
from shokibo.web.pages.removed import get_row
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import ChangeProposal, Home, Unit
from shokibo.web.steps.taking import take


class ProposalQuery(Query):
    """Initial values of a new proposal."""

    change = choice_field(gettext_lazy("変更"), labels(ChangeProposal.KINDS))
    unit = row_field(gettext_lazy("生活単位"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.offer("unit", self.request.office.rows(Unit, Permission.CHANGE_PROPOSE))


@office_page(Permission.CHANGE_PROPOSE, write=Permission.CHANGE_PROPOSE)
@asks(ProposalQuery)
def propose(request: HttpRequest, office: Office, pk: int, *, asked: ProposalQuery) -> HttpResponse:
    """Propose a change."""
    homes = office.rows(Home, Permission.CHANGE_PROPOSE)
    home = get_row(office, homes, Permission.CHANGE_PROPOSE, form_of=ChangeProposal, pk=pk)
    asked.hold("unit", list(Unit.objects.filter(home=home)))
    form = ProposalForm(request.POST or None, home, asked.given)

    def save(*, confirmed: str, **given: Any) -> None:
        row = ChangeProposal(authority=office.authority, home=home, **given)
        take(proposals.MAKE, office=office, row=row, values={"confirmed": confirmed})

    saving = Saving(
        title=_("変更を申し出る"),
        button=_("申し出る"),
        done=_("申し出ました。自治体の担当者が確かめて、台帳に登録します。"),
        up=to_home(office, home),
        lead=_("開設、廃止、種別、定員は、自治体の担当者が登録するまで変わりません。"),
    )
    return save_page(request, saving, save, form)


@office_page(Permission.CHANGE_PROPOSE, write=Permission.CHANGE_PROPOSE)
def withdraw_proposal(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Withdraw a proposal."""
    row = _proposal(office, Permission.CHANGE_PROPOSE, pk)
    form = SeenForm(request.POST or None, initial=_opened(row))
    save = partial(take, proposals.WITHDRAW, office=office, row=row)
    saving = Saving(
        title=_("申出を取り下げますか"),
        button=_("取り下げる"),
        done=_("申出を取り下げました。"),
        up=to_home(office, row.home),
        grave=True,
        facts=proposals.shown_of(row),
        comparison=proposals.comparison_of(row),
    )
    return save_page(request, saving, save, form)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def accept_proposal(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Enter what was proposed into the register."""
    row = _proposal(office, Permission.REGISTER_WRITE, pk)
    shown = None
    if row.state == "pending" and request.method != "POST":
        shown = consequences_of(office, proposals.edits_of(row))
    opened = {**_opened(row), "confirmed": shown.digest if shown else ""}
    form = AcceptForm(request.POST or None, row, initial=opened)

    def save(*, confirmed: str, code: str | None = None, **given: Any) -> None:
        values = {"code": code, "confirmed": confirmed}
        take(proposals.ACCEPT, office=office, row=row, values=values, **given)

    saving = Saving(
        title=_("申出を台帳に登録する"),
        button=_("登録する"),
        done=_("申出のとおり台帳に登録しました。"),
        up=to_home(office, row.home),
        lead=kind_is_undated() if row.change == "kind" else "",
        facts=proposals.shown_of(row),
        comparison=proposals.comparison_of(row),
        template="homes/accept.html",
    )
    return save_page(request, saving, save, form, shown=shown)


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def decline_proposal(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Decline a proposal, with the reason for the home."""
    row = _proposal(office, Permission.REGISTER_WRITE, pk)
    form = DeclineForm(request.POST or None, initial=_opened(row))

    def save(*, comment: str, **given: Any) -> None:
        take(proposals.DECLINE, office=office, row=row, reason=comment, **given)

    saving = Saving(
        title=_("申出を登録しない"),
        button=_("登録しない"),
        done=_("申出を登録しないことを、施設に知らせました。"),
        up=to_home(office, row.home),
        grave=True,
        facts=proposals.shown_of(row),
        comparison=proposals.comparison_of(row),
    )
    return save_page(request, saving, save, form)


def _proposal(office: Office, permission: Permission, pk: int) -> ChangeProposal:
    rows = office.rows(ChangeProposal, permission)
    return get_object_or_404(rows.select_related("home__authority", "unit", "proposed_by"), pk=pk)


def _opened(row: ChangeProposal) -> dict[str, Any]:
    return {"version": row.version, "seen": seal(proposals.facts_of(row))}
