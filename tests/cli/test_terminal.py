"""What somebody wrote into a cell or a file's name is shown on the terminal, never obeyed by it."""

import json
import re
from pathlib import Path

import pytest

from shokibo.cli import printing
from tests.builders import Tables, add, made, planned, write_csv
from tests.cli.running import Cli, process

EVIL = "園\x1b[2J\x1b]0;題\x07\x9b31m\x7f\u202e\u2066\r偽"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
CLI = Path(printing.__file__).parent


def ledger(folder: Path, *, cells: str = EVIL) -> Path:
    """Write a ledger with escape sequences in every text that people write."""
    tables: Tables = made(
        add("homes", "架空学園", home_id="x", name=cells),
        add("units", "", unit_id="x1", home_id="x", name=cells, kind="community_home"),
        planned,
    )
    return write_csv(tables, folder)


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("evaluate", "--as-of", "2022-04-01"),
        ("status", "--as-of", "2022-04-01"),
        ("form1", "--year", "2022"),
        ("form2", "--year", "2022"),
        ("plan",),
        ("budget",),
        ("review", "--year", "2022"),
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("way", ["text", "json"])
def test_no_command_sends_a_control_character(
    cli: Cli, tmp_path: Path, command: tuple[str, ...], way: str
) -> None:
    ran = cli(command[0], ledger(tmp_path), *command[1:], "--format", way)
    assert ran.status in (0, 1), ran.err
    assert OBEYED.findall(ran.out + ran.err) == []


@pytest.mark.parametrize("way", ["text", "json"])
def test_problems_show_the_value_of_a_cell(cli: Cli, tmp_path: Path, way: str) -> None:
    path = write_csv(made(add("homes", "架空学園", home_id="x", opened_on=EVIL)), tmp_path)
    ran = cli("check", path, "--format", way)
    assert ran.status == 2
    assert OBEYED.findall(ran.out + ran.err) == []
    assert "園␛[2J␛]0;題␇<U+009B>31m<U+007F>" in ran.err
    if way == "json":
        (problem, *_) = json.loads(ran.out)["problems"]
        assert "\x1b[2J" in problem["values"]["value"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", f"/nowhere/{EVIL}.xlsx"),
        ("check", "x.xlsx", "--lang", EVIL),
        (EVIL,),
        ("check", "x.xlsx", f"--{EVIL}"),
        ("evaluate", "examples/form1", "--as-of", EVIL),
        ("form1", "examples/form1", "--year", "2022", "--authority", EVIL),
    ],
    ids=["a file's name", "language", "command", "option", "day", "authority"],
)
def test_no_argument_comes_back_as_it_is(arguments: tuple[str, ...]) -> None:
    ran = process(*(argument.replace("\x00", "") for argument in arguments))
    assert ran.status == 2, ran.err
    assert OBEYED.findall(ran.out + ran.err) == []


def test_lines_and_tabs_stay() -> None:
    assert printing.visible("一\n二\t三") == "一\n二\t三"


def test_json_reads_back_what_was_written(capsys: pytest.CaptureFixture[str]) -> None:
    printing.print_json({EVIL: [EVIL]})
    printed = capsys.readouterr().out
    assert OBEYED.findall(printed) == []
    assert json.loads(printed) == {EVIL: [EVIL]}


def test_only_one_module_writes_to_the_terminal() -> None:
    writes = re.compile(r"\bprint\(|std(out|err)\.write|console\(\)\.print")
    found = [path.name for path in CLI.glob("*.py") if writes.search(path.read_text("utf-8"))]
    assert found == ["printing.py"]


def test_problems_without_end_are_printed_up_to_a_bound_and_counted(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "home_id,name,operator,authority_code" + "\n,園,会,990001" * 3_000
    (tmp_path / "homes.csv").write_text(lines, "utf-8")
    ran = cli("check", tmp_path, "--format", "json")
    assert "次の3001件" in ran.err or "次の3000件" in ran.err
    assert len(ran.err.splitlines()) < 10  # one line for the same in each cell of a column
    assert re.search(r"ほか100[01]件", ran.err)
    assert len(ran.document["problems"]) == 2_000
    assert ran.document["problem_count"] in (3_000, 3_001)


def test_findings_without_end_are_printed_up_to_a_bound_and_counted(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST_PRINTED", 3)
    monkeypatch.setattr("shokibo.ledger.limits.MAX_ALIKE", 5)
    units = [
        add("units", "", unit_id=f"x{n}", home_id="h", name=f"家{n}", kind="community_home")
        for n in range(9)
    ]
    found = cli("check", write_csv(made(*units), tmp_path), "--format", "json").document["findings"]
    alike = [one for one in found if one["code"] == "CAPACITY_UNKNOWN"]
    (beyond,) = [one for one in found if one["code"] == "MORE_ALIKE"]
    assert len(alike) == 5
    assert beyond["values"] == {"code": "CAPACITY_UNKNOWN", "count": 4}
    ran = cli("check", tmp_path)
    assert ran.out.count("CAPACITY_UNKNOWN") <= 3
    assert f"ほか{len(found) - 3}件" in ran.out
