"""The decisions in a ledger that call for a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import polars as pl

from shokibo.answers import Answer, about
from shokibo.documents.letters.letter import (
    BLANK_NUMBER,
    CertificationLetter,
    Decided,
    Decision,
)
from shokibo.law.day_evaluation import day_evaluation, refusing_rules
from shokibo.law.evaluate import evaluate
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger


@dataclass(frozen=True)
class LedgerDecision:
    """A decided application of a ledger."""

    application_id: str
    decided: Decided


class LetterOfDecision(Answer, frozen=True):
    """A letter of a decision."""

    title = "決定の通知書"

    application_id: Annotated[str, about("申請ID")]
    decision: Annotated[Decision, about("決定", "認定, 変更, 不認定, 終了")]
    heading: Annotated[str, about("標題", "the add-on's official name and the kind of letter")]
    home: Annotated[str, about("施設", "its name")]
    unit: Annotated[str | None, about("生活単位", "its name; null for the backup add-on")]
    number: Annotated[str | None, about("文書番号", "null where it is left open")]


class Letters(Answer, frozen=True):
    """The letters of a fiscal year's decisions, in the ledger's order."""

    title = "年度の通知書"

    fiscal_year: Annotated[int, about("年度", "the year")]
    letters: list[LetterOfDecision]


def letters_answer(
    year: int, found: Sequence[LedgerDecision], made: Sequence[CertificationLetter]
) -> Letters:
    """Put decisions with their letters into an answer."""
    return Letters(
        year,
        [
            LetterOfDecision(
                application_id=one.application_id,
                decision=one.decided.decision,
                heading=letter.title,
                home=one.decided.home,
                unit=one.decided.unit or None,
                number=None if letter.number == BLANK_NUMBER else letter.number,
            )
            for one, letter in zip(found, made, strict=True)
        ],
    )


def decisions_in(ledger: Ledger, law: Law, year: int) -> list[LedgerDecision]:
    """Return a fiscal year's decisions from one authority's ledger, in the ledger's order.

    If another application replaces one, its end is part of the letter about that change.
    """
    applications = ledger["applications"]
    replaced = set(applications["replaces"].drop_nulls())
    by_id = {row["application_id"]: row for row in applications.iter_rows(named=True)}
    homes = {row["home_id"]: row for row in ledger["homes"].iter_rows(named=True)}
    units = {row["unit_id"]: row for row in ledger["units"].iter_rows(named=True)}
    rows = applications.filter(
        pl.col("fiscal_year") == year, pl.col("decision").is_in(["certified", "rejected"])
    ).to_dicts()
    unmet = _unmet(ledger, law, [row for row in rows if row["decision"] == "rejected"])
    (authority,) = ledger["authorities"]["name"]
    found = []
    for row in rows:
        decision = _decision_of(row, replaced)
        earlier = by_id.get(row["replaces"], {})
        home, unit = homes[row["home_id"]], units.get(row["unit_id"], {})
        ends = decision == "ended"
        decided = Decided(
            decision=decision,
            addon=row["addon"],
            authority=authority,
            operator=home["operator"],
            home=home["name"],
            unit=unit.get("name", ""),
            unit_kind=unit.get("kind", ""),
            applied_on=row["applied_on"],
            fiscal_year=year,
            start_month=row["start_month"],
            ended_on=row["ended_on"],
            requested_extra=row["requested_extra"],
            certified_extra=row["certified_extra"],
            certified_on=earlier["decided_on"] if earlier and not ends else row["decided_on"],
            earlier_start=earlier.get("start_month"),
            earlier_extra=earlier.get("certified_extra"),
            reason=(row["end_reason"] if ends else row["reason"]) or "",
            unmet=unmet.get(row["application_id"], ()),
        )
        found.append(LedgerDecision(row["application_id"], decided))
    return found


def _decision_of(row: dict[str, Any], replaced: set[str]) -> Decision:
    if row["decision"] == "rejected":
        return "rejected"
    if row["ended_on"] and row["application_id"] not in replaced:
        return "ended"
    return "changed" if row["replaces"] else "certified"


def _unmet(
    ledger: Ledger, law: Law, rejected: Sequence[dict[str, Any]]
) -> dict[str, tuple[str, ...]]:
    """Return, by application, the codes of the rules that refuse it on the first day requested."""
    found: dict[str, tuple[str, ...]] = {}
    for day in sorted({row["start_month"] for row in rejected}):
        answer = day_evaluation(evaluate(ledger, law, [day]), law, day, "ja")
        units = {unit.unit_id: unit for unit in answer.units}
        homes = {home.home_id: home for home in answer.homes}
        for row in rejected:
            if row["start_month"] == day:
                one = units.get(row["unit_id"]) if row["unit_id"] else homes.get(row["home_id"])
                outcomes = [(reason.code, reason.outcome) for reason in one.reasons] if one else []
                extra = row["requested_extra"]
                found[row["application_id"]] = refusing_rules(one, outcomes, extra)
    return found
