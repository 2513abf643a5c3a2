"""The command receive."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.builders import EXAMPLES
from tests.cli.running import Cli
from tests.returns.filed.invented import figures, invented
from tests.returns.filed.test_received import put

ASKED = ("--form", "1", "--year", "R4")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two forms, one of the wrong year, and a broken file."""
    put(tmp_path / "in", "a.xlsx", 1, "架空市")
    put(tmp_path / "in", "990027.xlsx", 2, "想像県", year=2021)
    (tmp_path / "in" / "broken.xlsx").write_bytes(b"PK")
    (tmp_path / "list.csv").write_text(
        "団体コード,自治体名\n990019,架空市\n990027,想像県\n990035,仮想区\n", "utf-8"
    )
    return tmp_path


def test_it_has_the_keys_that_scripts_rely_on(folder: Path, cli: Cli) -> None:
    listed = folder / "list.csv"
    ran = cli("receive", folder / "in", *ASKED, "--authorities", listed, "--format", "json")
    report = ran.document
    assert ran.status == 0
    assert set(report) == {
        *("form", "fiscal_year", "expected", "received", "missing", "unknown", "sum"),
    }
    assert (report["form"], report["fiscal_year"], report["expected"]) == (1, 2022, 3)
    first, second = report["received"]
    assert set(first) == {
        *("authority_code", "name", "file", "sha256", "state", "figures", "findings"),
    }
    assert (first["authority_code"], first["state"]) == ("990019", "clean")
    assert set(first["figures"]) == {"units", "backup", "list"}
    assert set(second["findings"][0]) == {"code", "severity", "place", "message", "values"}
    assert (second["state"], second["findings"][0]["place"]) == ("questions", "様式1!A6")
    assert report["missing"] == [{"authority_code": "990035", "name": "仮想区"}]
    assert [one["file"] for one in report["unknown"]] == ["broken.xlsx"]
    assert set(report["sum"]) == {"authorities", "units", "backup"}


def test_the_text_names_all_of_it(folder: Path, cli: Cli) -> None:
    ran = cli("receive", folder / "in", *ASKED, "--authorities", folder / "list.csv")
    for words in ("2/3自治体", "架空市", "令和3年度", "仮想区", "broken.xlsx"):
        assert words in ran.out
    assert "2 of 2" in cli("receive", folder / "in", *ASKED, "--lang", "en").out


def test_the_workbook_has_the_sum_in_the_forms_layout(folder: Path, cli: Cli) -> None:
    out = folder / "nation.xlsx"
    assert cli("receive", folder / "in", *ASKED, "-o", out).status == 0
    book = load_workbook(out)
    assert book.sheetnames == [
        *("様式1", "図", "自治体ごと", "認定施設一覧", "質問"),
        *("未提出の自治体", "受け取れなかったファイル"),
    ]
    both = [figures(invented(seed, units=12)) for seed in (1, 2)]
    form = book["様式1"]
    assert form["G10"].value == sum(one.units["total"].units for one in both)
    assert form["G15"].value == sum(one.units["total"].certified["total"] for one in both)
    assert book["認定施設一覧"].max_row == 1 + sum(len(one.rows) for one in both)
    assert book["自治体ごと"].max_row == 3
    assert "令和3年度" in str(book["質問"]["F2"].value)
    with ZipFile(out) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("xl/media/")]
    assert len(pictures) == 2
    first = out.read_bytes()
    cli("receive", folder / "in", *ASKED, "-o", out)
    assert [sheet.title for sheet in load_workbook(BytesIO(first))] == book.sheetnames
    assert out.read_bytes() == first


def test_a_folder_gets_a_data_package(folder: Path, cli: Cli) -> None:
    out = folder / "out"
    assert cli("receive", folder / "in", *ASKED, "-o", out).status == 0
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        lines = (out / resource["path"]).read_text("utf-8-sig").splitlines()
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert lines[0] == ",".join(fields)
    assert [one["name"] for one in package["resources"]] == [
        *("authorities", "units", "questions", "missing", "unknown"),
    ]


def test_nothing_received_is_a_sum_of_nothing(folder: Path, cli: Cli) -> None:
    (folder / "none").mkdir()
    out = folder / "nation.xlsx"
    ran = cli("receive", folder / "none", *ASKED, "-o", out, "--format", "json")
    assert ran.document["sum"] == {"authorities": 0, "units": {}, "backup": {}}
    assert load_workbook(out)["様式1"]["G10"].value == 0


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, cli: Cli) -> None:
    ran = cli("receive", tmp_path / "none", *ASKED)
    assert (ran.status, ran.out) == (2, "")
    assert "フォルダ" in ran.err


@pytest.mark.parametrize(
    ("written", "count", "place"),
    [
        ("団体コード,自治体名\n990019,架空市\n99001,\n", 2, "list.csv!A3"),
        ("名簿\n", 1, "list.csv"),
        (None, 1, "list.csv"),
    ],
)
def test_a_list_that_can_not_be_read_is_named(
    written: str | None, count: int, place: str, folder: Path, cli: Cli
) -> None:
    path = folder / "list.csv"
    path.unlink()
    if written is not None:
        path.write_text(written, "utf-8")
    asked = ("receive", folder / "in", *ASKED, "--authorities", path)
    ran, english = cli(*asked, "--format", "json"), cli(*asked, "--lang", "en")
    assert ran.status == 2
    heading = f"自治体の一覧「{path}」を読めません。次の{count}件を修正してください。\n  {place}"
    assert ran.err.startswith(heading)
    assert ran.document["problem_count"] == count
    assert english.err.startswith(f"The list of authorities {path} can't be read; to be corrected")


def test_an_output_of_unknown_kind_is_refused(tmp_path: Path, cli: Cli) -> None:
    out = tmp_path / "全国.txt"
    ran = cli("receive", tmp_path, *ASKED, "-o", out)
    assert (ran.status, ran.out) == (2, "")
    assert "拡張子「.txt」" in ran.err
    assert not out.exists()


def test_earlier_years_are_compared(folder: Path, cli: Cli) -> None:
    put(folder / "before", "a.xlsx", 1, "架空市", year=2021)
    ran = cli("receive", folder / "in", *ASKED, "--previous", folder / "before", "--format", "json")
    assert ran.document["received"][1]["state"] == "clean"


FORM1 = ("form1", EXAMPLES / "form1", "--year", "2022")


def test_a_filed_form_is_compared_with_the_ledger(tmp_path: Path, cli: Cli) -> None:
    path = tmp_path / "form1.xlsx"
    cli(*FORM1, "-o", path)
    against = (*FORM1, "--against", path)
    assert cli(*against, "--format", "json").document == {"equal": 47, "differences": []}
    book = load_workbook(path)
    book.worksheets[0]["G10"] = "5か所"
    book.save(path)
    report = cli(*against, "--format", "json").document
    assert report["equal"] == 46
    assert report["differences"] == [
        {
            "place": "様式1!G10",
            "label": "小規模かつ地域分散化された生活単位か所数(合計)",
            "filed": 5,
            "computed": 4,
            "reason": None,
        }
    ]
    assert "様式1!G10" in cli(*against).out
    assert "Different: 1" in cli(*against, "--lang", "en").out


@pytest.mark.parametrize("content", [b"", b"PK"])
def test_what_is_no_filed_form_is_refused(content: bytes, tmp_path: Path, cli: Cli) -> None:
    path = tmp_path / "form1.xlsx"
    path.write_bytes(content)
    ran = cli(*FORM1, "--against", path)
    assert (ran.status, ran.out) == (2, "")
    assert "form1.xlsx" in ran.err
    cli("form2", *FORM1[1:], "-o", path)
    assert "様式2です" in cli(*FORM1, "--against", path).err
    assert cli(*FORM1, "--against", tmp_path / "none.xlsx").status == 2
