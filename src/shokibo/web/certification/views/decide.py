"""The approver's pages: certify or reject what was proposed, send it back, end a certification."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.words import wareki
from shokibo.web.certification import transitions
from shokibo.web.certification.facts import judged_facts
from shokibo.web.certification.forms import DecisionForm, EndingForm
from shokibo.web.certification.views.detail import judgements
from shokibo.web.certification.views.steps import get_application, is_ending, step_page, url_of
from shokibo.web.pages import stepping

DECIDE = Permission.APPLICATION_DECIDE


@office_page(DECIDE, write=DECIDE)
def decide(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Decide as proposed, with the judgement recorded at the proposal and the present one."""
    application = get_application(office, pk, DECIDE)
    judged = judgements(application, inside=True)
    certifies = application.proposal != "reject"
    return stepping.step_page(
        request,
        office,
        application,
        transitions.CERTIFY if certifies else transitions.REJECT,
        template="certification/decide.html",
        back=url_of(office, pk),
        done=_("%(what)sを決裁しました。"),
        form_class=DecisionForm,
        facts=judged_facts(application, judged["judgement"]),
        application=application,
        own=application.proposed_by == office.person,
        **judged,
    )


@office_page(DECIDE, write=DECIDE)
def send_back(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Send a proposal back to the officer."""
    if is_ending(office, pk, DECIDE):
        step, lead = transitions.SEND_BACK_END, _("認定は続き、担当者が起案し直します。")
    else:
        step, lead = transitions.SEND_BACK, _("審査中に戻り、担当者が起案し直します。")
    return step_page(request, office, pk, step, done=_("起案を担当者に戻しました。"), lead=lead)


@office_page(DECIDE, write=DECIDE)
def end(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """End a certification as proposed."""
    row = get_application(office, pk, DECIDE)
    lead = _(
        "%(who)sの起案です。終了日は%(day)s、理由は「%(why)s」です。"
        "終了日は、効力のある最後の日(月末)です。終了した認定は元に戻せません。"
    )
    return step_page(
        request,
        office,
        pk,
        transitions.END,
        form_class=EndingForm,
        done=_("認定を終了しました。"),
        lead=lead
        % {
            "who": row.end_proposed_by,
            "day": wareki(row.end_proposed_on),
            "why": row.end_proposal_reason,
        },
        grave=True,
    )
