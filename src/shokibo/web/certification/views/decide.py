"""The approver's pages: certify or reject what was proposed, send it back, end a certification."""

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
from shokibo.web.certification.forms import DecisionForm, EndForm, ReasonedForm
from shokibo.web.certification.models import Application
from shokibo.web.certification.views.detail import judgements
from shokibo.web.certification.views.steps import (
    attempt,
    found,
    step_page,
    tell,
    to_detail,
)

DECIDE = Permission.APPLICATION_DECIDE


@office_page(DECIDE, write=DECIDE)
def decide(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Decide as proposed, with the judgement kept at the proposal beside the present one."""
    application = found(office, pk, DECIDE)
    if application.state != "proposed":
        tell(request, transitions.wrong_state(transitions.CERTIFY, application))
        return to_detail(office, application)
    judged = judgements(application, inside=True)
    facts = facts_of(application, judged=True, judgement=judged["judgement"])
    form = DecisionForm(
        request.POST or None, initial={"version": application.version, "seen": seal(facts)}
    )
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(form, lambda: _decide(office, application, form), inside=True):
        messages.success(request, _("%(what)sを決裁しました。") % {"what": application})
        return to_detail(office, application)
    context = {
        "application": application,
        "form": form,
        "own": application.proposed_by == office.person,
        **judged,
    }
    return render(request, "certification/decide.html", context)


def _decide(office: Office, application: Application, form: DecisionForm) -> None:
    decision = actions.certify if application.proposal == "certify" else actions.reject
    decision(
        office=office,
        application=application,
        version=form.cleaned_data["version"],
        reason=form.cleaned_data["reason"],
        seen=form.cleaned_data["seen"],
    )


@office_page(DECIDE, write=DECIDE)
def send_back(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Send a proposal back to the officer."""
    return step_page(
        request,
        office,
        pk,
        transition=transitions.SEND_BACK,
        form_class=ReasonedForm,
        act=lambda row, version, given: actions.send_back(
            office=office,
            application=row,
            version=version,
            reason=given["reason"],
            seen=given["seen"],
        ),
        done=_("起案を担当者に戻しました。"),
        text=_("審査中に戻り、担当者が起案し直します。"),
    )


@office_page(DECIDE, write=DECIDE)
def end(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """End a certification at a month's end."""
    return step_page(
        request,
        office,
        pk,
        transition=transitions.END,
        form_class=EndForm,
        act=lambda row, version, given: actions.end(
            office=office,
            application=row,
            version=version,
            ended_on=given["ended_on"],
            reason=given["reason"],
            seen=given["seen"],
        ),
        done=_("認定を終了しました。"),
        text=_("終了日は、効力のある最後の日(月末)です。終了した認定は元に戻せません。"),
        grave=True,
    )
