"""What is done with returns: each function is one change, atomic and logged."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, add, add_all, change, note, remove
from shokibo.web.look.clock import today
from shokibo.web.refusal import RefusedError
from shokibo.web.returns.drawing import canonical, digest, drawn
from shokibo.web.returns.models import Return, ReturnFile


@transaction.atomic
def draft(*, office: Office, form: int, year: int) -> Return:
    """Draft a form, or the correction of the one that was submitted last.

    Raises RefusedError where a draft is there already.
    """
    _require(office, Permission.RETURN_DRAFT)
    chain = Return.objects.select_for_update().filter(
        authority=office.authority, form=form, fiscal_year=year
    )
    if chain.filter(state="draft").exists():
        raise RefusedError("作成中の案が、もうあります。", "There is a draft already.")
    previous = chain.order_by("-edition").first()
    made = Return(
        authority=office.authority,
        form=form,
        fiscal_year=year,
        edition=previous.edition + 1 if previous else 1,
        previous=previous,
        drafted_by=office.person,
    )
    add(Act(office.person, "return.correct" if previous else "return.draft"), made)
    return made


@transaction.atomic
def edit(
    *,
    office: Office,
    drafted: Return,
    version: int,
    letter_number: str,
    letter_date: dt.date | None,
    remark: str,
    late_ground: str,
) -> None:
    """Fill in what the letter says. Raises StaleError, RefusedError once it is submitted."""
    _require(office, Permission.RETURN_DRAFT)
    _still_a_draft(drafted)
    values = {
        "letter_number": letter_number,
        "letter_date": letter_date,
        "remark": remark,
        "late_ground": late_ground,
    }
    change(Act(office.person, "return.edit"), drafted, version, values)


@transaction.atomic
def discard(*, office: Office, drafted: Return, version: int) -> None:
    """Throw a draft away. Raises StaleError, RefusedError once it is submitted."""
    _require(office, Permission.RETURN_DRAFT)
    _still_a_draft(drafted)
    remove(Act(office.person, "return.discard"), drafted, version)


@transaction.atomic
def submit(*, office: Office, drafted: Return, version: int) -> None:
    """Submit: freeze figures and files with their digests. Never by who drafted it.

    Raises StaleError; RefusedError where something is missing or four eyes are not kept;
    MissingCharacterError where a name can't be printed.
    """
    _require(office, Permission.RETURN_SUBMIT)
    _still_a_draft(drafted)
    _hold_four_eyes(office, drafted)
    form = drawn(office.authority, drafted.form, drafted.fiscal_year)
    _hold_grounds(drafted, form.period.deadline)
    act = Act(office.person, "return.submit", drafted.remark)
    files = [
        ReturnFile(of=drafted, name=name, content=content, sha256=digest(content))
        for name, content in form.files(drafted).items()
    ]
    change(
        act,
        drafted,
        version,
        {
            "state": "submitted",
            "submitted_at": timezone.now(),
            "submitted_by": office.person,
            "figures": form.figures,
            "figures_sha256": digest(canonical(form.figures)),
        },
    )
    add_all(act, files)
    note(act, drafted, {file.name: file.sha256 for file in files})


def _hold_four_eyes(office: Office, drafted: Return) -> None:
    if drafted.drafted_by_id == office.person.pk:
        raise RefusedError(
            "自分が起案した報告は提出できません。ほかの決裁者が提出してください。",
            "Who drafted a return can't submit it; another approver has to.",
        )


def _hold_grounds(drafted: Return, deadline: dt.date) -> None:
    if drafted.previous_id and not drafted.remark.strip():
        raise RefusedError(
            "訂正の理由がありません。担当者が「訂正の理由・備考」を記入してから提出してください。",
            "A correction needs its reason; the officer has to fill it in first.",
        )
    late = today() > deadline and not drafted.previous_id
    if late and not drafted.late_ground.strip():
        raise RefusedError(
            "期限を過ぎています。担当者が「期限を過ぎる根拠」を記入してから提出してください。",
            "The deadline has passed; the officer has to enter the ground for it first.",
        )


def _still_a_draft(drafted: Return) -> None:
    if drafted.state != "draft":
        raise RefusedError(
            "提出した報告は変えられません。訂正を起案してください。",
            "What was submitted can't be changed; draft a correction.",
        )


def _require(office: Office, permission: Permission) -> None:
    if not office.may(permission):
        raise PermissionError(permission)
