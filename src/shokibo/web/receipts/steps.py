"""The steps of the ministry's work: accepting a version; asking and answering a question."""

from shokibo.calendar import fiscal_year_label
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.receipts.acceptances import acceptance_of
from shokibo.web.receipts.models import Acceptance, Question
from shokibo.web.steps.step import NEW, Process, Step, Taking
from shokibo.web.steps.taking import take


def _subject(row: Acceptance | Question) -> Text:
    return Text(
        f"{row.authority}の様式{row.form}({fiscal_year_label(row.fiscal_year)})",
        f"form {row.form} of FY{row.fiscal_year}, {row.authority}",
    )


ACCEPTANCES = Process(
    Acceptance,
    {"accepted": "受理済み"},
    _subject,
    derived={"accepted": lambda _row: True},
)


def _still_the_latest(taking: Taking[Acceptance]) -> None:
    """Refuse a version that was superseded since the page was opened."""
    if taking.row.sha256 != taking.given["latest"]():
        raise RefusedError(
            "新しい版が届いています。開き直して、その版を確認してください。",
            "Another version came since: open the page again, and check that one.",
        )


def _not_accepted_yet(taking: Taking[Acceptance]) -> None:
    row = taking.row
    if acceptance_of(row.authority, row.form, row.fiscal_year, row.sha256):
        raise RefusedError("この版は受理済みです。", "This version is accepted already.")


ACCEPT = Step(
    ACCEPTANCES,
    Text("受理する", "Accept"),
    "return.accept",
    Permission.RETURN_ACCEPT,
    (NEW,),
    "accepted",
    (_not_accepted_yet, _still_the_latest),
    values=lambda _taking: {},
)
QUESTIONS = Process(
    Question, {"open": "回答待ち", "answered": "回答済み", "withdrawn": "取下げ"}, _subject
)
ASK = Step(
    QUESTIONS,
    Text("照会する", "Ask"),
    "return.ask",
    Permission.RETURN_RECEIVE,
    (NEW,),
    "open",
)
WITHDRAW = Step(
    QUESTIONS,
    Text("照会を取り下げる", "Withdraw the question"),
    "return.withdraw_question",
    Permission.RETURN_RECEIVE,
    ("open",),
    "withdrawn",
)
ANSWER = Step(
    QUESTIONS,
    Text("回答する", "Answer"),
    "return.answer",
    Permission.RETURN_DRAFT,
    ("open",),
    "answered",
    values=lambda taking: {
        "answer": taking.given["answer"],
        "answered_at": clock.now(),
        "answered_by": taking.office.person,
    },
)


def ask(*, office: Office, form: int, year: int, text: str) -> Question:
    """Ask an authority about its form; `office` is the ministry's at it. Raises as `take`."""
    row = Question(
        authority=office.authority,
        form=form,
        fiscal_year=year,
        text=text,
        asked_by=office.person,
    )
    return take(ASK, office=office, row=row)


def withdraw(*, office: Office, row: Question, version: int) -> Question:
    """Withdraw a question that has no answer. Raises as `take`."""
    return take(WITHDRAW, office=office, row=row, version=version)


def answer(*, office: Office, row: Question, version: int, answer: str) -> Question:
    """Answer a question for its authority. Raises as `take`."""
    return take(ANSWER, office=office, row=row, version=version, values={"answer": answer})
