"""The letter of the decision on a home's application: its words, laid out once.

The Notification prints no form for it (様式の定めなし): the wording is ours, an office edits it in
Word. Number, date and signatory are left open where they are not given.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shokibo import calendar
from shokibo.law.articles import OFFICIAL_NAMES, certification_articles, refusal_articles
from shokibo.law.parameters import Law
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.texts import Text

Decision = Literal["certified", "rejected"]
BLANK_NUMBER = "　　　　第　　　　　号"
BLANK_DATE = "令和　　年　　月　　日"
USUAL_CONDITIONS = (
    "この認定は、適用期間に限る。",
    "要件を満たさなくなったとき、又は職員の配置や定員を変えるときは、速やかに届け出ること。",
)
"""Ours, to be changed by the office."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decided application; `unit` and its kind are blank for backup.

    `unmet` are the codes of the rules by which one was refused.
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
    reason: str = ""
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Added:
    """What the office adds; a blank number, day or signatory is left open."""

    number: str = ""
    issued_on: dt.date | None = None
    signatory: str = ""
    conditions: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class CertificationLetter:
    """The letter, line by line. `facts` are label and words; every text is plain text."""

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


def letter_of(
    decided: Decided, added: Added, law: Law, *, fictitious: bool = False
) -> CertificationLetter:
    """Lay out the letter of a decision. `fictitious` marks it as 架空."""
    certified, start = decided.decision == "certified", decided.start_month
    addon, year = OFFICIAL_NAMES[decided.addon], decided.fiscal_year
    facts = [("施設名", decided.home)]
    if decided.unit:
        facts.append(("生活単位", f"{decided.unit}({UNIT_KINDS[decided.unit_kind]})"))
    facts.append(("加算の種類", addon))
    if certified:
        backup = f"バックアップ職員{law.integer('backup_staff', start)}名"
        staff = f"{decided.certified_extra}名" if decided.addon == "dispersal" else backup
        last = calendar.era_month(decided.ended_on or calendar.fiscal_year_end(year))
        months = f"{calendar.era_month(start)}から{last}まで"
        facts += [("加配する職員", staff), ("適用期間", months)]
        article = certification_articles(decided.addon, law, start)
    else:
        if decided.requested_extra is not None:
            facts.append(("申請した加配", f"{decided.requested_extra}名"))
        facts.append(("申請した開始月", calendar.era_month(start)))
        article = refusal_articles(decided.addon, decided.unmet, law, start)
    facts.append(("根拠", article))
    if decided.reason:
        facts.append(("理由", decided.reason))
    applied = f"{calendar.era_date(decided.applied_on)}付けで" if decided.applied_on else ""
    result = "認定した" if certified else "認定しないこととした"
    reference = law.text("notification_reference", start)
    head = "理事長" if "法人" in decided.operator else "代表者"
    return CertificationLetter(
        title=f"{addon}{'認定' if certified else '不認定'}通知書",
        number=added.number or BLANK_NUMBER,
        date=calendar.era_date(added.issued_on) if added.issued_on else BLANK_DATE,
        addressee=(decided.operator, f"{head}　様", f"({decided.home})"),
        sender=(decided.authority, added.signatory or "(職・氏名)　　　　　　　　"),
        opening=(
            f"{applied}申請のあった{calendar.fiscal_year_label(year)}の"
            f"{addon}について、{reference}に基づき、下記のとおり{result}ので通知します。"
        ),
        facts=tuple(facts),
        conditions=added.conditions if certified else (),
        remark=added.remark,
        mark="架空" if fictitious else "",
    )


def printed(letter: CertificationLetter) -> Iterator[tuple[Text, object]]:
    """Give all that a letter prints, by its place."""
    yield Text("文書番号", "number"), letter.number
    yield Text("宛名", "addressee"), letter.addressee
    yield Text("発信者", "sender"), letter.sender
    yield Text("標題と本文", "title and opening"), (letter.title, letter.opening)
    for label, words in letter.facts:
        yield Text(label, label), words
    yield Text("条件", "conditions"), letter.conditions
    yield Text("付記", "remark"), letter.remark
