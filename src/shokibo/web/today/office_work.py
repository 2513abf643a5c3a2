"""What waits for an authority's officer, approver and auditor."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.models import Event
from shokibo.web.audit.words import action_of
from shokibo.web.base import clock
from shokibo.web.base.words import colon, wareki
from shokibo.web.certification.models import Application
from shokibo.web.office.models import SettingProposal
from shokibo.web.planning.models import PlanVersion
from shokibo.web.receipts.models import Question
from shokibo.web.register.models import ChangeProposal
from shokibo.web.returns.models import Return
from shokibo.web.today.home_work import named
from shokibo.web.today.work import Line, Today, Work, only_with, work_of

_SENT_BACK = "application.send_back"
_STEPS = ("application.submit", "application.propose", _SENT_BACK)
EVENTS, EVENT_DAYS = 5, 7


@only_with(Permission.APPLICATION_EXAMINE)
def sent_back(today: Today) -> Iterator[Work]:
    """Find submitted applications whose proposed decision the approver sent back."""
    back = _submitted(today).filter(step=_SENT_BACK)
    return work_of(
        _("決裁者から戻された起案を修正する"),
        back.order_by("step_at", "pk"),
        lambda row: line_of(today, row, "propose", row.step_at, row.step_reason),
        _queue(today, "submitted"),
        urgent=True,
    )


@only_with(Permission.APPLICATION_EXAMINE)
def submitted(today: Today) -> Iterator[Work]:
    """Find applications to examine; not those whose decision was sent back."""
    rows = _submitted(today).filter(~Q(step=_SENT_BACK) | Q(step__isnull=True))
    return work_of(
        _("申請を審査する"),
        rows.order_by("applied_on", "pk"),
        lambda row: line_of(today, row, "application", row.applied_on),
        _queue(today, "submitted"),
        _("差し戻すか、決定を起案します。"),
        urgent=True,
    )


def _submitted(today: Today) -> QuerySet[Any]:
    """Find submitted applications with their last step: `step`, `step_at`, `step_reason`."""
    latest = Event.objects.filter(
        subject_kind=Application._meta.label_lower, subject_id=OuterRef("pk"), action__in=_STEPS
    ).order_by("-at", "-pk")
    rows = _applications(today, Permission.APPLICATION_EXAMINE, "submitted")
    with_step: QuerySet[Any] = rows.annotate(
        step=Subquery(latest.values("action")[:1]),
        step_at=Subquery(latest.values("at")[:1]),
        step_reason=Subquery(latest.values("reason")[:1]),
    )
    return with_step


@only_with(Permission.REGISTER_WRITE)
def proposals(today: Today) -> Iterator[Work]:
    """Find homes' proposals to open, close or change units."""
    rows = today.office.rows(ChangeProposal, Permission.REGISTER_WRITE).filter(state="pending")
    return work_of(
        _("施設からの申出を確かめる"),
        rows.select_related("home", "unit").order_by("proposed_at"),
        lambda row: Line(
            f"{row.home} {row}",
            reverse("homes:accept_proposal", args=[today.code, row.pk]),
            today.since(row.proposed_at),
            row.reason,
        ),
        reverse("homes:homes", args=[today.code]),
    )


@only_with(Permission.APPLICATION_EXAMINE)
def with_homes(today: Today) -> Iterator[Work]:
    """Find applications that were returned and have not come again."""
    rows = _applications(today, Permission.APPLICATION_EXAMINE, "returned").filter(
        following__isnull=True
    )
    return work_of(
        _("差し戻して、施設の修正を待っている申請"),
        rows.order_by("applied_on", "pk"),
        lambda row: line_of(today, row, "application", row.applied_on),
        _queue(today, "returned"),
    )


@only_with(Permission.RETURN_SUBMIT, Permission.RETURN_DRAFT)
def draft_returns(today: Today) -> Iterator[Work]:
    """Find drafts of the forms: to finish for the officer, to submit for the approver."""
    submits = today.office.may(Permission.RETURN_SUBMIT)
    permission = Permission.RETURN_SUBMIT if submits else Permission.RETURN_DRAFT
    rows = today.office.rows(Return, permission).filter(state="draft")
    if submits:
        rows = rows.exclude(drafted_by=today.office.person)
    return work_of(
        _("国への報告を提出する") if submits else _("国への報告の案を仕上げる"),
        rows.order_by("drafted_at"),
        lambda row: Line(
            str(row),
            reverse("returns:detail", args=[today.code, row.pk]),
            today.since(row.drafted_at),
        ),
        reverse("returns:returns", args=[today.code]),
    )


@only_with(Permission.RETURN_DRAFT)
def questions(today: Today) -> Iterator[Work]:
    """Find the ministry's questions that have no answer."""
    rows = today.office.rows(Question, Permission.RETURN_DRAFT).filter(state="open")
    return work_of(
        _("国からの照会に回答する"),
        rows.order_by("asked_at"),
        lambda row: Line(
            str(row),
            reverse("returns:answer", args=[today.code, row.pk]),
            today.since(row.asked_at),
            row.text,
        ),
        reverse("returns:questions", args=[today.code]),
        urgent=True,
    )


@only_with(Permission.PLAN_PUBLISH)
def proposed_plan(today: Today) -> Iterator[Work]:
    """Find the plan that waits to be published; never to who proposed it."""
    rows = today.office.rows(PlanVersion, Permission.PLAN_PUBLISH).filter(state="proposed")
    row = rows.exclude(proposed_by=today.office.person).defer("snapshot", "figures").first()
    if row is not None:
        url = reverse("planning:version", args=[today.code, row.number])
        line = Line(str(row), url, today.since(row.proposed_at), row.note)
        yield Work(_("起案された計画を公表する"), 1, (line,), url, urgent=True)


@only_with(Permission.PLAN_WRITE)
def plan_sent_back(today: Today) -> Iterator[Work]:
    """Find the plan that an approver sent back, until another version is proposed."""
    rows = today.office.rows(PlanVersion, Permission.PLAN_WRITE)
    row = rows.order_by("-number").defer("snapshot", "figures").first()
    if row is not None and row.state == "sent_back":
        url = reverse("planning:version", args=[today.code, row.number])
        line = Line(str(row), url, today.since(row.decided_at), row.comment)
        help_text = _("計画を修正し、新しい版を起案します。")
        yield Work(_("決裁者から戻された計画を修正する"), 1, (line,), url, help_text, urgent=True)


@only_with(Permission.APPLICATION_DECIDE)
def proposed(today: Today) -> Iterator[Work]:
    """Find decisions to take; never those that the person proposed."""
    rows = _applications(today, Permission.APPLICATION_DECIDE, "proposed").exclude(
        proposed_by=today.office.person
    )
    return work_of(
        _("起案された決定を決裁する"),
        rows.order_by("proposed_at", "pk"),
        lambda row: line_of(today, row, "decide", row.proposed_at, row.proposal_reason),
        _queue(today, "proposed"),
        urgent=True,
    )


@only_with(Permission.SETTING_DECIDE)
def proposed_settings(today: Today) -> Iterator[Work]:
    """Find own values to decide on; never those that the person proposed."""
    rows = today.office.rows(SettingProposal, Permission.SETTING_DECIDE).filter(state="pending")
    return work_of(
        _("起案された自治体の値を決裁する"),
        rows.exclude(proposed_by=today.office.person).order_by("proposed_at", "pk"),
        lambda row: Line(
            str(row),
            reverse("office:accept", args=[today.code, row.pk]),
            today.since(row.proposed_at),
            row.reason,
        ),
        reverse("office:values", args=[today.code]),
        urgent=True,
    )


@only_with(Permission.APPLICATION_DECIDE)
def proposed_ends(today: Today) -> Iterator[Work]:
    """Find ends and changes to decide on; never those that the person proposed."""
    rows = _applications(today, Permission.APPLICATION_DECIDE, "certified").filter(
        end_proposed_at__isnull=False
    )
    rows = rows.exclude(end_proposed_by=today.office.person)
    return work_of(
        _("起案された終了・変更を決裁する"),
        rows.order_by("end_proposed_at", "pk"),
        lambda row: line_of(today, row, "end", row.end_proposed_at, row.end_proposal_reason),
        _queue(today, "certified"),
        urgent=True,
    )


@only_with(Permission.AUDIT_READ)
def events(today: Today) -> Iterator[Work]:
    """Show the auditor what was done last, and what is open."""
    since = clock.now() - dt.timedelta(days=EVENT_DAYS)
    log = Event.objects.filter(authority=today.office.authority, at__gte=since)
    yield Work(
        _("この%(n)s日間の記録を見る") % {"n": EVENT_DAYS},
        log.count(),
        tuple(
            Line(
                f"{colon(action_of(event))}{event.subject_name}",
                note=f"{wareki(event.at)} {event.actor_name}",
            )
            for event in log.order_by("-at", "-pk")[:EVENTS]
        ),
        reverse("trail:events", args=[today.code]),
    )
    rows = today.office.rows(Application, Permission.APPLICATION_READ)
    states = ("submitted", "proposed")
    counts = dict(rows.filter(state__in=states).values_list("state").annotate(Count("pk")))
    words = (_("審査を待っている申請"), _("決裁を待っている申請"))
    for state, title in zip(states, words, strict=True):
        if counts.get(state):
            yield Work(title, counts[state], (), _queue(today, state))


def _applications(today: Today, permission: Permission, state: str) -> QuerySet[Any]:
    rows = today.office.rows(Application, permission).filter(state=state)
    return rows.select_related("home", "unit")


def line_of(
    today: Today, row: Application, page: str, since: dt.date | None, note: str | None = ""
) -> Line:
    """Name an application with its home, and lead to one of its pages."""
    text = f"{row.home} {named(row)}" if row.unit else named(row)
    url = reverse(f"certification:{page}", args=[today.code, row.pk])
    return Line(text, url, today.since(since), note or "")


def _queue(today: Today, state: str) -> str:
    return reverse("certification:queue", args=[today.code]) + f"?state={state}"
