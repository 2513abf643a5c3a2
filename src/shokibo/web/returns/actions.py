"""What is done with returns: each function is one change, atomic and logged."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.answers import plain
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, add, add_all, change, note, people_who, remove
from shokibo.web.base import clock
from shokibo.web.base.clock import today
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import hold
from shokibo.web.returns.deadlines import deadline_of, statutory
from shokibo.web.returns.drawing import drawn
from shokibo.web.returns.figures import facts_of
from shokibo.web.returns.models import LaterDeadline, Return, ReturnFile
from shokibo.web.steps.frozen import canonical, digest


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
def submit(
    *,
    office: Office,
    drafted: Return,
    version: int,
    letter_number: str,
    letter_date: dt.date | None,
    left_blank: Collection[str] = (),
    seen: str | None = None,
) -> None:
    """Submit: freeze figures, notes and files with their digests. Never by who worked on it.

    `left_blank` names those of `letter_number` and `letter_date` that are blank on purpose.
    `seen` is what the page showed. Raises StaleError; ChangedSinceError where the figures are
    others now; RefusedError where something is missing or four eyes are not kept;
    UnprintableError where a name can't be printed.
    """
    _require(office, Permission.RETURN_SUBMIT)
    _still_a_draft(drafted)
    _hold_four_eyes(office, drafted)
    letter = {"letter_number": letter_number.strip(), "letter_date": letter_date}
    _hold_letter(letter, left_blank)
    for name, value in letter.items():
        setattr(drafted, name, value)
    form = drawn(office.authority, drafted.form, drafted.fiscal_year)
    hold(seen, facts_of(form.figures))
    due = deadline_of(office.authority, drafted.form, drafted.fiscal_year).due
    _hold_grounds(drafted, due)
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
            "submitted_at": clock.now(),
            "submitted_by": office.person,
            **letter,
            "figures": form.figures,
            "notes": plain(form.notes("ja")),
            "figures_sha256": digest(canonical(form.figures)),
        },
    )
    add_all(act, files)
    correction = form.correction(drafted)
    corrected = {correction.heading: "、".join(correction.lines)} if correction else {}
    note(act, drafted, {**corrected, **{file.name: file.sha256 for file in files}})


@transaction.atomic
def set_deadline(
    *, office: Office, form: int, year: int, version: int, day: dt.date | None, ground: str
) -> None:
    """Enter a later day with its ground, change it, or with None go back to the statutory one.

    `version` is that of the row that stands, 0 where there is none. Raises StaleError;
    RefusedError where the form was submitted, the day is no later, or the ground is missing.
    """
    _require(office, Permission.RETURN_DRAFT)
    of_form = {"authority": office.authority, "form": form, "fiscal_year": year}
    if Return.objects.filter(**of_form, state="submitted").exists():
        raise RefusedError(
            "提出した報告の期限は変えられません。",
            "The deadline of a form that was submitted can't be changed.",
        )
    standing = LaterDeadline.objects.filter(**of_form).first()
    if standing is not None and day is None:
        remove(Act(office.person, "return.deadline"), standing, version)
    elif day is not None:
        _hold_later(day, statutory(form, year), ground)
        _enter(office, standing, version, LaterDeadline(**of_form, day=day, ground=ground.strip()))


def _hold_later(day: dt.date, due: dt.date, ground: str) -> None:
    if day <= due:
        raise RefusedError(
            "要綱の期限より後の日を記入してください。",
            "Enter a day after that of the Notification.",
        )
    if not ground.strip():
        raise RefusedError(
            "延長の根拠がありません。国からの通知などを記入してください。",
            "The ground is missing: enter the ministry's notice or the like.",
        )


def _enter(
    office: Office, standing: LaterDeadline | None, version: int, entered: LaterDeadline
) -> None:
    act = Act(office.person, "return.deadline", entered.ground)
    entered.entered_by = office.person
    if standing is None:
        add(act, entered)
        return
    values = {"day": entered.day, "ground": entered.ground, "entered_by": office.person}
    change(act, standing, version, values)


def _hold_four_eyes(office: Office, drafted: Return) -> None:
    if worked_on(drafted, office.person):
        raise RefusedError(
            "自分が起案または記入した報告は提出できません。ほかの決裁者が提出してください。",
            "Who worked on a return can't submit it; another approver has to.",
        )


def worked_on(drafted: Return, person: Person) -> bool:
    """Tell whether a person drafted or edited a return."""
    return drafted.drafted_by_id == person.pk or person.pk in people_who(
        Return, [drafted.pk], ("return.edit",)
    )


_LETTER = {
    "letter_number": Text("文書番号", "number of the letter"),
    "letter_date": Text("文書の日付", "date of the letter"),
}


def _hold_letter(letter: Mapping[str, object], left_blank: Collection[str]) -> None:
    missing = [
        _LETTER[name] for name, value in letter.items() if not value and name not in left_blank
    ]
    if missing:
        raise RefusedError(
            f"{'と'.join(name.ja for name in missing)}が空欄です。記入するか、"
            "空欄のまま提出することを選んでください。",
            f"Blank: {', '.join(name.en for name in missing)}. Fill it in, or choose to leave it "
            "blank.",
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
        raise PermissionDenied(permission)
