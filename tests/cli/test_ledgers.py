"""The commands template, convert and check."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from shokibo.ledger.reading import read_ledger
from tests.builders import (
    EXAMPLES,
    Tables,
    add,
    codes,
    edit,
    findings,
    made,
    planned,
    posting,
    unit,
    write_csv,
    write_sheets,
)
from tests.cli.running import Cli
from tests.ledger.random_ledgers import held

FORM1 = EXAMPLES / "form1"


def folder_of(tables: Tables, folder: Path) -> Path:
    """Write a ledger as CSV files."""
    return write_csv(tables, folder)


# template


def test_an_empty_workbook_is_made_and_checked(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "台帳.xlsx"
    ran = cli("template", "-o", path)
    assert (ran.status, ran.out, ran.err) == (0, "", f"書き出しました:{path}\n")
    assert cli("check", path).out == "誤りも注意もありません。\n"
    assert len(load_workbook(path).sheetnames) == 27


def test_the_workbook_of_a_home_has_thirteen_tables(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "施設.xlsx"
    assert cli("template", "--output", path, "--for", "home").status == 0
    assert len(load_workbook(path).sheetnames) == 15


def test_a_workbook_for_form_1_has_the_tables_that_it_needs(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "様式1.xlsx"
    assert cli("template", "-o", path, "--for", "form1").status == 0
    assert len(load_workbook(path).sheetnames) == 10
    assert cli("check", path).out == "誤りも注意もありません。\n"


def test_a_workbook_is_filled_from_a_ledger(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "台帳.xlsx"
    assert cli("template", "-o", path, "--from", FORM1).status == 0
    assert held(read_ledger(path)) == held(read_ledger(FORM1))


def test_a_workbook_is_filled_for_one_home(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert cli("template", "-o", path, "--for", "home", "--from", FORM1, "--home", "a").status == 0
    units = load_workbook(path)["生活単位"]
    assert [row[0].value for row in units.iter_rows(min_row=2)] == ["a-a", "a-b"]


@pytest.mark.parametrize(
    ("more", "ja", "en"),
    [
        (
            ("--home", "a"),
            "shokibo: --home には、元の台帳 --from が要ります。\n",
            "shokibo: --home needs the ledger, --from.\n",
        ),
        (
            ("--from", FORM1, "--home", "z"),
            "shokibo: 施設ID「z」は台帳にありません。\n",
            "shokibo: The ledger has no home z.\n",
        ),
    ],
)
def test_a_home_has_to_be_in_a_ledger(
    more: tuple[object, ...], ja: str, en: str, cli: Cli, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    assert cli("template", "-o", path, *more).err.startswith(ja)
    ran = cli("template", "-o", path, *more, "--lang", "en")
    assert ran.err.startswith(en)
    assert ran.status == 2
    assert not path.exists()


def test_what_was_written_is_reported_as_json_where_that_is_asked_for(
    cli: Cli, tmp_path: Path
) -> None:
    path = tmp_path / "台帳.xlsx"
    ran = cli("template", "-o", path, "--format", "json")
    assert ran.document == {"written": [str(path)]}
    assert ran.err == ""


@pytest.mark.parametrize(("kind", "suffix"), [("authority", ".xlsx"), ("letters", ".docx")])
def test_a_template_of_another_kind_is_refused(
    kind: str, suffix: str, cli: Cli, tmp_path: Path
) -> None:
    ran = cli("template", "-o", tmp_path / "台帳.pdf", "--for", kind, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert f"台帳.pdf must end in {suffix}." in ran.err
    assert list(tmp_path.iterdir()) == []


# convert


@pytest.mark.parametrize(
    ("name", "to", "files"),
    [
        ("台帳.xlsx", None, ["台帳.xlsx"]),
        ("台帳.XLSX", None, ["台帳.XLSX"]),
        ("out", "xlsx", ["out"]),
        ("out", None, ["homes.csv"]),
        ("out", "csv", ["homes.csv"]),
        ("out", "parquet", ["homes.parquet"]),
    ],
)
def test_a_ledger_is_written_in_another_carrier(
    name: str, to: str | None, files: list[str], cli: Cli, tmp_path: Path
) -> None:
    place = tmp_path / name
    ran = cli("convert", FORM1, "-o", place, *(("--to", to) if to else ()))
    assert (ran.status, ran.out) == (0, "")
    found = list(place.iterdir()) if place.is_dir() else [place]
    assert set(files) <= {path.name for path in found}
    for path in found:
        assert f"書き出しました:{path}\n" in ran.err
    if place.suffix or place.is_dir():
        assert held(read_ledger(place)) == held(read_ledger(FORM1))


@pytest.mark.parametrize(
    ("lang", "said"), [("ja", "拡張子「.csv」では"), ("en", "The suffix .csv does not say")]
)
def test_a_name_that_does_not_determine_the_carrier_is_refused(
    lang: str, said: str, cli: Cli, tmp_path: Path
) -> None:
    ran = cli("convert", FORM1, "-o", tmp_path / "homes.csv", "--lang", lang)
    assert ran.status == 2
    assert ran.err.startswith(f"shokibo: {said}")
    assert list(tmp_path.iterdir()) == []
    named = ("-o", tmp_path / "homes.csv", "--to", "csv")
    assert cli("convert", FORM1, *named).status == 0


def test_every_file_that_was_written_is_reported_as_json(cli: Cli, tmp_path: Path) -> None:
    ran = cli("convert", FORM1, "-o", tmp_path / "out", "--format", "json")
    assert len(ran.document["written"]) == 7
    assert all(Path(path).is_file() for path in ran.document["written"])


def test_a_folder_that_holds_other_tables_is_refused(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "need.csv").touch()
    ran = cli("convert", FORM1, "-o", tmp_path)
    assert ran.status == 2
    assert "need.csv" in ran.err
    assert "空のフォルダを指定してください" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["need.csv"]


def test_an_empty_ledger_is_converted_to_one_that_can_be_read(cli: Cli, tmp_path: Path) -> None:
    cli("template", "-o", tmp_path / "台帳.xlsx")
    assert cli("convert", tmp_path / "台帳.xlsx", "-o", tmp_path / "out").status == 0
    assert cli("check", tmp_path / "out").status == 0


# Where it is written


@pytest.mark.parametrize("command", [("template",), ("convert", FORM1)])
def test_a_folder_that_does_not_exist_is_named(
    command: tuple[object, ...], cli: Cli, tmp_path: Path
) -> None:
    ran = cli(*command, "-o", tmp_path / "nowhere" / "台帳.xlsx")
    assert ran.status == 2
    assert str(tmp_path / "nowhere") in ran.err
    assert "台帳.xlsx" not in ran.err


@pytest.mark.parametrize("command", [("template",), ("convert", FORM1)])
def test_a_file_that_is_there_is_replaced_by_a_whole_one(
    command: tuple[object, ...], cli: Cli, tmp_path: Path
) -> None:
    path = tmp_path / "台帳.xlsx"
    path.write_text("old")
    assert cli(*command, "-o", path).status == 0
    assert load_workbook(path).sheetnames[0] == "はじめに"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("command", [("template",), ("convert", FORM1)])
def test_a_folder_in_the_place_of_a_workbook_stays(
    command: tuple[object, ...], cli: Cli, tmp_path: Path
) -> None:
    folder = tmp_path / "台帳.xlsx"
    folder.mkdir()
    ran = cli(*command, "-o", folder)
    assert ran.status == 2
    assert str(folder) in ran.err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", [("template",), ("convert", FORM1)])
def test_a_workbook_that_can_not_be_written_is_reported(
    command: tuple[object, ...], cli: Cli
) -> None:
    ran = cli(*command, "-o", "/proc/台帳.xlsx")  # a folder in which no one may make a file
    assert ran.status == 2
    assert ran.err.startswith("shokibo: 書き出せません")


# check


def test_a_clean_ledger_has_nothing_found(cli: Cli, tmp_path: Path) -> None:
    folder = folder_of(made(planned), tmp_path)
    assert cli("check", folder).out == "誤りも注意もありません。\n"
    assert cli("check", folder, "--lang", "en").out == "Nothing was found.\n"
    assert cli("check", folder, "--format", "json").document == {"findings": []}


@pytest.mark.parametrize(
    ("tables", "severity", "status"),
    [
        (made(edit("staff", "m-1", employment="part_time")), "error", 1),
        (made(posting("x", "m6", main_rota="○")), "warning", 0),
        (made(unit("x", "branch_group_care", "7")), "info", 0),
    ],
    ids=["error", "warning", "info"],
)
def test_only_an_error_gives_status_1(
    tables: Tables, severity: str, status: int, cli: Cli, tmp_path: Path
) -> None:
    folder = folder_of(tables, tmp_path)
    ran = cli("check", folder, "--format", "json")
    assert [one["severity"] for one in ran.document["findings"]] == [severity]
    assert (ran.status, ran.err) == (status, "")
    assert cli("check", folder).status == status


def test_a_finding_has_all_its_keys(cli: Cli, tmp_path: Path) -> None:
    folder = folder_of(made(edit("staff", "m-1", employment="part_time")), tmp_path)
    ja, en = (
        cli("check", folder, "--format", "json", "--lang", lang).document["findings"][0]
        for lang in ("ja", "en")
    )
    assert ja == {
        "code": "HOURS_MISSING",
        "severity": "error",
        "table": "staff",
        "place": "staff.csv:2 weekly_hours",
        "message": "職員「m-1」の週勤務時間か常勤の週勤務時間が空欄で、常勤換算できません。"
        "非常勤の人と、同時に二つの配置がある人は、両方を記入してください。",
        "values": {"staff_id": "m-1"},
        "source": "子発1004第5号 別紙様式1・様式2 注2",
    }
    assert {**en, "message": ja["message"]} == ja
    assert en["message"].startswith("Hours of m-1 are blank")


def test_findings_as_text_name_place_severity_and_code(cli: Cli, tmp_path: Path) -> None:
    tables = made(edit("staff", "m-1", employment="part_time"))
    path = write_sheets(tables, tmp_path / "台帳.xlsx")
    ja, en = cli("check", path), cli("check", path, "--lang", "en")
    assert "職員!F2" in ja.out
    assert "誤り" in ja.out
    assert "[HOURS_MISSING]" in "".join(ja.out.split())
    assert "error" in en.out
    assert "Findings" in en.out
    assert (ja.err, en.err) == ("", "")


def test_the_same_workbook_is_written_with_its_findings_marked(cli: Cli, tmp_path: Path) -> None:
    tables = made(edit("staff", "m-1", employment="part_time"))
    path, out = write_sheets(tables, tmp_path / "台帳.xlsx"), tmp_path / "確認済.xlsx"
    ran = cli("check", path, "-o", out, "--format", "json")
    assert (ran.status, ran.err) == (1, f"書き出しました:{out}\n")
    (finding,) = ran.document["findings"]
    comment = load_workbook(out)["職員"]["F2"].comment
    assert comment is not None
    assert comment.text == finding["message"]
    assert held(read_ledger(out)) == held(read_ledger(path))


def test_a_workbook_that_can_t_be_read_is_marked_too(cli: Cli, tmp_path: Path) -> None:
    path, out = tmp_path / "台帳.xlsx", tmp_path / "確認済.xlsx"
    write_sheets(made(edit("staff", "m-1", job="校長")), path)
    assert cli("check", path).status == 2
    ran = cli("check", path, "-o", out)
    assert (ran.status, ran.err) == (1, f"書き出しました:{out}\n")
    assert "校長" in ran.out
    assert load_workbook(out)["職員"]["D2"].comment is not None


@pytest.mark.parametrize("content", [None, b"no workbook", b"PK"])
def test_nothing_is_written_of_what_is_no_workbook(
    content: bytes | None, cli: Cli, tmp_path: Path
) -> None:
    path, out = tmp_path / "台帳.xlsx", tmp_path / "確認済.xlsx"
    if content is not None:
        path.write_bytes(content)
    ran = cli("check", path, "-o", out)
    assert (ran.status, out.exists()) == (2, False)
    assert "台帳を読めません" in ran.err


def test_a_folder_has_no_workbook_to_mark(cli: Cli, tmp_path: Path) -> None:
    ran = cli("check", FORM1, "-o", tmp_path / "確認済.xlsx")
    assert (ran.status, list(tmp_path.iterdir())) == (2, [])
    assert "台帳がExcelのブックのときに使えます" in ran.err


def test_the_marked_workbook_ends_as_the_ledger_does(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "台帳.xlsx"
    cli("template", "-o", path)
    ran = cli("check", path, "-o", tmp_path / "確認済.pdf")
    assert (ran.status, ran.out) == (2, "")
    assert "確認済.pdf」の拡張子は .xlsx にしてください。" in ran.err
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_left_where_the_marked_workbook_can_t_be_written(
    cli: Cli, tmp_path: Path
) -> None:
    path = write_sheets(made(), tmp_path / "台帳.xlsx")
    ran = cli("check", path, "-o", tmp_path / "nowhere" / "確認済.xlsx")
    assert (ran.status, [one.name for one in tmp_path.iterdir()]) == (2, ["台帳.xlsx"])
    assert ran.out == ""


def test_what_the_reading_noted_is_found_too(cli: Cli, tmp_path: Path) -> None:
    folder = folder_of(made(), tmp_path)
    (folder / "memo.csv").write_text("a,b\n", "utf-8")
    ran = cli("check", folder, "--format", "json")
    assert [(one["code"], one["place"]) for one in ran.document["findings"]] == [
        ("SHEET_UNKNOWN", "memo.csv")
    ]
    assert ran.status == 0


def test_check_uses_an_authoritys_own_values(cli: Cli, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        """parameters:
  base_staff:
    meaning: {ja: 基準, en: base}
    values:
      - effective_from: 2019-04-01
        published_on: 2022-03-01
        value: 4
        source: {document: 架空県要綱, article: 第3条}
""",
        "utf-8",
    )
    ran = cli("check", FORM1, "--parameters", own, "--format", "json")
    assert ran.status == 1
    assert {one["code"] for one in ran.document["findings"]} == {
        "CERTIFIED_NOT_ELIGIBLE",
        "CERTIFIED_EXTRA_ABOVE_AVAILABLE",
    }


def test_check_finds_what_the_checks_find(cli: Cli) -> None:
    found = findings(read_ledger(EXAMPLES / "setagaya"))
    ran = cli("check", EXAMPLES / "setagaya", "--format", "json")
    assert [one["code"] for one in ran.document["findings"]] == codes(found)


def test_a_ledger_of_two_authorities_is_checked(cli: Cli, tmp_path: Path) -> None:
    second = add("authorities", "990001", authority_code="990019", name="架空市")
    ran = cli("check", folder_of(made(planned, second), tmp_path), "--format", "json")
    assert ran.status == 1
    assert {one["code"] for one in ran.document["findings"]} >= {"AUTHORITY_CODE_NEEDED"}
