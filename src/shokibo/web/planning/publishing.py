"""How a version of the plan comes about: proposed, then published, sent back or taken back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Subquery

from shokibo.documents.drawing.printable import UnprintableError
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import Act, StaleError, add, add_all, change, note
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts, hold
from shokibo.web.planning import versions
from shokibo.web.planning.models import PlanFile, PlanVersion
from shokibo.web.planning.versions import FORMATS, Contents
from shokibo.web.register.models import Authority
from shokibo.web.returns.drawing import digest


@dataclass(frozen=True)
class Step:
    """What may become of a proposed version: who may do it, what it asks for, how it is logged."""

    name: Text
    action: str
    target: str
    permission: Permission
    by_another: bool = False
    with_reason: bool = False


PUBLISH = Step(
    Text("公表する", "Publish"),
    "plan.publish",
    "published",
    Permission.PLAN_PUBLISH,
    by_another=True,
)
SEND_BACK = Step(
    Text("担当者に戻す", "Send back"),
    "plan.send_back",
    "sent_back",
    Permission.PLAN_PUBLISH,
    with_reason=True,
)
TAKE_BACK = Step(
    Text("起案を取り消す", "Take back"), "plan.take_back", "taken_back", Permission.PLAN_WRITE
)
_WORK = ("plan.add", "plan.change", "plan.remove")
STEPS = {"publish": PUBLISH, "send_back": SEND_BACK, "take_back": TAKE_BACK}
"""Every step from a proposal; a version that took one never changes again."""


def propose(*, office: Office, note: str, seen: str | None = None) -> PlanVersion:
    """Freeze what stands now as a new version, with what changed in it.

    `seen` is what the page showed. Raises PermissionDenied; ChangedSinceError where the plan is
    another now; RefusedError where it can't be published or another proposal is open.
    """
    if not office.may(Permission.PLAN_WRITE):
        raise PermissionDenied
    contents = Contents.of_draft(office.authority)
    _draw(contents, ["pdf"])
    hold(seen, contents.facts)
    return _proposed(office, note, contents)


def _draw(contents: Contents, kinds: Iterable[str]) -> dict[str, bytes]:
    """Draw documents by kind. Raises RefusedError with all that is wrong with the contents."""
    hindrances = contents.hindrances()
    if not hindrances:
        try:
            return {kind: contents.file(kind) for kind in kinds}
        except UnprintableError as error:
            hindrances = [Text(error.message("ja"), error.message("en"))]
    raise RefusedError(
        "このままでは公表できません。" + "".join(one.ja for one in hindrances),
        "It can't be published. " + " ".join(one.en for one in hindrances),
    )


@transaction.atomic
def _proposed(office: Office, note: str, contents: Contents) -> PlanVersion:
    # one after the other, so that numbers follow each other and one proposal is open
    Authority.objects.select_for_update(no_key=True).get(pk=office.authority.pk)
    earlier = PlanVersion.objects.filter(authority=office.authority)
    open_one = earlier.filter(state="proposed").defer("snapshot", "figures").first()
    if open_one is not None:
        raise RefusedError(
            f"第{open_one.number}版が起案中です。決裁されるか取り消されてから起案してください。",
            f"Version {open_one.number} is proposed; wait for it, or take it back.",
        )
    made = PlanVersion(
        authority=office.authority,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        note=note,
        snapshot=contents.snapshot,
        figures=contents.figures,
        sha256=contents.sha256,
        proposed_by=office.person,
    )
    add(Act(office.person, "plan.propose", note), made)
    return made


def facts_of(proposed: PlanVersion) -> Facts:
    """Give what the pages show of a version, and all that it holds."""
    return {
        "版": f"第{proposed.number}版",
        "変更の内容": proposed.note,
        "起案": proposed.proposed_by.name,
        **versions.facts_of(proposed.snapshot, proposed.figures),
    }


def publish(
    *,
    office: Office,
    proposed: PlanVersion,
    version: int,
    comment: str = "",
    seen: str | None = None,
) -> None:
    """Publish a version: its documents are frozen with their digests. Never by who proposed it.

    Of every step `seen` is what its page showed. Raises PermissionDenied, StaleError,
    ChangedSinceError, RefusedError.
    """
    _admit(PUBLISH, office, proposed, version, comment)
    contents = Contents.of_version(proposed)  # never changes, so it is drawn before any lock
    stem = f"plan-{office.authority.code}-{proposed.number}"
    drawn = {f"{stem}.{kind}": file for kind, file in _draw(contents, FORMATS).items()}
    if contents.sha256 != proposed.sha256:
        raise RefusedError(
            "この版の数値は、起案したときと計算の結果が違うので、公表できません。"
            "担当者に戻し、担当者がもう一度起案してください。",
            "Its figures come out otherwise than when it was proposed. Send it back to be proposed "
            "again.",
        )
    with transaction.atomic():
        _take(PUBLISH, office, proposed, version, comment, seen)
        files = [
            PlanFile(of=proposed, name=name, content=content, sha256=digest(content))
            for name, content in drawn.items()
        ]
        act = Act(office.person, PUBLISH.action, comment)
        add_all(act, files)
        note(act, proposed, {file.name: file.sha256 for file in files})


@transaction.atomic
def send_back(
    *, office: Office, proposed: PlanVersion, version: int, comment: str, seen: str | None = None
) -> None:
    """Send a version back to the officer. Raises as `publish`."""
    _take(SEND_BACK, office, proposed, version, comment, seen)


@transaction.atomic
def take_back(
    *,
    office: Office,
    proposed: PlanVersion,
    version: int,
    comment: str = "",
    seen: str | None = None,
) -> None:
    """Take a proposal back. Raises as `publish`."""
    _take(TAKE_BACK, office, proposed, version, comment, seen)


def _take(
    step: Step,
    office: Office,
    proposed: PlanVersion,
    version: int,
    comment: str,
    seen: str | None,
) -> None:
    locked = PlanVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=proposed.pk)
    _admit(step, office, locked, version, comment)
    hold(seen, facts_of(locked))
    change(
        Act(office.person, step.action, comment),
        proposed,
        version,
        {
            "state": step.target,
            "decided_at": clock.now(),
            "decided_by": office.person,
            "comment": comment,
        },
    )


def _admit(step: Step, office: Office, row: PlanVersion, version: int, comment: str) -> None:
    if not office.may(step.permission):
        raise PermissionDenied
    if row.version != version:
        raise StaleError(row)
    if row.state != "proposed":
        raise RefusedError(
            f"第{row.number}版は「{row.get_state_display()}」です。起案中の版だけを処理できます。",
            f"Version {row.number} is {row.state}; only a proposed one can be acted on.",
        )
    if step.by_another:
        _hold_four_eyes(office, row)
    if step.with_reason and not comment.strip():
        raise RefusedError("理由を記入してください。", "Say why.")


def _hold_four_eyes(office: Office, row: PlanVersion) -> None:
    if row.proposed_by_id == office.person.pk:
        raise RefusedError(
            "自分が起案した計画は公表できません。ほかの決裁者が公表してください。",
            "Who proposed a plan can't publish it; another approver has to.",
        )
    if worked_on(row, office.person):
        raise RefusedError(
            "自分が記入または変更した計画は公表できません。ほかの決裁者が公表してください。",
            "Who worked on a plan can't publish it; another approver has to.",
        )


def worked_on(row: PlanVersion, person: Person) -> bool:
    """Tell whether a person changed the plan between the version before and this one."""
    log = Event.objects.filter(authority=row.authority_id)
    this = log.filter(subject_kind=row._meta.label_lower, subject_id=row.pk, action="plan.propose")
    before = log.filter(action=PUBLISH.action, pk__lt=Subquery(this.values("pk")[:1]))
    first = before.aggregate(last=Max("pk"))["last"] or 0
    return log.filter(
        actor=person, action__in=_WORK, pk__gt=first, pk__lt=Subquery(this.values("pk")[:1])
    ).exists()
