"""The forms received, as an answer."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from shokibo.answers import Answer, about, plain
from shokibo.ledger.findings import Finding, Severity, Value
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed.figures import FiledFigures, figures_of
from shokibo.returns.filed.received import Received, State, Submission
from shokibo.returns.rollup import RollUp, roll_up
from shokibo.texts import Language


class Question(Answer, frozen=True):
    """A finding on a form as filed."""

    title = "提出された様式への質問"
    code: Annotated[str, about("種類", "stable; all are in [findings.md](findings.md)")]
    severity: Severity
    place: Annotated[str, about("シートとセル", "sheet and cell", "様式1!D12")]
    message: Annotated[str, about("何が見つかり、どうすればよいか", "what was found, what to do")]
    values: Annotated[dict[str, Value], about("文章に出る値", "the figures used in the message")]


class ReceivedForm(Answer, frozen=True):
    """An authority's form."""

    title = "受け取った様式"
    authority_code: Annotated[str | None, about("団体コード", "null if not known")]
    name: Annotated[str | None, about("自治体名", "null if only the code is known")]
    file: Annotated[str, about("ファイル", "its name below the folder")]
    sha256: str
    state: Annotated[State, about("質問の有無", "`questions`: there is something to ask")]
    figures: Annotated[FiledFigures | None, about("数値", "null if it can't be read")]
    findings: list[Question]


class Missing(Answer, frozen=True):
    """An authority that sent nothing."""

    title = "未提出の自治体"
    authority_code: str | None
    name: str | None


class UnknownFile(Answer, frozen=True):
    """A file that can't be attributed."""

    title = "受け取れなかったファイル"
    file: str
    reason: Annotated[str, about("理由", "why it can't be attributed, and what to do")]


class ReceivedForms(Answer, frozen=True, kw_only=True):
    """All forms received for a year."""

    title = "受け取った様式とその合計"
    form: FormNumber
    fiscal_year: int
    expected: Annotated[int, about("提出を待つ自治体の数", "how many authorities have to send it")]
    received: list[ReceivedForm]
    missing: list[Missing]
    unknown: list[UnknownFile]
    sum: Annotated[RollUp, about("合計", "of all forms that could be read")]


def answer_of(received: Received, language: Language) -> ReceivedForms:
    """Return the forms received as an answer, with messages in a language."""
    return ReceivedForms(
        form=received.form,
        fiscal_year=received.year,
        expected=len(received.expected),
        received=[_received(one, language) for one in received.submissions],
        missing=[Missing(one.code or None, one.name or None) for one in received.missing],
        unknown=[
            UnknownFile(one.file.name, one.reason.message(language)) for one in received.unknown
        ],
        sum=sum_of(received),
    )


def sum_of(received: Received) -> RollUp:
    """Add up all that could be read."""
    filed = (one.filed for one in received.submissions if one.filed is not None)
    return msgspec.convert(roll_up(plain(figures_of(form)) for form in filed), RollUp)


def questions(findings: Iterable[Finding], language: Language) -> list[Question]:
    """Return findings as questions."""
    return [
        Question(one.code, one.severity, one.place, one.message(language), dict(one.values))
        for one in findings
    ]


def _received(one: Submission, language: Language) -> ReceivedForm:
    return ReceivedForm(
        one.sender.code or None,
        one.sender.name or None,
        one.file.name,
        one.file.sha256,
        one.state,
        figures_of(one.filed) if one.filed else None,
        questions(one.findings, language),
    )
