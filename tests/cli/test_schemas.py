"""Whatever a ledger holds, each answer is one that the API's schema describes."""

from pathlib import Path

import msgspec
import pytest

from shokibo.answers import Answer, plain
from shokibo.law.day_evaluation import DayEvaluation
from shokibo.ledger.findings import Findings
from shokibo.planning.months import YearOfMonths
from shokibo.planning.outline import PlanReport
from shokibo.planning.review import Review
from shokibo.planning.staffing import Staffing
from shokibo.planning.status import Status
from shokibo.planning.support.report import Support
from tests.builders import add, made
from tests.builders import write_csv as write_rows
from tests.cli.running import Cli
from tests.reference.generate import boundary_days, random_tables, write_csv
from tests.reference.generate_plans import random_plan_tables, write_plan_csv

SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_answers_on_a_random_register_fit_their_schemas(
    cli: Cli, tmp_path: Path, seed: int
) -> None:
    tables = random_tables(seed)
    write_csv(tables, tmp_path)
    days = [day.isoformat() for day in boundary_days(tables)[seed::28]]
    for day in days:
        _fits(cli, DayEvaluation, "evaluate", tmp_path, "--as-of", day)
        _fits(cli, Status, "status", tmp_path, "--as-of", day)
    for year in {str(row["fiscal_year"]) for row in tables["applications"]}:
        _fits(cli, YearOfMonths, "months", tmp_path, "--year", year)
    _fits(cli, Findings, "check", tmp_path)


@pytest.mark.parametrize("seed", SEEDS)
def test_answers_on_a_random_plan_fit_their_schemas(cli: Cli, tmp_path: Path, seed: int) -> None:
    tables = random_plan_tables(seed)
    write_plan_csv(tables, tmp_path)
    _fits(cli, PlanReport, "plan", tmp_path)
    _fits(cli, Staffing, "staffing", tmp_path)
    _fits(cli, Support, "support", tmp_path, "--year", str(tables["plan"][0]["from_year"]))
    _fits(cli, Review, "review", tmp_path, "--year", str(tables["plan"][0]["from_year"]))
    _fits(cli, Findings, "check", tmp_path)


def _fits(cli: Cli, answer: type[Answer], command: str, ledger: Path, *options: str) -> None:
    ran = cli(command, ledger, *options, "--format", "json")
    assert ran.status in (0, 1), ran.err
    assert plain(msgspec.json.decode(ran.out, type=answer)) == ran.document


def test_the_most_of_a_unit_whose_capacity_is_not_known_is_null(cli: Cli, tmp_path: Path) -> None:
    unit = add("units", "", unit_id="x", home_id="h", name="新しい家", kind="community_home")
    ledger = write_rows(made(unit), tmp_path)
    ran = cli("evaluate", ledger, "--as-of", "2022-04-01", "--format", "json")
    (found,) = [one for one in ran.document["units"] if one["unit_id"] == "x"]
    assert (found["capacity"], found["max_extra"]) == (None, None)
