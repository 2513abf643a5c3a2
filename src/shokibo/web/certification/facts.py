"""What the pages of steps show of an application, and who worked on it."""

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import translation

from shokibo.calendar import era_date, era_month
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import people_who
from shokibo.web.base.seen import Facts
from shokibo.web.certification.judgement import Asked, Judgement, judge_one
from shokibo.web.certification.models import Application, Evidence

WITHOUT_CONTENT = Prefetch("evidence", Evidence.objects.defer("content"))
_WORK = (
    "application.draft",
    "application.edit",
    "application.evidence",
    "application.detach",
    "application.revise",
    "application.submit",
)
_ELIGIBLE = {True: "可", False: "不可", None: "判定保留(資料不足)"}


def facts_of(application: Application) -> Facts:
    """Return what the page of a step shows: the application and its files."""
    prefetch_related_objects([application], WITHOUT_CONTENT)
    files = "、".join(f"{file.name}({file.sha256[:8]})" for file in application.evidence.all())
    ending = {}
    if application.end_proposed_on is not None:
        ending = {
            "終了日の起案": era_date(application.end_proposed_on),
            "変更後の加配数": str(application.end_proposed_extra or "—"),
            "終了の起案の理由": application.end_proposal_reason or "—",
        }
    with translation.override("ja"):
        return {
            "加算": application.get_addon_display(),
            "生活単位": str(application.unit or "—"),
            "適用開始月": era_month(application.start_month),
            "申請加配数": str(application.requested_extra or "—"),
            "根拠資料": files or "—",
            "起案": application.get_proposal_display() or "—",
            "起案の加配数": str(application.proposed_extra or "—"),
            "起案の理由": application.proposal_reason or "—",
            **ending,
        }


def judged_facts(application: Application, judgement: Judgement | None = None) -> Facts:
    """Return the same with the judgement."""
    if judgement is None:
        judgement = judge_one(application.authority, Asked.by(application))
    reasons = judgement.reasons_by_language.get("ja", [])
    return {
        **facts_of(application),
        "判定": _ELIGIBLE[judgement.eligible],
        "加配できる数": str(judgement.available if judgement.available is not None else "—"),
        **{f"判定の理由{n}": reason.message for n, reason in enumerate(reasons, 1)},
    }


def changed_facts(application: Application, judgement: Judgement | None = None) -> Facts:
    """Return the facts of a change, judged on the first day after the proposed end."""
    if judgement is None:
        judgement = judge_change(application)
    return judged_facts(application, judgement)


def judge_change(application: Application) -> Judgement:
    """Judge a proposed change on its first day."""
    asked = Asked.from_day(application, application.changes_on)
    return judge_one(application.authority, asked)


def submission_reason(application: Application) -> str:
    """Return the submission's reason for asking for more than was available."""
    submissions = Event.objects.filter(
        subject_kind=Application._meta.label_lower,
        subject_id=application.pk,
        action="application.submit",
    )
    return submissions.order_by("pk").values_list("reason", flat=True).last() or ""


def workers_on(application: Application) -> set[int]:
    """Return everybody who filled in, changed, documented or submitted any version of it."""
    versions, row = [application.pk], application
    while row.previous is not None:
        row = row.previous
        versions.append(row.pk)
    return people_who(Application, versions, _WORK)
