"""What goes to the screen: names as they are, progress on a terminal only."""

import sys
from pathlib import Path

import pytest

from shokibo.cli.printing import console, print_json, print_table
from tests.builders import EXAMPLES, add, made, write_csv
from tests.cli.running import Cli

ODD_NAMES = ("A園[a棟]", "[/]園", "[red]園", "[bold red]園[/bold red]", "a\\[x]園", "園\\")


@pytest.mark.parametrize("command", ["evaluate", "status"])
def test_brackets_in_names_are_shown_as_they_are(command: str, cli: Cli, tmp_path: Path) -> None:
    homes = [
        add("homes", "架空学園", home_id=f"h{number}", name=name)
        for number, name in enumerate(ODD_NAMES)
    ]
    ran = cli(command, write_csv(made(*homes), tmp_path), "--as-of", "2022-04-01")
    assert ran.status == 0
    assert [name for name in ODD_NAMES if name not in ran.out] == []


@pytest.mark.parametrize("name", ODD_NAMES)
def test_brackets_in_a_title_or_cell_are_shown_as_they_are(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_table(name, ["見出し"], [[name], [None], [0]])
    printed = capsys.readouterr().out
    assert printed.count(name) == 2
    assert "None" not in printed
    assert " 0 " in printed


def test_numbers_are_set_to_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("表", ["名", "数"], [["a", 1], ["b", 100]], numbers=[1])
    assert "│ a  │   1 │" in capsys.readouterr().out


def test_json_keeps_japanese_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"名": "髙﨑園"})
    assert capsys.readouterr().out == '{\n  "名": "髙﨑園"\n}\n'


def test_a_line_is_wide_where_the_output_is_no_terminal() -> None:
    assert console().width == 140


def test_what_is_read_is_shown_on_a_terminal_only(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("check", EXAMPLES / "form1").err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    ran = cli("check", EXAMPLES / "form1")
    assert ran.out == "誤りも注意もありません。\n"
    assert ran.status == 0
