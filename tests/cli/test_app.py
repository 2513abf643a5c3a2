"""The program as a whole: how it ends, what it says of wrong arguments, its help."""

import io
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from cyclopts import App, CycloptsError

from shokibo.cli.app import main, run
from shokibo.cli.usage import explain
from tests.builders import EXAMPLES, edit, made, write_csv
from tests.cli.running import PROGRAM, Cli, process

FORM1, SETAGAYA = EXAMPLES / "form1", EXAMPLES / "setagaya"
COMMANDS = (
    *("template", "convert", "check", "evaluate", "form1", "form2", "receive"),
    *("status", "plan", "budget", "review", "forecast"),
)
READING = [
    ("check", FORM1),
    ("evaluate", FORM1, "--as-of", "2022-04-01"),
    ("form1", FORM1, "--year", "2022"),
    ("form2", FORM1, "--year", "2022"),
    ("status", FORM1, "--as-of", "2022-04-01"),
    ("plan", SETAGAYA),
    ("budget", SETAGAYA),
    ("budget", SETAGAYA, "--year", "2022"),
    ("review", SETAGAYA, "--year", "2022"),
    ("forecast", SETAGAYA, "--paths", "100", "--to", "2024"),
]
every_reading_command = pytest.mark.parametrize(
    "arguments", READING, ids=[str(one[0]) + str(len(one)) for one in READING]
)


# Each command


@every_reading_command
def test_json_is_one_document_and_messages_go_to_standard_error(
    arguments: tuple[object, ...], cli: Cli
) -> None:
    ran = cli(*arguments, "--format=json", "--lang=en")
    assert ran.status == 0
    assert ran.document
    assert all("see shokibo check" in line for line in ran.err.splitlines())


@every_reading_command
def test_tables_show_the_same_figures_in_either_language(
    arguments: tuple[object, ...], cli: Cli
) -> None:
    def figures(printed: str) -> list[str]:
        rows = [line.split("│") for line in printed.splitlines() if "│" in line]
        cells = [cell.strip() for row in rows for cell in row]
        return [cell for cell in cells if cell.replace(",", "").replace(".", "").isdigit()]

    ja = cli(*arguments)
    en = cli(*arguments, "--lang", "en", "--format", "text")
    assert (ja.status, en.status) == (0, 0)
    assert figures(ja.out) == figures(en.out)
    assert ja.out != en.out
    assert bool(figures(ja.out)) == (arguments[0] != "check")


@every_reading_command
def test_a_ledger_that_is_not_there_can_not_be_used(
    arguments: tuple[object, ...], cli: Cli, tmp_path: Path
) -> None:
    ran = cli(arguments[0], tmp_path / "なし.xlsx", *arguments[2:])
    assert (ran.status, ran.out) == (2, "")
    assert "「なし.xlsx」が見つかりません" in ran.err


@pytest.mark.parametrize("arguments", READING[:3], ids=["check", "evaluate", "form1"])
def test_all_that_is_wrong_with_a_ledger_is_reported_at_once(
    arguments: tuple[object, ...], cli: Cli, tmp_path: Path
) -> None:
    folder = write_csv(
        made(
            edit("staff", "m-1", role="掃除", started_on="昨日"),
            edit("capacities", "u4", capacity="四"),
            edit("units", "b5", home_id="h9"),
        ),
        tmp_path,
    )
    ran = cli(arguments[0], folder, *arguments[2:], "--format", "json", "--lang", "en")
    assert ran.status == 2
    assert [(one["code"], one["place"]) for one in ran.document["problems"]] == [
        ("CELL_NOT_INTEGER", "capacities.csv:3 capacity"),
        ("CELL_UNKNOWN_CODE", "staff.csv:2 role"),
        ("CELL_NOT_DATE", "staff.csv:2 started_on"),
        ("ID_UNKNOWN", "units.csv:4 home_id"),
    ]
    for one in ran.document["problems"]:
        assert f"{one['place']}  {one['message']}" in ran.err
        assert set(one) == {"code", "severity", "table", "place", "message", "values", "source"}


@pytest.mark.parametrize("asked", [(), ("--format", "text"), ("--format=text",)])
def test_what_is_wrong_is_text_on_standard_error_where_json_is_not_asked_for(
    asked: tuple[str, ...], cli: Cli, tmp_path: Path
) -> None:
    ran = cli("check", tmp_path / "なし.xlsx", *asked)
    assert ran.out == ""
    assert ran.err.startswith("台帳を読めません。次の1件を修正してください。\n  なし.xlsx  ")


def test_a_count_of_one_is_singular_in_english(cli: Cli, tmp_path: Path) -> None:
    assert "1 things" not in cli("check", tmp_path / "none.xlsx", "--lang", "en").err


@pytest.mark.parametrize("command", ["evaluate", "form1", "status", "convert"])
def test_other_commands_say_that_there_are_errors_and_go_on(
    command: str, cli: Cli, tmp_path: Path
) -> None:
    folder = write_csv(made(edit("staff", "m-1", employment="part_time")), tmp_path / "in")
    more = {
        "evaluate": ("--as-of", "2022-04-01"),
        "form1": ("--year", "2022"),
        "status": ("--as-of", "2022-04-01"),
        "convert": ("-o", tmp_path / "out.xlsx"),
    }[command]
    ran = cli(command, folder, *more)
    assert ran.status == 0
    assert "台帳に誤り1件、注意0件があります。shokibo check で確かめてください。" in ran.err
    english = cli(command, folder, *more, "--lang", "en")
    assert "The ledger has 1 error and 0 warnings; see shokibo check." in english.err


# Wrong arguments


@pytest.mark.parametrize(
    ("arguments", "ja", "en"),
    [
        (("nosuch",), "「nosuch」というコマンドはありません。", "There is no command nosuch."),
        (
            ("serveX", "a", "b"),
            "「serveX」というコマンドはありません。",
            "There is no command serveX.",
        ),
        (("check",), "LEDGER を指定してください。", "LEDGER is missing."),
        (("form1", FORM1), "--year を指定してください。", "--year is missing."),
        (("convert", FORM1), "--output を指定してください。", "--output is missing."),
        (("template",), "--output を指定してください。", "--output is missing."),
        (
            ("check", FORM1, "--shoes", "3"),
            "「--shoes」というオプションはありません。",
            "There is no option --shoes.",
        ),
        (
            ("receve", FORM1),
            "「receve」というコマンドはありません。receive ではありませんか。",
            "There is no command receve. Did you mean receive?",
        ),
        (
            ("form", FORM1),
            "「form」というコマンドはありません。form1 か form2 ではありませんか。",
            "There is no command form. Did you mean form1 or form2?",
        ),
        (
            ("form1", FORM1, "--yaer=R4"),
            "「--yaer」というオプションはありません。--year ではありませんか。",
            "There is no option --yaer. Did you mean --year?",
        ),
        (
            ("check", FORM1, "--ouput", "x"),
            "「--ouput」というオプションはありません。--output ではありませんか。",
            "There is no option --ouput. Did you mean --output?",
        ),
        (
            ("check", FORM1, "extra"),
            "余分な引数があります:extra",
            "Too many arguments: extra",
        ),
        (
            ("check", FORM1, "--format", "xml"),
            "--format の「xml」が使えません。",
            "--format: “xml” can't be used.",
        ),
        (
            ("form1", FORM1, "--year", "昨年"),
            "--year の「昨年」が使えません。",
            "--year: “昨年” can't be used.",
        ),
        (
            ("form1", FORM1, "--year", "2022", "--year", "2023"),
            "--year が二度書かれています。",
            "--year is given twice.",
        ),
        (
            ("convert", FORM1, "-o", "x", "--to", "pdf"),
            "--to の「pdf」が使えません。",
            "--to: “pdf” can't be used.",
        ),
        (
            ("template", "-o", "x.xlsx", "--for", "school"),
            "--for の「school」が使えません。",
            "--for: “school” can't be used.",
        ),
        (("check", FORM1, "--format"), "--format を指定してください。", "--format is missing."),
    ],
)
def test_wrong_arguments_are_reported_in_either_language(
    arguments: tuple[object, ...], ja: str, en: str, cli: Cli
) -> None:
    for language, said, hint in (
        ("ja", ja, "使い方は shokibo --help"),
        ("en", en, "See shokibo --help"),
    ):
        ran = cli(*arguments[:1], "--lang", language, *arguments[1:])
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"shokibo: {said}")
        assert ran.err.endswith(f"\n{hint}\n")


def test_an_unknown_language_is_reported_in_japanese(cli: Cli) -> None:
    ran = cli("check", FORM1, "--lang", "fr")
    assert ran.status == 2
    assert ran.err.startswith("shokibo: --lang の「fr」が使えません。")


def test_a_wrong_value_is_reported_with_what_would_be_right(cli: Cli) -> None:
    assert "json のどれかを書いてください。" in cli("check", FORM1, "--format", "xml").err
    assert "Write one of: 1, 2. " in cli("receive", ".", "--form", 3, "--lang", "en").err
    assert "令和4年度" in cli("form1", FORM1, "--year", "昨年").err


def test_an_error_of_the_arguments_without_words_of_its_own_is_not_swallowed() -> None:
    assert explain(CycloptsError(msg="An odd one."), "ja").endswith(":An odd one.")


@pytest.mark.parametrize("command", ["form1", "form2", "review"])
@pytest.mark.parametrize("year", ["0000", "1900", "1925", "9999"])
def test_a_year_that_can_not_be_reported_in_eras_is_refused(
    command: str, year: str, cli: Cli
) -> None:
    ran = cli(command, SETAGAYA, "--year", year)
    assert (ran.status, ran.out) == (2, "")
    assert year in ran.err


@pytest.mark.parametrize("year", ["2022", "R4", "r4", "令和4年度", "令和4年", "平成34年度"])
def test_a_year_may_be_written_in_any_form(year: str, cli: Cli) -> None:
    ran = cli("form1", FORM1, "--year", year, "--format", "json")
    assert ran.document["fiscal_year"] == 2022


# Help


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ()])
def test_help_lists_every_command(arguments: tuple[str, ...], cli: Cli) -> None:
    ran = cli(*arguments)
    assert ran.status == 0
    for command in COMMANDS:
        assert f" {command} " in ran.out


def test_help_comes_in_english_too() -> None:
    ja, en = process("--help"), process("--lang", "en", "--help")
    assert (ja.status, en.status) == (0, 0)
    assert "台帳を規則に照らして確かめる" in ja.out
    assert "コマンド" in ja.out
    assert "Check a ledger" in en.out
    assert not any("ぁ" <= letter <= "ヿ" for letter in en.out)
    assert (ja.err, en.err) == ("", "")


def test_help_of_a_command_comes_in_english_too() -> None:
    ja, en = process("evaluate", "--help"), process("evaluate", "--help", "--lang", "en")
    assert "基準日" in ja.out
    assert "The day, for example 2022-04-01; default: today" in " ".join(en.out.split())
    assert not any("ぁ" <= letter <= "ヿ" for letter in en.out)


def test_help_shows_a_year_as_it_may_be_written_not_as_a_number() -> None:
    ja, en = process("plan", "--help"), process("budget", "--help", "--lang", "en")
    assert "--from 年度" in ja.out
    assert "--year YEAR" in en.out
    assert "2022, R4 or 令和4年度" in " ".join(en.out.replace("│", " ").split())
    assert " INT" not in ja.out + en.out


def test_help_in_japanese_has_no_english_words_of_the_library() -> None:
    shown = process("propose", "--help").out
    assert shown.startswith("使い方:shokibo propose [オプション] LEDGER")
    in_one_line = re.sub(r"\s*│\s*", "", shown)
    assert "[forbid、allowから選ぶ。省けばallow]" in in_one_line
    assert "[必須]" in in_one_line
    assert "--scenario ファイル..." in in_one_line
    assert not re.search(r"Usage|OPTIONS|default|choices|required|PATH|STR|CHOICE", shown)
    assert "[required]" in process("propose", "--help", "--lang", "en").out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_of_its_own(command: str, cli: Cli) -> None:
    ran = cli(command, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"使い方:shokibo {command}")
    for option in ("--format", "--lang", "--parameters"):
        assert option in ran.out


def test_the_version_is_reported(cli: Cli) -> None:
    assert cli("--version").out == f"{version('shokibo')}\n"


def test_completion_can_be_set_up(cli: Cli) -> None:
    ran = cli("--install-completion", "--help")
    assert ran.status == 0
    assert "シェルの補完を設定する" in ran.out


def test_help_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", PROGRAM, "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "shokibo.cli.app" in loaded
    heavy = {
        "polars",
        "numpy",
        "xlsxwriter",
        "python_calamine",
        "typst",
        "msgspec",
        "jpholiday",
        "yaml",
    }
    assert not heavy & loaded


# How it ends


def test_the_process_ends_with_the_status(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, status in ((["--version"], 0), (["nosuch"], 2)):
        monkeypatch.setattr(sys, "argv", ["shokibo", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == status


def test_a_process_of_its_own_ends_with_the_same_status() -> None:
    ran = process("check", "なし.xlsx")
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err


def test_an_interruption_ends_quietly(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(App, "parse_args", interrupted)
    ran = cli("check", FORM1)
    assert (ran.status, ran.out, ran.err) == (130, "", "")


def test_a_defect_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(App, "parse_args", broken)
    with pytest.raises(ZeroDivisionError):
        run(["check", str(FORM1)])


class Gone(io.StringIO):
    """Standard output whose reader has gone away."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self.descriptor = descriptor

    def write(self, text: str) -> int:
        """Fail as a pipe does."""
        raise BrokenPipeError(text)

    def fileno(self) -> int:
        """Return a descriptor that may be turned away."""
        return self.descriptor


@pytest.mark.parametrize("arguments", [("check", SETAGAYA, "--format", "json"), ("check", FORM1)])
def test_a_reader_that_has_gone_is_no_error(
    arguments: tuple[object, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "out").open("w") as file:
        monkeypatch.setattr(sys, "stdout", Gone(file.fileno()))
        assert run([str(argument) for argument in arguments]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", FORM1),
        ("check", SETAGAYA),
        ("--help",),
        ("check", "なし.xlsx", "--format", "json"),
    ],
    ids=["short text", "table", "help", "problems"],
)
def test_a_pipe_that_is_closed_early_ends_it_quietly(arguments: tuple[object, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=600,
        )
    assert "BrokenPipe" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode in ((0, 2) if "なし.xlsx" in arguments else (0,))
