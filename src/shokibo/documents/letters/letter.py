"""The letter about a decision on an add-on, in words.

The Notification prescribes no form (様式の定めなし): the wording is ours, and an office edits it in
Word. Number, date and signatory are left open if they are not given.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shokibo import calendar
from shokibo.law.articles import OFFICIAL_NAMES, certification_articles, refusal_articles
from shokibo.law.parameters import Law
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.texts import Text

Decision = Literal["certified", "changed", "rejected", "ended"]
_TITLES: dict[Decision, str] = {
    "certified": "認定通知書",
    "changed": "認定変更通知書",
    "rejected": "不認定通知書",
    "ended": "認定終了通知書",
}
_RESULTS: dict[Decision, str] = {
    "certified": "認定した",
    "changed": "認定を変更した",
    "rejected": "認定しないこととした",
    "ended": "認定を終了した",
}
_LAST_FIGURE = re.compile(r"\d+(?=\D*$)")
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
BLANK_NUMBER = "　　　　第　　　　　号"
BLANK_DATE = "令和　　年　　月　　日"
BLANK_NAME = "(職・氏名)　　　　　　　　"
USUAL_CONDITIONS = (
    "この認定は、適用期間に限る。",
    "要件を満たさなくなったとき、又は職員の配置や定員を変えるときは、速やかに届け出ること。",
)
"""Our suggestion; an office writes its own."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decided application; `unit` and its kind are blank for backup.

    `unmet` are the codes of the rules that refused it. `certified_on` is the day of the
    certification that was changed or ended; `earlier_start` and `earlier_extra` are its terms
    before a change.
    """

    decision: Decision
    addon: str
    authority: str
    operator: str
    home: str
    unit: str = ""
    unit_kind: str = ""
    applied_on: dt.date | None
    fiscal_year: int
    start_month: dt.date
    ended_on: dt.date | None = None
    requested_extra: int | None = None
    certified_extra: int | None = None
    certified_on: dt.date | None = None
    earlier_start: dt.date | None = None
    earlier_extra: int | None = None
    reason: str = ""
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Added:
    """What the office adds; a blank number, day or signatory is left open.

    Without a recipient the letter goes to the chair of a corporation; for others that is left open.
    """

    number: str = ""
    issued_on: dt.date | None = None
    signatory: str = ""
    recipient: str = ""
    conditions: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class CertificationLetter:
    """The letter, line by line. `facts` are labels with their texts; all texts are plain."""

    title: str
    number: str
    date: str
    addressee: tuple[str, ...]
    sender: tuple[str, ...]
    opening: str
    facts: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    remark: str
    mark: str

    @property
    def numbered_conditions(self) -> str:
        """The conditions, one per line: (1) …; blank if there are none."""
        numbered = enumerate(self.conditions, start=1)
        return "\n".join(f"({number}) {words}" for number, words in numbered)


def file_name(application_id: str) -> str:
    """Return the name of the Word file for an application's letter."""
    return f"通知書_{application_id.translate(_NOT_IN_NAMES)}.docx"


def following_number(number: str, by: int) -> str:
    """Return a later letter's number: its last figure goes up by so many, and keeps its width.

    Blank if it has no figure.
    """
    if by == 0:
        return number
    found = _LAST_FIGURE.search(number)
    if found is None:
        return ""
    figure = f"{int(found[0]) + by:0{len(found[0])}}"
    if not found[0].isascii():
        figure = figure.translate(_FULL_WIDTH)
    return number[: found.start()] + figure + number[found.end() :]


def letter_of(
    decided: Decided, added: Added, law: Law, *, fictitious: bool = False
) -> CertificationLetter:
    """Write the letter about a decision. `fictitious` marks it as 架空."""
    addon, year, decision = OFFICIAL_NAMES[decided.addon], decided.fiscal_year, decided.decision
    reference = law.text("notification_reference", decided.start_month)
    head = added.recipient or ("理事長" if "法人" in decided.operator else BLANK_NAME)
    return CertificationLetter(
        title=f"{addon}{_TITLES[decision]}",
        number=added.number or BLANK_NUMBER,
        date=calendar.era_date(added.issued_on) if added.issued_on else BLANK_DATE,
        addressee=(decided.operator, f"{head}　様", f"（{decided.home}）"),
        sender=(decided.authority, added.signatory or BLANK_NAME),
        opening=(
            f"{_occasion(decided)}{calendar.fiscal_year_label(year)}の"
            f"{addon}について、{reference}に基づき、下記のとおり{_RESULTS[decision]}ので通知します。"
        ),
        facts=tuple(_facts(decided, law)),
        conditions=added.conditions if decision in ("certified", "changed") else (),
        remark=added.remark,
        mark="架空" if fictitious else "",
    )


def _occasion(decided: Decided) -> str:
    """Refer to the application, or to the earlier certification."""
    is_first = decided.decision in ("certified", "rejected")
    day = decided.applied_on if is_first else decided.certified_on
    on = f"{calendar.era_date(day)}付けで" if day else ""
    return f"{on}申請のあった" if is_first else f"{on}認定した"


def _facts(decided: Decided, law: Law) -> Iterator[tuple[str, str]]:
    decision, start = decided.decision, decided.start_month
    yield "施設名", decided.home
    if decided.unit:
        yield "生活単位", f"{decided.unit}（{UNIT_KINDS[decided.unit_kind]}）"
    yield "加算の種類", OFFICIAL_NAMES[decided.addon]
    last = decided.ended_on or calendar.fiscal_year_end(decided.fiscal_year)
    months = _months(start, last)
    if decision == "rejected":
        if decided.requested_extra is not None:
            yield "申請した加配", f"{decided.requested_extra}名"
        yield "申請した開始月", calendar.era_month(start)
    elif decision == "changed" and decided.earlier_start and decided.addon == "dispersal":
        before = _months(decided.earlier_start, start - dt.timedelta(days=1))
        yield "変更前", f"加配する職員{decided.earlier_extra}名（{before}）"
        yield "変更後", f"加配する職員{decided.certified_extra}名（{months}）"
    else:
        backup = f"バックアップ職員{law.integer('backup_staff', start)}名"
        is_dispersal = decided.addon == "dispersal"
        yield "加配する職員", f"{decided.certified_extra}名" if is_dispersal else backup
        yield "適用期間", months
    if decision == "ended":
        yield "終了日", calendar.era_date(last)
    if decision in ("certified", "changed"):
        yield "根拠", certification_articles(decided.addon, law, start)
    else:
        yield "根拠", refusal_articles(decided.addon, decided.unmet, law, start)
    if decided.reason:
        yield "理由", decided.reason


def _months(first: dt.date, last: dt.date) -> str:
    return f"{calendar.era_month(first)}から{calendar.era_month(last)}まで"


def printed(letter: CertificationLetter) -> Iterator[tuple[Text, object]]:
    """Return everything that a letter prints, by place."""
    yield Text("文書番号", "number"), letter.number
    yield Text("宛名", "addressee"), letter.addressee
    yield Text("発信者", "sender"), letter.sender
    yield Text("標題と本文", "title and opening"), (letter.title, letter.opening)
    for label, words in letter.facts:
        yield Text(label, label), words
    yield Text("条件", "conditions"), letter.conditions
    yield Text("付記", "remark"), letter.remark
