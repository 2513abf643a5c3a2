"""The commands staffing and support, and what budget and review tell of support."""

from pathlib import Path

import openpyxl
import pytest

from tests.builders import EXAMPLES
from tests.cli.running import Cli

FORM1, SETAGAYA = EXAMPLES / "form1", EXAMPLES / "setagaya"


def test_staffing_is_printed_by_year_and_home(cli: Cli) -> None:
    ran = cli("staffing", SETAGAYA)
    for word in ("計画に必要な職員数(人)", "東京育成園", "71", "採用予定", "(未確認)"):
        assert word in ran.out
    english = cli("staffing", SETAGAYA, "--lang", "en")
    assert "Staff that the plan needs" in english.out


def test_support_is_printed_by_head_and_written_as_a_workbook(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "支援.xlsx"
    ran = cli("support", SETAGAYA, "--year", "R4", "-o", path)
    for word in ("住宅の確保等 令和4年度", "開設した物件", "19,974,000", "自治体・施設未定"):
        assert word in ran.out
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[1:] == [
        "住宅の確保等",
        "職員の確保及び人材育成",
        "児童相談所との連携",
        "地域との連携",
    ]
    texts = {cell.value for row in book["住宅の確保等"].iter_rows() for cell in row}
    assert {"東京育成園", "開設した物件"} <= texts


def test_support_needs_no_plan(cli: Cli) -> None:
    found = cli("support", FORM1, "--year", "2022", "--format", "json").document
    (openings,) = [one for one in found["heads"][0]["together"] if one["measure"] == "openings"]
    assert openings["this_year"] is None


def test_a_workbook_ends_in_xlsx(cli: Cli, tmp_path: Path) -> None:
    ran = cli("support", SETAGAYA, "--year", "2022", "-o", tmp_path / "支援.csv")
    assert (ran.status, ran.out) == (2, "")
    assert ".xlsx" in ran.err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("budget", ("新設2か所は、契約した物件の額によります。", "補助対象の研修8回")),
        ("review", ("支援の状況", "スーパーバイズ")),
    ],
)
def test_budget_and_review_include_support(command: str, words: tuple[str, ...], cli: Cli) -> None:
    ran = cli(command, SETAGAYA, "--year", "2022")
    for word in words:
        assert word in ran.out
