"""The officer's pages: return for correction, propose, take back."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.certification import transitions
from shokibo.web.certification.facts import judged_facts
from shokibo.web.certification.forms import EndForm, ProposalForm, ReturnForm
from shokibo.web.certification.views.detail import judgements
from shokibo.web.certification.views.steps import get_application, is_ending, step_page, url_of
from shokibo.web.pages import stepping

EXAMINE = Permission.APPLICATION_EXAMINE


@office_page(EXAMINE, write=EXAMINE)
def send_for_correction(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Return an application with comments at its fields."""
    return step_page(
        request,
        office,
        pk,
        transitions.RETURN,
        form_class=ReturnForm,
        done=_("差し戻しました。"),
        lead=_("直してほしい項目に書いてください。施設は、項目の横でコメントを読みます。"),
    )


@office_page(EXAMINE, write=EXAMINE)
def propose(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Propose to certify or to reject, with the judgement next to the form."""
    application = get_application(office, pk, EXAMINE)
    judged = judgements(application, inside=True)
    judgement = judged["judgement"]
    suggested = min(application.requested_extra or 0, judgement.available or 0) or None
    rejects = request.POST.get("proposal") == "reject"
    return stepping.step_page(
        request,
        office,
        application,
        transitions.PROPOSE_REJECT if rejects else transitions.PROPOSE_CERTIFY,
        template="certification/propose.html",
        back=url_of(office, pk),
        done=_("起案しました。決裁者の決裁を待ちます。"),
        form_class=partial(ProposalForm, application=application),
        initial={
            "proposal": "certify" if judgement.eligible else None,
            "proposed_extra": suggested,
        },
        facts=judged_facts(application, judgement),
        application=application,
        **judged,
    )


@office_page(EXAMINE, write=EXAMINE)
def take_back(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Take a proposal back."""
    if is_ending(office, pk, EXAMINE):
        step, lead = transitions.TAKE_BACK_END, _("認定は続きます。")
    else:
        step = transitions.TAKE_BACK
        lead = _("審査中に戻ります。起案のときの判定の控えも消えます。")
    return step_page(request, office, pk, step, done=_("起案を取り消しました。"), lead=lead)


@office_page(EXAMINE, write=EXAMINE)
def propose_end(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Propose to end a certification at a month's end."""
    return step_page(
        request,
        office,
        pk,
        transitions.PROPOSE_END,
        form_class=EndForm,
        done=_("起案しました。決裁者の決裁を待ちます。"),
        lead=_("終了日は、効力のある最後の日(月末)です。"),
    )
