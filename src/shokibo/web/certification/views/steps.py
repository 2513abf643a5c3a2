"""The pages of an application's steps, and what other pages of it have in common with them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shokibo.calendar import fiscal_year_end
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.seen import Facts
from shokibo.web.base.words import month, wareki
from shokibo.web.certification import transitions
from shokibo.web.certification.facts import (
    changed_facts,
    judge_change,
    judged_facts,
    submission_reason,
)
from shokibo.web.certification.forms import (
    ChangeForm,
    EndForm,
    ProposalForm,
    ReturnForm,
    SubmitForm,
)
from shokibo.web.certification.judgement import Asked, Judgement, for_page, judge_one
from shokibo.web.certification.lapsed import due_of
from shokibo.web.certification.models import Application
from shokibo.web.certification.remedies import remedies
from shokibo.web.certification.shortfalls import shortfall_of
from shokibo.web.certification.views.asking import CARRIED
from shokibo.web.pages.stepping import StepPage, StepPages

_UNDECIDED = ("draft", "submitted", "returned", "proposed")


def get_application(office: Office, pk: int, permission: Permission) -> Application:
    """Return an application over which the person holds a permission; 404 for any other."""
    return PAGES.find(office, permission, pk=pk)


def url_of(office: Office, pk: int) -> str:
    """Return the address of an application's page."""
    return reverse("certification:application", args=[office.authority.code, pk])


def to_detail(office: Office, application: Application) -> HttpResponse:
    """Go to an application's page."""
    return redirect(url_of(office, application.pk))


def list_url(office: Office) -> str:
    """Return the address of the list of one's own applications."""
    return reverse("certification:applications", args=[office.authority.code])


def judgements(office: Office, row: Application, *, inside: bool) -> dict[str, Any]:
    """Return the judgement of now, and the one recorded at the proposal; whether they differ."""
    present = judge_one(row.authority, Asked.by(row), for_page())
    asked = row.requested_extra if row.state in _UNDECIDED else None
    shows_recorded = inside or row.state != "proposed"
    recorded = Judgement.of_json(row.judgement) if row.judgement and shows_recorded else None
    return {
        "judgement": present,
        "remedies": remedies(office, row.unit or row.home, present.as_of, present.reasons),
        "shortfall": shortfall_of(present),
        "asked_above": asked if present.is_exceeded_by(asked) else None,
        "submission_reason": submission_reason(row),
        "recorded": recorded,
        "differs": recorded is not None and not recorded.agrees_with(present),
    }


def _judged(office: Office, row: Application) -> dict[str, Any]:
    return {"own": row.proposed_by == office.person, **judgements(office, row, inside=True)}


def _before_submitting(office: Office, row: Application) -> dict[str, Any]:
    shown = judgements(office, row, inside=False)
    return {**shown, "blockers": shown["judgement"].blockers(row.requested_extra)}


def _judged_facts(shown: Mapping[str, Any]) -> Facts:
    return judged_facts(shown["application"], shown["judgement"])


def _changed(office: Office, row: Application) -> dict[str, Any]:
    judgement = judge_change(row)
    return {
        "own": row.end_proposed_by == office.person,
        "comparison": _comparison(row),
        "judgement": judgement,
        "remedies": remedies(office, row.unit or row.home, judgement.as_of, judgement.reasons),
        "shortfall": shortfall_of(judgement),
    }


def _comparison(row: Application) -> list[tuple[str, str, str]]:
    """Return what is certified next to what is proposed of it."""
    last = wareki(fiscal_year_end(row.fiscal_year))
    ends = wareki(row.end_proposed_on)
    rows = [(gettext("今の認定の最後の日"), last, ends)]
    if row.unit is not None:
        extra, then = gettext("%(n)s人"), row.end_proposed_extra
        from_month = gettext("%(month)sから%(n)s人")
        proposed = from_month % {"month": month(row.changes_on), "n": then} if then else "—"
        rows.insert(0, (gettext("加配数"), extra % {"n": row.certified_extra}, proposed))
    return rows


def _due(_office: Office, row: Application) -> dict[str, Any]:
    return {"due": due_of(row)}


def _end_as_proposed(row: Application) -> str:
    lead = gettext(
        "%(who)sの起案です。終了日は%(day)s、理由は「%(why)s」です。"
        "終了日は、効力のある最後の日(月末)です。終了した認定は元に戻せません。"
    )
    return lead % {
        "who": row.end_proposed_by,
        "day": wareki(row.end_proposed_on),
        "why": row.end_proposal_reason,
    }


_PROPOSE = StepPage(
    "propose",
    transitions.PROPOSE_CERTIFY,
    done=_("起案しました。決裁者の決裁を待ちます。"),
    form=ProposalForm,
    template="certification/propose.html",
    shows=_judged,
    facts=_judged_facts,
)
_DECIDE = StepPage(
    "decide",
    transitions.CERTIFY,
    done=_("%(what)sを決裁しました。"),
    reason=_("決裁者の理由・所見"),
    reason_help=_("空欄なら、起案の理由・所見が決定の理由になります。"),
    template="certification/decide.html",
    shows=_judged,
    facts=_judged_facts,
)
PAGES = StepPages(
    transitions.PROCESS,
    up=lambda office, row: (row.code, url_of(office, row.pk)),
    related=(
        "home",
        "unit",
        "authority",
        "previous",
        "submitted_by",
        "proposed_by",
        "decided_by",
        "end_proposed_by",
        "replaces",
    ),
    carried=CARRIED,
    called="application",
    template="certification/step.html",
    pages=(
        StepPage(
            "submit",
            transitions.SUBMIT,
            form=SubmitForm,
            template="certification/submit.html",
            shows=_before_submitting,
            facts=_judged_facts,
            reason=_("加配できる数を超えて申請する理由"),
            reason_help=_("担当者が審査のときに読みます。"),
            done=_("提出しました。"),
            lead=_("提出すると、差し戻されるまで内容は変えられません。"),
        ),
        StepPage(
            "revise",
            transitions.REVISE,
            done=_("新しい版の下書きを作りました。"),
            lead=_("差し戻された版はそのまま残り、同じ内容の下書きができます。"),
            then=lambda office, row: reverse(
                "certification:edit", args=[office.authority.code, row.pk]
            ),
        ),
        replace(
            _PROPOSE,
            step=transitions.PROPOSE_REJECT,
            when=lambda _row, sent: sent.get("proposal") == "reject",
        ),
        _PROPOSE,
        StepPage(
            "send_for_correction",
            transitions.RETURN,
            form=ReturnForm,
            done=_("差し戻しました。"),
            lead=_("修正してほしい項目に書いてください。施設は、項目の横でコメントを読みます。"),
        ),
        replace(_DECIDE, step=transitions.REJECT, when=lambda row, _sent: row.proposal == "reject"),
        _DECIDE,
        StepPage(
            "end",
            transitions.CHANGE,
            reason=_("決裁者の理由・所見"),
            reason_help=_("空欄なら、起案の理由がそのまま決定の理由になります。"),
            template="certification/change.html",
            shows=_changed,
            facts=lambda shown: changed_facts(shown["application"], shown["judgement"]),
            done=_("認定を変更しました。"),
            lead=_(
                "今の認定は前の月の末日で終わり、変更後の加配数の申請が認定になります。元に戻せません。"
            ),
        ),
        StepPage(
            "end",
            transitions.END,
            done=_("認定を終了しました。"),
            shows=lambda _office, row: {"comparison": _comparison(row)},
            lead=_end_as_proposed,
            reason=_("決裁者の理由・所見"),
            reason_help=_("空欄なら、起案の理由が終了の理由になります。"),
            grave=True,
        ),
        StepPage(
            "take_back",
            transitions.TAKE_BACK_END,
            done=_("起案を取り消しました。"),
            lead=_("認定は続きます。"),
        ),
        StepPage(
            "take_back",
            transitions.TAKE_BACK,
            done=_("起案を取り消しました。"),
            lead=_("審査中に戻ります。起案のときの判定の控えも消えます。"),
        ),
        StepPage(
            "send_back",
            transitions.SEND_BACK_END,
            done=_("起案を担当者に戻しました。"),
            lead=_("認定は続き、担当者が起案し直します。"),
        ),
        StepPage(
            "send_back",
            transitions.SEND_BACK,
            done=_("起案を担当者に戻しました。"),
            lead=_("審査中に戻り、担当者が起案し直します。"),
        ),
        StepPage(
            "propose_change",
            transitions.PROPOSE_CHANGE,
            form=ChangeForm,
            shows=_due,
            done=_("起案しました。決裁者の決裁を待ちます。"),
            lead=_(
                "今の認定は前の月の末日で終わり、この月から変更後の加配数で認定します。"
                "決裁までは今の認定のままです。"
            ),
        ),
        StepPage(
            "propose_end",
            transitions.PROPOSE_END,
            form=EndForm,
            shows=_due,
            done=_("起案しました。決裁者の決裁を待ちます。"),
            lead=_("終了日は、効力のある最後の日(月末)です。"),
        ),
        StepPage(
            "withdraw",
            transitions.WITHDRAW,
            done=_("取り下げました。"),
            lead=_("取り下げた申請は元に戻せません。必要なら新しく申請してください。"),
            grave=True,
        ),
        StepPage(
            "discard",
            transitions.DISCARD,
            done=_("下書きを消しました。"),
            lead=_("付けた根拠資料も消えます。記録には残ります。"),
            grave=True,
            then=lambda office, _row: list_url(office),
        ),
    ),
)
"""Every step's page, in the order of the buttons."""
