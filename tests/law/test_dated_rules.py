"""A requirement that begins or ends by an amendment: law on its days alone, and no reason else.

No text available has begun or ended one, so the days are given to one here.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from shokibo.answers import plain
from shokibo.law import certified_checks, day_evaluation
from shokibo.law import evaluate as evaluating
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES, evaluate
from shokibo.law.parameters import national_law
from tests.builders import Row, Tables, made, read, unit
from tests.reference import compare, judge

CODE = "REQ_TRAINING"
FIRST, LAST = dt.date(2022, 7, 1), dt.date(2022, 9, 30)
DAY = dt.timedelta(days=1)
BEGINS, ENDS = (FIRST, dt.date.max), (dt.date.min, LAST)
DAYS = [
    *((BEGINS, day, day >= FIRST) for day in (FIRST - DAY, FIRST, FIRST + DAY)),
    *((ENDS, day, day <= LAST) for day in (LAST - DAY, LAST, LAST + DAY)),
    *(((FIRST, LAST), day, FIRST <= day <= LAST) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)),
]


def amend(monkeypatch: pytest.MonkeyPatch, days: tuple[dt.date, dt.date]) -> None:
    """Let the requirement be law on some days alone, in the program and in the reference."""
    for name, rules in (("UNIT_RULES", UNIT_RULES), ("HOME_RULES", HOME_RULES)):
        amended = [
            replace(rule, effective_from=days[0], effective_to=days[1])
            if rule.code == CODE
            else rule
            for rule in rules
        ]
        for place in (evaluating, day_evaluation, certified_checks):
            monkeypatch.setattr(place, name, amended)
    dated = [(code, item, days if code == CODE else was) for code, item, was in judge.REQUIREMENTS]
    monkeypatch.setattr(judge, "REQUIREMENTS", tuple(dated))


def refused(tables: Tables) -> None:
    """Confirm that the requirement is not met."""
    row: Row = next(row for row in tables["confirmations"] if row["item"] == "training")
    row["result"] = "×"


@pytest.mark.parametrize(("days", "day", "is_law"), DAYS)
def test_it_decides_and_is_a_reason_on_its_days_alone(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    days: tuple[dt.date, dt.date],
    day: dt.date,
    is_law: bool,
) -> None:
    amend(monkeypatch, days)
    law = national_law()
    evaluation = evaluate(read(made(refused), tmp_path), law, [day])
    answer = plain(day_evaluation.day_evaluation(evaluation, law, day, "ja"))
    (community,) = (row for row in answer["units"] if row["unit_id"] == "u4")
    (home,) = answer["homes"]
    for row in (community, home):
        codes = [reason["code"] for reason in row["reasons"]]
        assert (CODE in codes) is is_law
        assert len(codes) == len(set(codes))
    assert community["eligible"] is not is_law
    assert home["backup_eligible"] is not is_law


def test_days_on_both_sides_are_judged_together_as_each_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    amend(monkeypatch, (FIRST, LAST))
    law, ledger = (
        national_law(),
        read(made(refused, unit("b4", "branch_group_care", "4")), tmp_path),
    )
    days = [FIRST - DAY, FIRST, LAST, LAST + DAY]
    together = evaluate(ledger, law, days)
    for day in days:
        alone = evaluate(ledger, law, [day])
        assert together.units.filter(as_of=day).equals(alone.units)
        assert together.homes.filter(as_of=day).equals(alone.homes)


@pytest.mark.parametrize("days", [BEGINS, ENDS, (FIRST, LAST)])
def test_the_reference_agrees_on_random_ledgers(
    monkeypatch: pytest.MonkeyPatch, days: tuple[dt.date, dt.date]
) -> None:
    amend(monkeypatch, days)
    found = compare.compare(range(6), most_days=8)
    assert found.judgements
    assert found.differences == []


def test_one_that_breaks_has_failed_on_its_days_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    amend(monkeypatch, BEGINS)
    for name in ("UNIT_RULES", "HOME_RULES"):
        rules = [
            replace(rule, judge=rule.judge.str.to_date()) if rule.code == CODE else rule
            for rule in getattr(evaluating, name)
        ]
        monkeypatch.setattr(evaluating, name, rules)
    judged = evaluate(read(made(), tmp_path), national_law(), [FIRST - DAY, FIRST])
    for frame in (judged.units, judged.homes):
        assert set(frame.filter(as_of=FIRST - DAY)[CODE]) == {None}
        assert set(frame.filter(as_of=FIRST)[CODE]) == {"failed"}
