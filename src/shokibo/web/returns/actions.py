"""The steps of a return: drafted, filled in, submitted; and later deadlines."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from shokibo.answers import plain
from shokibo.calendar import fiscal_year_label
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, add, add_all, change, note, people_who, remove
from shokibo.web.base import clock
from shokibo.web.base.clock import today
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts
from shokibo.web.returns.deadlines import deadline_of, statutory
from shokibo.web.returns.drawing import Drawn, drawn
from shokibo.web.returns.figures import facts_of
from shokibo.web.returns.models import LaterDeadline, Return, ReturnFile
from shokibo.web.steps.frozen import canonical, digest
from shokibo.web.steps.step import NEW, Process, Step, Taking
from shokibo.web.steps.taking import take

_LETTER = {
    "letter_number": Text("文書番号", "number of the letter"),
    "letter_date": Text("文書の日付", "date of the letter"),
}


def _no_draft_is_there(taking: Taking[Return]) -> None:
    if _editions(taking.row).filter(state="draft").exists():
        raise RefusedError("作成中の案が、もうあります。", "There is a draft already.")


def _editions(row: Return) -> QuerySet[Return]:
    return Return.objects.filter(
        authority=row.authority, form=row.form, fiscal_year=row.fiscal_year
    )


def _letter_is_filled_in(taking: Taking[Return]) -> None:
    left_blank = taking.given.get("left_blank", ())
    missing = [
        words
        for name, words in _LETTER.items()
        if not taking.value(name) and name not in left_blank
    ]
    if missing:
        raise RefusedError(
            f"{'と'.join(name.ja for name in missing)}が空欄です。記入するか、"
            "空欄のまま提出することを選んでください。",
            f"Blank: {', '.join(name.en for name in missing)}. Fill it in, or choose to leave it "
            "blank.",
        )


def _grounds_are_given(taking: Taking[Return]) -> None:
    row = taking.row
    if row.previous_id and not row.remark.strip():
        raise RefusedError(
            "訂正の理由がありません。担当者が「訂正の理由・備考」を記入してから提出してください。",
            "A correction needs its reason; the officer has to fill it in first.",
        )
    due = deadline_of(row.authority, row.form, row.fiscal_year).due
    if today() > due and not row.previous_id and not row.late_ground.strip():
        raise RefusedError(
            "期限を過ぎています。担当者が「期限を過ぎる根拠」を記入してから提出してください。",
            "The deadline has passed; the officer has to enter the ground for it first.",
        )


def workers_on(row: Return) -> set[int]:
    """Give everybody who drafted or edited a return."""
    return {row.drafted_by_id, *people_who(Return, [row.pk], ("return.edit",))}


def _as_drawn(row: Return) -> Drawn:
    return drawn(row.authority, row.form, row.fiscal_year)


def shown(row: Return) -> Facts:
    """Give what a submission rests on: the figures of now."""
    return facts_of(_as_drawn(row).figures)


def _frozen(taking: Taking[Return]) -> Mapping[str, Any]:
    form = _as_drawn(taking.row)
    return {
        "submitted_at": clock.now(),
        "submitted_by": taking.office.person,
        "letter_number": taking.given["letter_number"].strip(),
        "letter_date": taking.given["letter_date"],
        "figures": form.figures,
        "notes": plain(form.notes("ja")),
        "figures_sha256": digest(canonical(form.figures)),
    }


def _freeze(taking: Taking[Return]) -> None:
    """Keep the files with their digests."""
    row = taking.row
    form = _as_drawn(row)
    files = ReturnFile.of_contents(row, form.files(row))
    add_all(taking.act, files)
    correction = form.correction(row)
    corrected = {correction.heading: "、".join(correction.lines)} if correction else {}
    note(taking.act, row, {**corrected, **{file.name: file.sha256 for file in files}})


PROCESS = Process(
    Return,
    {"draft": "作成中", "submitted": "提出済み"},
    lambda row: Text(
        f"様式{row.form}({fiscal_year_label(row.fiscal_year)})第{row.edition}版",
        f"form {row.form} of FY{row.fiscal_year}, edition {row.edition},",
    ),
)
DRAFT = Step(
    PROCESS,
    Text("起案する", "Draft"),
    "return.draft",
    Permission.RETURN_DRAFT,
    (NEW,),
    "draft",
    (_no_draft_is_there,),
)
CORRECT = replace(DRAFT, name=Text("訂正を起案する", "Correct"), action="return.correct")
EDIT = Step(
    PROCESS,
    Text("直す", "Edit"),
    "return.edit",
    Permission.RETURN_DRAFT,
    ("draft",),
    "draft",
)
DISCARD = Step(
    PROCESS,
    Text("案を捨てる", "Discard the draft"),
    "return.discard",
    Permission.RETURN_DRAFT,
    ("draft",),
    None,
)
SUBMIT = Step(
    PROCESS,
    Text("提出する", "Submit"),
    "return.submit",
    Permission.RETURN_SUBMIT,
    ("draft",),
    "submitted",
    (_letter_is_filled_in, _grounds_are_given),
    never_by=(
        (
            workers_on,
            Text(
                "自分が起案または記入した報告は提出できません。ほかの決裁者が提出してください。",
                "Who worked on a return can't submit it; another approver has to.",
            ),
        ),
    ),
    facts=shown,
    because=lambda taking: taking.row.remark,
    values=_frozen,
    more=_freeze,
)


def draft(*, office: Office, form: int, year: int) -> Return:
    """Draft a form, or the correction of the one that was submitted last. Raises as `take`."""
    row = Return(authority=office.authority, form=form, fiscal_year=year, drafted_by=office.person)
    row.previous = _editions(row).order_by("-edition").first()
    row.edition = row.previous.edition + 1 if row.previous else 1
    return take(CORRECT if row.previous else DRAFT, office=office, row=row)


@transaction.atomic
def set_deadline(
    *, office: Office, form: int, year: int, version: int, day: dt.date | None, ground: str
) -> None:
    """Enter a later day with its ground, change it, or with None go back to the statutory one.

    `version` is that of the row that stands, 0 where there is none. Raises StaleError;
    RefusedError where the form was submitted, the day is no later, or the ground is missing.
    """
    if not office.may(Permission.RETURN_DRAFT):
        raise PermissionDenied(Permission.RETURN_DRAFT)
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
