"""The commands form1 and form2."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from shokibo.cli import opening
from tests.builders import EXAMPLES, edit, made, part_time, write_csv
from tests.cli.running import Cli

FORM1 = EXAMPLES / "form1"
YEAR = ("--year", "2022")
both_forms = pytest.mark.parametrize("command", ["form1", "form2"])


@both_forms
def test_it_has_the_keys_that_scripts_rely_on(command: str, cli: Cli) -> None:
    report = cli(command, FORM1, *YEAR, "--format", "json").document
    assert set(report) >= {"units", "backup", "list", "notes"}
    assert set(report["units"]) == {"community_home", "branch_group_care", "total"}
    for of_kind in report["units"].values():
        assert set(of_kind) == {"units", "applied", "certified"}
        assert set(of_kind["applied"]) == set(of_kind["certified"]) == {"total", "4", "5", "6"}
    assert set(report["backup"]) == {"homes", "homes_with_units", "applied", "certified"}
    for row in report["list"]:
        assert set(row) == {
            *("number", "unit_name", "capacity", "dispersal", "staff", "home_name", "backup"),
        }


def test_the_four_rows_of_the_example(cli: Cli) -> None:
    report = cli("form1", FORM1, *YEAR, "--format", "json").document
    rows = [tuple(row.values()) for row in report["list"]]
    assert rows == [
        (1, "a 園", 4, True, "4", "A 園", True),
        (2, "b 園", 6, True, "6", "A 園", True),
        (3, "a 園", 5, True, "5", "B 園", False),
        (4, "a 園", 5, False, "4", "C 園", True),
    ]
    assert report["notes"] == []


@both_forms
def test_the_day_the_figures_were_drawn_is_kept(
    command: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "today", lambda: dt.date(2022, 5, 6))
    report = cli(command, FORM1, *YEAR, "--format", "json").document
    assert report["drawn_on"] == "2022-05-06"


def test_the_tables_show_the_figures(cli: Cli) -> None:
    ran = cli("form1", FORM1, *YEAR)
    lines = ["".join(line.split()) for line in ran.out.splitlines()]
    assert "様式1令和4年度" in lines
    for line in (
        *("│生活単位│2│2│4│", "│申請│2│1│3│", "│定員4名│1│0│1│", "│認定│2│1│3│", "│3│3│2│2│"),
        *("│1│a園│4│○│4│A園│○│", "│4│a園│5│×│4│C園│○│"),
    ):
        assert line in lines
    assert "確認事項" not in ran.out


def test_the_tables_come_in_english(cli: Cli) -> None:
    lines = [
        "".join(line.split())
        for line in cli("form2", FORM1, *YEAR, "--lang", "en").out.splitlines()
    ]
    assert "Form2,2022" in lines
    assert "│Unitsinscope│2│2│4│" in lines
    assert "│of4places│1│0│1│" in lines


def test_notes_are_shown_below_the_tables(cli: Cli, tmp_path: Path) -> None:
    folder = write_csv(made(part_time("x", "u4", "")), tmp_path)
    ja, en = cli("form1", folder, *YEAR), cli("form1", folder, *YEAR, "--lang", "en")
    assert "確認事項" in ja.out
    assert "units.csv:3 name" in ja.out
    assert "To be looked at" in en.out
    report = cli("form1", folder, *YEAR, "--format", "json").document
    assert [note["code"] for note in report["notes"]] == ["FORM_STAFF_UNKNOWN"]


def test_a_form_is_written_as_workbook_and_pdf(cli: Cli, tmp_path: Path) -> None:
    xlsx, pdf = tmp_path / "様式1.xlsx", tmp_path / "様式1.pdf"
    more = ("--number", "架空第1号", "--date", "令和4年5月2日", "-o", xlsx, "--pdf", pdf)
    ran = cli("form1", FORM1, *YEAR, *more, "--format", "json")
    assert ran.status == 0
    assert ran.document["fiscal_year"] == 2022
    assert ran.err == f"書き出しました:{xlsx}\n書き出しました:{pdf}\n"
    assert pdf.read_bytes().startswith(b"%PDF-")
    cells = {cell for sheet in load_workbook(xlsx) for row in sheet.values for cell in row if cell}
    words = " ".join(map(str, cells))
    for word in ("架空第1号", "令和4年5月2日", "民生主管部", "架空県", "A 園"):
        assert word in words


@both_forms
def test_what_is_sent_is_the_form_alone_and_its_notes_are_a_file_of_their_own(
    command: str, cli: Cli, tmp_path: Path
) -> None:
    folder = write_csv(made(part_time("x", "u4", "")), tmp_path / "in")
    xlsx, notes = tmp_path / "様式.xlsx", tmp_path / "確認.xlsx"
    assert cli(command, folder, *YEAR, "-o", xlsx, "--notes", notes).status == 0
    assert load_workbook(xlsx).sheetnames == [f"様式{command[-1]}"]
    (sheet,) = load_workbook(notes).worksheets
    assert sheet.title == "確認事項"
    report = cli(command, folder, *YEAR, "--format", "json").document["notes"]
    rows = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=3)]
    assert rows == [(note["place"], note["message"]) for note in report]
    assert len(rows) == int(command[-1])  # form 2 is due after the reform: its addressee


def test_a_form_without_notes_says_so_in_their_file(cli: Cli, tmp_path: Path) -> None:
    notes = tmp_path / "確認.xlsx"
    assert cli("form1", FORM1, *YEAR, "--notes", notes).status == 0
    assert load_workbook(notes)["確認事項"]["A1"].value == "確認する事項はありません。"


@both_forms
@pytest.mark.parametrize("year", ["1990", "2018"])
def test_a_year_before_the_notification_applied_is_refused_and_nothing_is_written(
    command: str, year: str, cli: Cli, tmp_path: Path
) -> None:
    files = ("-o", tmp_path / "a.xlsx", "--pdf", tmp_path / "a.pdf")
    ran = cli(command, FORM1, "--year", year, *files)
    assert (ran.status, ran.out) == (2, "")
    assert "子発1004第5号は平成31年4月1日から適用されています" in ran.err
    assert list(tmp_path.iterdir()) == []
    english = cli(command, FORM1, "--year", year, "--lang", "en")
    assert "applies from 2019-04-01" in english.err


def test_where_one_file_can_not_be_written_none_is(cli: Cli, tmp_path: Path) -> None:
    xlsx, pdf = tmp_path / "様式1.xlsx", tmp_path / "nowhere" / "様式1.pdf"
    ran = cli("form1", FORM1, *YEAR, "-o", xlsx, "--pdf", pdf)
    assert ran.status == 2
    assert "書き出しました" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_one_file_alone_is_written(cli: Cli, tmp_path: Path) -> None:
    ran = cli("form2", FORM1, *YEAR, "-o", tmp_path / "様式2.xlsx")
    assert ran.status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["様式2.xlsx"]


SUFFIXES = {"-o": ".xlsx", "--pdf": ".pdf", "--notes": ".xlsx"}


@pytest.mark.parametrize("option", SUFFIXES)
def test_a_file_of_another_kind_is_refused(option: str, cli: Cli, tmp_path: Path) -> None:
    ran = cli("form1", FORM1, *YEAR, option, tmp_path / "form.docx")
    assert (ran.status, ran.out) == (2, "")
    assert f"form.docx」の拡張子は {SUFFIXES[option]} にしてください。" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["-o", "--pdf"])
def test_a_folder_that_does_not_exist_is_named(option: str, cli: Cli, tmp_path: Path) -> None:
    ran = cli("form1", FORM1, *YEAR, option, tmp_path / "nowhere" / f"form{SUFFIXES[option]}")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"shokibo: 書き出せません:{tmp_path / 'nowhere'}(見つかりません)")


@both_forms
@pytest.mark.parametrize("character", ["🏠", "\ue000", "\ufffd"])
@pytest.mark.parametrize("options", [["-o"], ["--pdf"], ["-o", "--pdf", "--notes"]])
def test_a_character_that_no_font_has_is_refused_with_its_cell_and_nothing_is_written(
    command: str, character: str, options: list[str], cli: Cli, tmp_path: Path
) -> None:
    folder = write_csv(made(edit("units", "u4", name=f"家{character}")), tmp_path / "in")
    out = tmp_path / "out"
    out.mkdir()
    files = [part for option in options for part in (option, out / f"{option}{SUFFIXES[option]}")]
    ran = cli(command, folder, *YEAR, *files)
    assert (ran.status, ran.out) == (2, "")
    assert f"「家{character}」" in ran.err
    assert f"U+{ord(character):04X}" in ran.err
    assert "台帳のセル:units.csv:3 name" in ran.err
    assert list(out.iterdir()) == []


def test_a_number_with_such_a_character_is_named_without_a_cell(cli: Cli, tmp_path: Path) -> None:
    more = ("--number", "🏠1号", "--pdf", tmp_path / "a.pdf", "--lang", "en")
    ran = cli("form1", FORM1, *YEAR, *more)
    assert ran.status == 2
    assert "number of the letter, 🏠1号: 🏠 (U+1F3E0)" in ran.err
    assert "Cell: " not in ran.err


def test_a_date_that_is_none_is_refused_before_anything_is_read(cli: Cli) -> None:
    ran = cli("form1", "なし.xlsx", *YEAR, "--date", "いつか")
    assert ran.status == 2
    assert "「いつか」は日付として読めません" in ran.err
    assert "なし.xlsx" not in ran.err
