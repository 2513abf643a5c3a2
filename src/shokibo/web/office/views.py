"""The page 自治体の値: what holds, what is proposed, and the pages that propose and decide."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.forms import ReasonForm
from shokibo.web.office import actions, letters, lists, proposals
from shokibo.web.office.forms import ContactForm, ReportingForm, ValueForm
from shokibo.web.office.items import Item, in_words, item_of, items, label_of
from shokibo.web.office.models import SettingProposal
from shokibo.web.pages.listing import whole
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.pages.stepping import StepPage, StepPages
from shokibo.web.register.models import OwnValue
from shokibo.web.steps.taking import take
from shokibo.web.store.wording import Labelled, fields_of

_READ = Permission.REGISTER_READ
_WRITE, _PROPOSE = Permission.REGISTER_WRITE, Permission.SETTING_PROPOSE
SETTLED = 20
"""So many proposals that were settled are shown."""


@office_page(_READ)
def values(request: HttpRequest, office: Office) -> HttpResponse:
    """Show what the authority has set, what it may set, how it reports, and what is proposed."""
    own = OwnValue.objects.filter(authority=office.authority)
    context: dict[str, Any] = {
        "own": whole(lists.own_values(office), list(own)),
        "settable": whole(lists.settable(office), items()),
        "proposes": office.may(_PROPOSE),
        "may_write": office.may(_WRITE),
        "makes_letters": office.may(letters.EXAMINE) or office.may(letters.DECIDE),
        "sees_proposals": office.sees_all_homes,
    }
    if office.sees_all_homes:
        listing = lists.proposed(office)
        rows = office.rows(SettingProposal, _READ)
        rows = rows.select_related("authority", "proposed_by", "decided_by")
        context["pending"] = whole(listing, list(rows.filter(state="pending")))
        context["settled"] = whole(listing, list(rows.exclude(state="pending")[:SETTLED]))
    return render(request, "office/values.html", context)


@office_page(_PROPOSE, write=_PROPOSE)
def set_value(request: HttpRequest, office: Office, name: str) -> HttpResponse:
    """Propose a value from a day on."""
    item = item_of(name)
    if item is None:
        raise Http404
    row = SettingProposal(authority=office.authority, change="set", name=name)
    lead = _("期限のない今の値がある項目では、その値は新しい値の適用開始日の前日で終わります。")
    return _value_page(request, office, row, item, None, lead)


@office_page(_PROPOSE, write=_PROPOSE)
def correct(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Propose to correct or end a value that was set."""
    stored = _own_value(office, pk)
    item = item_of(stored.name)
    if item is None:
        raise Http404
    lead = _(
        "新しい値に変えるときは、ここで修正せず「値を定める」から新しい適用開始日で起案してください。"
    )
    return _value_page(request, office, _of(stored, "set"), item, stored, lead)


def _value_page(
    request: HttpRequest,
    office: Office,
    row: SettingProposal,
    item: Item,
    stored: OwnValue | None,
    lead: str,
) -> HttpResponse:
    form = ValueForm(request.POST or None, row, item, stored)
    day = stored.effective_from if stored else today()
    facts = [
        (_("項目"), item.label),
        (_("自治体が定めないときの値"), item.law_value(day)),
        (_("その根拠"), item.law_source(day)),
        *([(_("単位"), item.unit)] if item.unit else ()),
        (_("書き方"), item.expected),
    ]
    if stored is not None:
        facts += fields_of(stored, "effective_from")
    held = OwnValue.objects.filter(authority=office.authority, name=item.name)
    if held:
        facts.append((_("自治体の値"), "\n".join(map(proposals.described, held))))
    title = _("値を修正する") if stored else _("値を定める")
    return _propose(request, office, row, form, title, lead, tuple(facts))


@office_page(_PROPOSE, write=_PROPOSE)
def remove(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Propose to take out a value that was set by mistake."""
    stored = _own_value(office, pk)
    form = ReasonForm(request.POST or None)
    lead = _(
        "誤って定めた値だけを削除します。この値をやめるときは、「修正」で適用終了日を記入してください。"
    )
    facts = (
        (_("項目"), label_of(stored.name)),
        (_("値"), in_words(stored.name, stored.value)),
        *fields_of(stored, "effective_from", "effective_to", "source"),
    )
    row = _of(stored, "remove")
    return _propose(request, office, row, form, _("値を削除する"), lead, facts)


@office_page(_WRITE, write=_WRITE)
def contact(request: HttpRequest, office: Office) -> HttpResponse:
    """Set whom the people of the office and of its homes ask."""
    authority = office.authority
    initial = {"version": authority.version, "contact": authority.contact}
    saving = Saving(
        title=_("問い合わせ先"),
        lead=_("自治体と施設のすべての画面の下に表示します。"),
        button=_("保存する"),
        done=_("問い合わせ先を変更しました。"),
        up=(_("自治体の値"), _url(office)),
        narrow=True,
    )
    form = ContactForm(request.POST or None, initial=initial)
    return save_page(request, saving, partial(actions.set_contact, office=office), form)


@office_page(_PROPOSE, write=_PROPOSE)
def reporting(request: HttpRequest, office: Office) -> HttpResponse:
    """Propose who signs the forms, and the first year that is reported from here."""
    row = SettingProposal(authority=office.authority, change="reporting")
    form = ReportingForm(request.POST or None, row, office.authority)
    lead = _("報告者職名は様式1と様式2に印字します。")
    return _propose(request, office, row, form, _("報告者職名と報告開始年度を変える"), lead)


def _propose(
    request: HttpRequest,
    office: Office,
    row: SettingProposal,
    form: ReasonForm,
    title: str,
    lead: str,
    facts: Labelled = (),
) -> HttpResponse:
    def save(**given: Any) -> None:
        for name, value in given.items():
            setattr(row, name, value)
        take(proposals.MAKE, office=office, row=row)

    saving = Saving(
        title=title,
        button=_("起案する"),
        done=_("起案しました。決裁者が決定するまで、何も変わりません。"),
        up=(_("自治体の値"), _url(office)),
        lead=lead,
        facts=facts,
    )
    return save_page(request, saving, save, form)


def _own_value(office: Office, pk: int) -> OwnValue:
    return get_object_or_404(office.rows(OwnValue, _PROPOSE), pk=pk)


def _of(stored: OwnValue, change: str) -> SettingProposal:
    return SettingProposal(
        authority=stored.authority,
        change=change,
        name=stored.name,
        effective_from=stored.effective_from,
    )


def _url(office: Office) -> str:
    return reverse("office:values", args=[office.authority.code])


def _shown(_office: Office, row: SettingProposal) -> dict[str, Any]:
    return {"asked": proposals.shown_of(row), "comparison": proposals.comparison_of(row)}


PAGES = StepPages(
    proposals.PROCESS,
    up=lambda office, _row: (_("自治体の値"), _url(office)),
    pages=(
        StepPage("accept", proposals.ACCEPT, gettext_lazy("決定しました。"), shows=_shown),
        StepPage(
            "decline",
            proposals.DECLINE,
            gettext_lazy("決定しないことにしました。"),
            grave=True,
            shows=_shown,
        ),
        StepPage(
            "withdraw",
            proposals.WITHDRAW,
            gettext_lazy("起案を取り下げました。"),
            grave=True,
            shows=_shown,
        ),
    ),
    related=("authority", "proposed_by"),
    called="proposal",
    template="office/step.html",
)
"""The pages that decide on a proposal, or take it back."""
