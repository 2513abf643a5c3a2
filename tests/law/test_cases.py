"""The rules' cases, which are data: cases/*.yaml, printed in the manual as 判定例.

A case draws only the rows and columns that matter; cases/defaults.yaml fills in the rest. In a
row 人数 repeats a member of staff, and 空欄 is a blank cell. An answer that is not given is なし.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from shokibo.answers import plain
from shokibo.law.day_evaluation import day_evaluation
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES, evaluate
from shokibo.law.parameters import Law, ParameterValue, national_law
from shokibo.ledger.cells import Cell
from shokibo.ledger.model import Ledger
from shokibo.returns.forms import fill_form

from .building import ledger_from

FOLDER = Path(__file__).parent / "cases"
Rows = Sequence[Mapping[str, Cell]]


class Defaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What fills in a case: rows where it has no such table, columns where a row has none."""

    rows: dict[str, list[dict[str, Any]]]
    columns: dict[str, dict[str, Any]]


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case: a ledger, what is asked of it, and what is expected.

    It asks for one rule (`code`) of a unit or home on a day, or for a unit's line on a form.
    """

    title: str
    expect: dict[str, Any]
    ledger: dict[str, list[dict[str, Any]]] = {}
    parameters: dict[str, Any] = {}
    code: str = ""
    unit: str = ""
    home: str = ""
    day: dt.date | None = None
    form: int = 0
    year: int = 0


class CaseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The cases of one subject; `code` is that of the cases that name none."""

    title: str
    source: str
    cases: list[Case]
    code: str = ""


DEFAULTS = msgspec.convert(yaml.safe_load((FOLDER / "defaults.yaml").read_text("utf-8")), Defaults)
FILES = {
    path.stem: msgspec.convert(yaml.safe_load(path.read_text("utf-8")), CaseFile)
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.stem != "defaults"
}
CASES = [(file, case) for file in FILES.values() for case in file.cases]
NAMES = [f"{name}-{at}" for name, file in FILES.items() for at in range(1, len(file.cases) + 1)]
RULES = [*UNIT_RULES, *HOME_RULES]


def ledger_in(case: Case) -> Ledger:
    """Build a case's ledger, filled in by the defaults."""
    drawn = {**DEFAULTS.rows, **case.ledger}
    return ledger_from({sheet: list(_rows(sheet, rows)) for sheet, rows in drawn.items()})


def _rows(sheet: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Cell]]:
    number = 0
    for row in rows:
        for _ in range(row.get("人数", 1)):
            number += 1
            own = {"職員ID": f"S{number}"} if sheet == "職員" else {}
            full = {**own, **DEFAULTS.columns[sheet], **row}
            yield {
                name: None if cell == "空欄" else cell
                for name, cell in full.items()
                if name != "人数"
            }


def law_of(case: Case) -> Law:
    """Return the law, with the values that a case supposes an authority has set."""
    national = national_law()
    changed = {name: _set(national, name, value) for name, value in case.parameters.items()}
    return Law({**national.parameters, **changed}, national.texts)


def _set(law: Law, name: str, value: ParameterValue) -> Any:  # noqa: ANN401
    parameter = law.parameters[name]
    (dated,) = parameter.values
    return msgspec.structs.replace(
        parameter, values=[msgspec.structs.replace(dated, value=value, unconfirmed=False)]
    )


def answer(file: CaseFile, case: Case) -> dict[str, Any]:
    """Return what the program says on a case, by the names that a case may expect."""
    return line_of(case) if case.form else judgement_of(case, case.code or file.code)


def judgement_of(case: Case, code: str) -> dict[str, Any]:
    """Judge the unit or home of a case; nothing but judged: false where it is not open."""
    assert case.day is not None
    law = law_of(case)
    evaluation = evaluate(ledger_in(case), law, [case.day])
    printed: dict[str, Any] = plain(day_evaluation(evaluation, law, case.day, "ja"))
    found = [row for row in printed["units"] if row["unit_id"] == case.unit] or [
        row for row in printed["homes"] if row["home_id"] == case.home
    ]
    if not found:
        return {"judged": False}
    (reason,) = (reason for reason in found[0]["reasons"] if reason["code"] == code)
    return {**found[0], **reason}


def line_of(case: Case) -> dict[str, Any]:
    """Return a unit's line on a form; nothing but listed: false where it has none."""
    ledger = ledger_in(case)
    names = dict(ledger["units"].select("unit_id", "name").iter_rows())
    form = fill_form(ledger, law_of(case), 1 if case.form == 1 else 2, case.year)
    for row in form.rows:
        if row.unit_name == names[case.unit]:
            return {
                "listed": True,
                "capacity": row.capacity,
                "staff": row.staff,
                "dispersal": row.dispersal,
                "backup": row.backup,
            }
    return {"listed": False}


@pytest.mark.parametrize(("file", "case"), CASES, ids=NAMES)
def test_a_case_is_judged_as_it_says(file: CaseFile, case: Case) -> None:
    found = answer(file, case)
    said = {name: part for name, part in case.expect.items() if name.endswith("_says")}
    values = {name: value for name, value in case.expect.items() if name not in said}
    assert {name: found.get(name, "なし") for name in values} == values
    for name, part in said.items():
        assert part in found[name.removesuffix("_says")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_outcome_that_a_rule_can_come_to_has_a_case(rule: Any) -> None:  # noqa: ANN401
    shown = {
        case.expect.get("outcome") for file, case in CASES if (case.code or file.code) == rule.code
    }
    reached = set(rule.messages) - ({"not_applicable"} if rule in HOME_RULES else set())
    assert reached <= shown


@pytest.mark.parametrize("day", [dt.date(2019, 3, 31), dt.date(2019, 4, 1)])
def test_the_first_day_of_the_notification_has_cases_on_both_sides(day: dt.date) -> None:
    codes = {case.code or file.code for file, case in CASES if case.day == day}
    assert {"SCOPE_KIND", "SCOPE_CAPACITY", "EXTRA_STAFF", "BACKUP_UNITS"} <= codes


def test_titles_distinguish_the_cases() -> None:
    titles = [(file.title, case.title) for file, case in CASES]
    assert len(set(titles)) == len(titles)
    assert all(title and not title.isascii() for pair in titles for title in pair)


def test_a_case_asks_one_question() -> None:
    for file, case in CASES:
        asked = (bool(case.code or file.code), bool(case.day), bool(case.unit) != bool(case.home))
        of_form = (case.form in (1, 2), bool(case.year), bool(case.unit))
        assert all(asked) != all(of_form), case.title
        assert case.expect, case.title
