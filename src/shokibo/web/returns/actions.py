"""The steps of a return: draft, edit, submit; later deadlines."""

import datetime as dt
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from shokibo.answers import plain
from shokibo.calendar import era_date, fiscal_year_label
from shokibo.returns.filed.answer import questions
from shokibo.texts import Text
from shokibo.web.accounts.access import Access, Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, add, add_all, change, note, people_who, remove
from shokibo.web.base import clock
from shokibo.web.base.clock import today
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts
from shokibo.web.register.models import Authority
from shokibo.web.returns.deadlines import deadline_of, is_awaited, statutory
from shokibo.web.returns.drawing import drawn
from shokibo.web.returns.figures import facts_of
from shokibo.web.returns.models import LaterDeadline, PaperReturn, Return, ReturnFile
from shokibo.web.steps.frozen import canonical, digest
from shokibo.web.steps.step import NEW, Process, Step, Taking
from shokibo.web.steps.taking import take

_LETTER = {
    "letter_number": Text("文書番号", "number of the letter"),
    "letter_date": Text("文書の日付", "date of the letter"),
}


def _no_draft_exists(taking: Taking[Return]) -> None:
    if _editions(taking.row).filter(state="draft").exists():
        raise RefusedError("作成中の案が、もうあります。", "There is a draft already.")


def _editions(row: Return) -> QuerySet[Return]:
    return Return.objects.filter(
        authority=row.authority, form=row.form, fiscal_year=row.fiscal_year
    )


def _may_be_submitted(taking: Taking[Return]) -> None:
    """Refuse an incomplete letter, a correction without reason, and lateness without ground."""
    row = taking.row
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


def _is_explained(taking: Taking[Return]) -> None:
    """Refuse questions of the ministry that are not explained, each by kind and words."""
    row = taking.row
    asked = drawn(row.authority, row.form, row.fiscal_year).questions
    given = taking.given.get("explanations", ())
    if len(given) != len(asked) or not all(one["words"].strip() for one in given):
        raise RefusedError(
            f"国が尋ねることが{len(asked)}件あります。訂正するか、一つずつ説明を記入してください。",
            f"The ministry will ask about {len(asked)}; correct it, or explain each.",
        )


def _not_on_paper(taking: Taking[Return]) -> None:
    row = taking.row
    paper = deadline_of(row.authority, row.form, row.fiscal_year).paper
    if paper is not None:
        raise RefusedError(
            f"この報告は、{era_date(paper.day)}に紙で提出済みです。"
            "ここから提出するときは、紙で提出した日を空欄に戻してください。",
            f"This form was sent on paper on {paper.day}; take that mark away first.",
        )


def workers_on(row: Return) -> set[int]:
    """Return the keys of everybody who drafted or edited a return."""
    return {row.drafted_by_id, *people_who(Return, [row.pk], ("return.edit",))}


def shown(row: Return) -> Facts:
    """Return what a submission is based on: today's figures, and what the ministry will ask."""
    form = drawn(row.authority, row.form, row.fiscal_year)
    asked = [question.message("ja") for question in form.questions]
    return {
        **facts_of(form.figures),
        **{f"国が尋ねること{n}": one for n, one in enumerate(asked, 1)},
    }


def _submit(taking: Taking[Return]) -> Return:
    """Freeze figures, notes, and files with their digests, all of one drawing."""
    row = taking.row
    form = drawn(row.authority, row.form, row.fiscal_year)
    figures = plain(form.figures)
    values = {
        "submitted_at": clock.now(),
        "submitted_by": taking.office.person,
        **taking.values,
        "figures": figures,
        "notes": plain(form.notes("ja")),
        "questions": [
            {**plain(asked), "message_en": asked_en.message, **explanation}
            for asked, asked_en, explanation in zip(
                questions(form.questions, "ja"),
                questions(form.questions, "en"),
                taking.given.get("explanations", ()),
                strict=True,
            )
        ],
        "figures_sha256": digest(canonical(figures)),
        "state": "submitted",
    }
    change(taking.act, row, row.version, values)
    files = ReturnFile.of_contents(row, form.files(row))
    add_all(taking.act, files)
    correction = form.correction(row)
    corrected = {correction.heading: "、".join(correction.lines)} if correction else {}
    note(taking.act, row, {**corrected, **{file.name: file.sha256 for file in files}})
    return row


PROCESS = Process(
    Return,
    {"draft": "作成中", "submitted": "提出済み"},
    lambda row: Text(
        f"様式{row.form}({fiscal_year_label(row.fiscal_year)})"
        + (f"訂正{row.edition - 1}回目" if row.edition > 1 else ""),
        f"form {row.form} of FY{row.fiscal_year}"
        + (f", correction {row.edition - 1}," if row.edition > 1 else ""),
    ),
)
DRAFT = Step(
    PROCESS,
    Text("起案する", "Draft"),
    "return.draft",
    Permission.RETURN_DRAFT,
    (NEW,),
    "draft",
    (_no_draft_exists, _not_on_paper),
)
CORRECT = replace(DRAFT, name=Text("訂正を起案する", "Correct"), action="return.correct")
EDIT = Step(
    PROCESS,
    Text("修正", "Edit"),
    "return.edit",
    Permission.RETURN_DRAFT,
    ("draft",),
    "draft",
)
DISCARD = Step(
    PROCESS,
    Text("案を破棄する", "Discard the draft"),
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
    (_may_be_submitted, _is_explained),
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
    values=lambda taking: {
        "letter_number": taking.given["letter_number"].strip(),
        "letter_date": taking.given["letter_date"],
    },
    write=_submit,
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
    """Enter or change a later day with its ground; None returns to the statutory one.

    `version` is that of the stored row, 0 if there is none. Raises StaleError; RefusedError where
    the form was submitted, the day is no later, or past next year's own deadline, or the ground is
    missing.
    """
    if not office.may(Permission.RETURN_DRAFT):
        raise PermissionDenied(Permission.RETURN_DRAFT)
    of_form = {"authority": office.authority, "form": form, "fiscal_year": year}
    if Return.objects.filter(**of_form, state="submitted").exists():
        raise RefusedError(
            "提出した報告の期限は変えられません。",
            "The deadline of a form that was submitted can't be changed.",
        )
    stored = LaterDeadline.objects.filter(**of_form).first()
    act = Act(office.person, "return.deadline", ground.strip() if day else "")
    if day is None:
        if stored is not None:
            remove(act, stored, version)
        return
    _refuse_other_days(form, year, day)
    if not act.reason:
        raise RefusedError(
            "延長の根拠がありません。国からの通知などを記入してください。",
            "The ground is missing: enter the ministry's notice or the like.",
        )
    values = {"day": day, "ground": act.reason, "entered_by": office.person}
    if stored is None:
        add(act, LaterDeadline(**of_form, **values))
    else:
        change(act, stored, version, values)


def _refuse_other_days(form: int, year: int, day: dt.date) -> None:
    """Refuse a day that is no later than the form is due, or later than that of the next year."""
    if day <= statutory(form, year):
        raise RefusedError(
            "要綱の期限より後の日を記入してください。",
            "Enter a day after that of the Notification.",
        )
    if day > (last := statutory(form, year + 1)):
        raise RefusedError(
            f"次の年度の報告の期限({era_date(last)})までの日を記入してください。",
            f"Enter a day not after {last}, when the next year's form is due.",
        )


@transaction.atomic
def mark_paper(
    *,
    access: Access,
    authority: Authority,
    form: int,
    year: int,
    version: int,
    day: dt.date | None,
) -> None:
    """Mark a form as sent on paper on a day, change the day, or with None remove the mark.

    `version` is that of the stored row, 0 if there is none. Raises StaleError; RefusedError if the
    form is expected in the system, or already in it.
    """
    if not may_mark_paper(access, authority):
        raise PermissionDenied(Permission.RETURN_MARK_PAPER)
    of_form = {"authority": authority, "form": form, "fiscal_year": year}
    stored = PaperReturn.objects.filter(**of_form).first()
    act = Act(access.person, "return.paper")
    if day is None:
        if stored is not None:
            remove(act, stored, version)
        return
    if is_awaited(authority, year):
        raise RefusedError(
            "紙で提出済みにできるのは、報告開始年度より前の年度の報告だけです。"
            "「自治体の値」で報告開始年度を確かめてください。",
            "Only a form of a year before the first one reported from here can be marked so; look "
            "at that year among the own values.",
        )
    if Return.objects.filter(**of_form).exists():
        raise RefusedError(
            "この報告は、ここで起案又は提出しています。",
            "This form was drafted or submitted here.",
        )
    values = {"day": day, "entered_by": access.person}
    if stored is None:
        add(act, PaperReturn(**of_form, **values))
    else:
        change(act, stored, version, values)


def may_mark_paper(access: Access, authority: Authority) -> bool:
    """Whether a person may mark an authority's forms as sent on paper."""
    return any(
        membership.kind.scope == "nation" or membership.authority_id == authority.pk
        for membership in access.holding(Permission.RETURN_MARK_PAPER)
    )
