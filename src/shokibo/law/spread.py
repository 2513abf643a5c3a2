"""The evaluation of many authorities' homes in parts, one per authority, shared by processes."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

import polars as pl

from shokibo.law.day_evaluation import DayEvaluation, day_evaluation
from shokibo.law.evaluate import evaluate
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.ledger.parts import authority_part
from shokibo.texts import Language


def evaluation_in_parts(
    ledger: Ledger, law: Law, as_of: dt.date, language: Language, executor: Executor
) -> DayEvaluation:
    """Evaluate a day one authority at a time; the answer equals that of the whole ledger."""
    parts = [*parts_by_authority(ledger)] or [ledger]
    judge = partial(_judged, law=law, as_of=as_of, language=language)
    answers = list(executor.map(judge, parts))
    units = {unit.unit_id: unit for answer in answers for unit in answer.units}
    homes = {home.home_id: home for answer in answers for home in answer.homes}
    return DayEvaluation(
        as_of,
        answers[0].text,
        [units[key] for key in ledger["units"]["unit_id"] if key in units],
        [homes[key] for key in ledger["homes"]["home_id"] if key in homes],
    )


def _judged(part: Ledger, law: Law, as_of: dt.date, language: Language) -> DayEvaluation:
    return day_evaluation(evaluate(part, law, [as_of]), law, as_of, language)


def parts_by_authority(ledger: Ledger) -> Iterator[Ledger]:
    """Extract each authority's part, with all postings of its people.

    A person with another posting counts by hours, so a posting at another authority's home is
    included.
    """
    for code in ledger["homes"]["authority_code"].unique(maintain_order=True):
        part = authority_part(ledger, code)
        of_people = pl.col("staff_id").is_in(part["staff"]["staff_id"].implode())
        postings = {name: ledger[name].filter(of_people) for name in ("staff", "absences")}
        yield replace(part, tables={**part.tables, **postings})
