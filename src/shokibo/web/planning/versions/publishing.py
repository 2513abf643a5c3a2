"""How a version of the plan comes about: proposed, then published, sent back or taken back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max, Subquery

from shokibo.documents.drawing.printable import UnprintableError
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import add_all, note
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts
from shokibo.web.planning.contents import FORMATS, Contents, plan_facts
from shokibo.web.planning.models import VERSION_STATES, PlanFile, PlanVersion
from shokibo.web.steps.step import NEW, Process, Step, Taking
from shokibo.web.steps.taking import take

_WORK = ("plan.add", "plan.change", "plan.remove")


def facts_of(proposed: PlanVersion) -> Facts:
    """Return what the pages show of a version, and all that it holds."""
    return {
        "版": f"第{proposed.number}版",
        "変更の内容": proposed.note,
        "起案": proposed.proposed_by.name,
        **plan_facts(proposed.snapshot, proposed.figures),
    }


def _no_other_is_open(taking: Taking[PlanVersion]) -> None:
    earlier = PlanVersion.objects.filter(authority=taking.row.authority, state="proposed")
    open_one = earlier.defer("snapshot", "figures").first()
    if open_one is not None:
        raise RefusedError(
            f"第{open_one.number}版が起案中です。決裁されるか取り消されてから起案してください。",
            f"Version {open_one.number} is proposed; wait for it, or take it back.",
        )


def _numbered(taking: Taking[PlanVersion]) -> Mapping[str, Any]:
    earlier = PlanVersion.objects.filter(authority=taking.row.authority)
    return {
        "number": (earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        "note": taking.reason,
        "proposed_by": taking.office.person,
    }


def _decided(taking: Taking[PlanVersion]) -> Mapping[str, Any]:
    return {
        "decided_at": clock.now(),
        "decided_by": taking.office.person,
        "comment": taking.reason,
    }


def _drawn(contents: Contents, kinds: Iterable[str]) -> dict[str, bytes]:
    """Draw documents by kind. Raises RefusedError with all that is wrong with the contents."""
    blockers = contents.blockers()
    if not blockers:
        try:
            return {kind: contents.file(kind) for kind in kinds}
        except UnprintableError as error:
            blockers = [Text(error.message("ja"), error.message("en"))]
    raise RefusedError(
        "このままでは公表できません。" + "".join(one.ja for one in blockers),
        "It can't be published. " + " ".join(one.en for one in blockers),
    )


def _documents(row: PlanVersion) -> Mapping[str, Any]:
    contents = Contents.of_version(row)
    drawn = _drawn(contents, FORMATS)
    if contents.sha256 != row.sha256:
        raise RefusedError(
            "この版の数値は、起案したときと計算の結果が違うので、公表できません。"
            "担当者に戻し、担当者がもう一度起案してください。",
            "Its figures come out otherwise than when it was proposed. Send it back to be proposed "
            "again.",
        )
    stem = f"plan-{row.authority.code}-{row.number}"
    return {"documents": {f"{stem}.{kind}": content for kind, content in drawn.items()}}


def _freeze(taking: Taking[PlanVersion]) -> None:
    row = taking.row
    files = PlanFile.of_contents(row, taking.given["documents"])
    add_all(taking.act, files)
    note(taking.act, row, {file.name: file.sha256 for file in files})


def workers_on(row: PlanVersion) -> set[int | None]:
    """Return everybody who changed the plan between the version before and this one."""
    log = Event.objects.filter(authority=row.authority_id)
    this = log.filter(subject_kind=row._meta.label_lower, subject_id=row.pk, action="plan.propose")
    before = log.filter(action=PUBLISH.action, pk__lt=Subquery(this.values("pk")[:1]))
    first = before.aggregate(last=Max("pk"))["last"] or 0
    work = log.filter(action__in=_WORK, pk__gt=first, pk__lt=Subquery(this.values("pk")[:1]))
    return set(work.values_list("actor", flat=True))


PROCESS = Process(
    PlanVersion,
    VERSION_STATES,
    lambda row: Text(f"第{row.number}版", f"version {row.number}"),
)
PROPOSE = Step(
    PROCESS,
    Text("起案する", "Propose"),
    "plan.propose",
    Permission.PLAN_WRITE,
    (NEW,),
    "proposed",
    (_no_other_is_open,),
    facts=lambda row: plan_facts(row.snapshot, row.figures),
    values=_numbered,
)
PUBLISH = Step(
    PROCESS,
    Text("公表する", "Publish"),
    "plan.publish",
    Permission.PLAN_PUBLISH,
    ("proposed",),
    "published",
    never_by=(
        (
            lambda row: (row.proposed_by_id,),
            Text(
                "自分が起案した計画は公表できません。ほかの決裁者が公表してください。",
                "Who proposed a plan can't publish it; another approver has to.",
            ),
        ),
        (
            workers_on,
            Text(
                "自分が記入または変更した計画は公表できません。ほかの決裁者が公表してください。",
                "Who worked on a plan can't publish it; another approver has to.",
            ),
        ),
    ),
    reason="optional",
    facts=facts_of,
    prepare=_documents,
    values=_decided,
    more=_freeze,
)
SEND_BACK = Step(
    PROCESS,
    Text("担当者に戻す", "Send back"),
    "plan.send_back",
    Permission.PLAN_PUBLISH,
    ("proposed",),
    "sent_back",
    reason="required",
    facts=facts_of,
    values=_decided,
)
TAKE_BACK = Step(
    PROCESS,
    Text("起案を取り消す", "Take back"),
    "plan.take_back",
    Permission.PLAN_WRITE,
    ("proposed",),
    "taken_back",
    reason="optional",
    facts=facts_of,
    values=_decided,
)


def propose(*, office: Office, note: str, seen: str | None = None) -> PlanVersion:
    """Freeze the draft as a new version, with what changed in it.

    Raises as `take`; RefusedError where it can't be published or another proposal is open.
    """
    contents = Contents.of_draft(office.authority)
    _drawn(contents, ["pdf"])
    row = PlanVersion(
        authority=office.authority,
        snapshot=contents.snapshot,
        figures=contents.figures,
        sha256=contents.sha256,
    )
    return take(PROPOSE, office=office, row=row, reason=note, seen=seen)
