"""The officer's pages: return for correction, propose, take back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.seen import seal
from shokibo.web.certification import actions, transitions
from shokibo.web.certification.facts import facts_of
from shokibo.web.certification.forms import ProposalForm, RemarkedForm, ReturnForm
from shokibo.web.certification.models import Application
from shokibo.web.certification.views.detail import judgements
from shokibo.web.certification.views.steps import attempt, found, step_page, tell, to_detail

EXAMINE = Permission.APPLICATION_EXAMINE


@office_page(EXAMINE, write=EXAMINE)
def send_for_correction(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Return an application with comments at its fields."""
    return step_page(
        request,
        office,
        pk,
        transition=transitions.RETURN,
        form_class=ReturnForm,
        act=lambda row, version, given: actions.send_for_correction(
            office=office,
            application=row,
            version=version,
            comments=ReturnForm.comments(given),
            seen=given["seen"],
        ),
        done=_("差し戻しました。"),
        text=_("直してほしい項目に書いてください。施設は、項目の横でコメントを読みます。"),
    )


@office_page(EXAMINE, write=EXAMINE)
def propose(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Propose to certify or to reject, with the rules beside the form."""
    application = found(office, pk, EXAMINE)
    if application.state not in transitions.PROPOSE_CERTIFY.sources:
        tell(request, transitions.wrong_state(transitions.PROPOSE_CERTIFY, application))
        return to_detail(office, application)
    judged = judgements(application, inside=True)
    form = ProposalForm(
        request.POST or None,
        application=application,
        initial={
            "version": application.version,
            "seen": seal(facts_of(application, judged=True, judgement=judged["judgement"])),
            "proposal": "certify" if judged["judgement"].eligible else None,
            "proposed_extra": _suggested(application, judged["judgement"].available),
        },
    )
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(form, lambda: _propose(office, application, form), inside=True):
        messages.success(request, _("起案しました。決裁者の決裁を待ちます。"))
        return to_detail(office, application)
    context = {"application": application, "form": form, **judged}
    return render(request, "certification/propose.html", context)


def _suggested(application: Application, available: int | None) -> int | None:
    return min(application.requested_extra or 0, available or 0) or None


def _propose(office: Office, application: Application, form: ProposalForm) -> None:
    given = form.cleaned_data
    version = given["version"]
    if given["proposal"] == "reject":
        actions.propose_reject(
            office=office,
            application=application,
            version=version,
            reason=given["reason"],
            seen=given["seen"],
        )
    else:
        actions.propose_certify(
            office=office,
            application=application,
            version=version,
            extra=given.get("proposed_extra"),
            reason=given["reason"],
            seen=given["seen"],
        )


@office_page(EXAMINE, write=EXAMINE)
def take_back(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Take a proposal back."""
    return step_page(
        request,
        office,
        pk,
        transition=transitions.TAKE_BACK,
        form_class=RemarkedForm,
        act=lambda row, version, given: actions.take_back(
            office=office,
            application=row,
            version=version,
            reason=given["reason"],
            seen=given["seen"],
        ),
        done=_("起案を取り消しました。"),
        text=_("審査中に戻ります。起案のときの判定の控えも消えます。"),
    )
