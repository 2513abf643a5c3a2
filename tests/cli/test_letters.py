"""The command letters: what is decided in a ledger, as letters."""

from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from tests.builders import EXAMPLES
from tests.cli.running import Cli

EXAMPLE = EXAMPLES / "setagaya"
FICTITIOUS = "架空-R4-"


def words(path: Path) -> str:
    document = docx.Document(str(path))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def test_what_is_decided_is_listed(cli: Cli) -> None:
    ran = cli("letters", EXAMPLE, "--year", "R4", "--format", "json")
    found = {one["application_id"][-2:]: one for one in ran.document["letters"]}
    assert ran.document["fiscal_year"] == 2022
    assert not {"04", "08"} & found.keys()  # withdrawn, and the end of it in the letter of 15
    decisions = {number: one["decision"] for number, one in found.items()}
    assert decisions["01"] == "certified"
    assert decisions["09"] == "ended"
    assert decisions["10"] == "rejected"
    assert decisions["15"] == "changed"
    assert found["05"]["unit"] is None
    assert found["05"]["number"] is None


def test_each_is_a_word_file_with_its_number(cli: Cli, tmp_path: Path) -> None:
    asked = [
        "--number",
        "4世児第9号",
        "--date",
        "R4.4.22",
        "--signatory",
        "区長",
        "--remark",
        "教示",
    ]
    ran = cli("letters", EXAMPLE, "--year", "R4", "-o", tmp_path / "letters", *asked)
    assert ran.status == 0, ran.err
    files = sorted((tmp_path / "letters").iterdir())
    assert len(files) == 13
    first, second = words(files[0]), words(files[1])
    for part in ("4世児第9号", "令和4年4月22日", "区長", "教示", "認定通知書", "令和5年3月まで"):
        assert part in first
    assert "4世児第10号" in second


def test_the_refusal_cites_the_scope_that_was_not_met(cli: Cli, tmp_path: Path) -> None:
    chosen = ["--application", f"{FICTITIOUS}10"]
    cli("letters", EXAMPLE, "--year", "R4", "-o", tmp_path / "x", *chosen)
    assert "子発1004第5号 別紙2(1)(2)" in words(tmp_path / "x" / f"通知書_{FICTITIOUS}10.docx")


def test_all_are_one_pdf(cli: Cli, tmp_path: Path) -> None:
    conditions = ["--condition", "一つ", "--condition", "二つ"]
    cli("letters", EXAMPLE, "--year", "R4", "-o", tmp_path / "x.pdf", *conditions)
    pages = PdfReader(tmp_path / "x.pdf").pages
    assert len(pages) == 13
    assert "(2)二つ" in "".join(pages[0].extract_text().split())


@pytest.mark.parametrize("name", ["x.pdf", "letters"])
def test_without_a_decision_nothing_is_written(cli: Cli, tmp_path: Path, name: str) -> None:
    ran = cli("letters", EXAMPLE, "--year", "R3", "-o", tmp_path / name)
    assert ran.status == 2
    assert "令和3年度の認定、不認定がまだない" in ran.err
    assert not (tmp_path / name).exists()


def test_the_office_s_template_is_filled_in(cli: Cli, tmp_path: Path) -> None:
    template, folder = tmp_path / "t.docx", tmp_path / "letters"
    assert cli("template", "--for", "letters", "-o", template).status == 0
    document = docx.Document(str(template))
    document.paragraphs[0].insert_paragraph_before("世田谷区様式 {{ 理由 }}")
    document.save(str(template))
    cli("letters", EXAMPLE, "--year", "R4", "-o", folder, "--template", template)
    assert "世田谷区様式 架空 要件と職員配置を確認した" in words(
        folder / f"通知書_{FICTITIOUS}01.docx"
    )


def test_a_wrong_template_is_reported_and_nothing_is_written(cli: Cli, tmp_path: Path) -> None:
    template, folder = tmp_path / "t.docx", tmp_path / "letters"
    document = docx.Document()
    document.add_paragraph("{{ 標題 }} {{ 宛て先 }}")
    document.save(str(template))
    ran = cli("letters", EXAMPLE, "--year", "R4", "-o", folder, "--template", template)
    assert ran.status == 2
    assert "本文の1番目の段落「{{ 標題 }} {{ 宛て先 }}」" in ran.err
    assert "近い名前:宛先" in ran.err
    assert not folder.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["-o", "x.docx"], "フォルダの名か、.pdf の名にしてください"),
        (["--template", "t.docx"], "--output にフォルダを指定してください"),
        (["-o", "x.pdf", "--template", "t.docx"], "--output にフォルダを指定してください"),
        (["--application", "none"], "申請ID「none」の認定、不認定はありません"),
        (["-o", "x", "--template", "none.docx"], "none.docx(見つかりません)"),
    ],
)
def test_what_cannot_be_made_is_reported(cli: Cli, options: list[str], words: str) -> None:
    ran = cli("letters", EXAMPLE, "--year", "R4", *options)
    assert ran.status == 2
    assert words in ran.err


def test_a_character_that_no_font_has_is_named_with_its_cell(cli: Cli, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    ledger.mkdir()
    for file in EXAMPLE.glob("*.csv"):
        text = file.read_text("utf-8-sig")
        (ledger / file.name).write_text(text.replace("架空 あおぞらの家", "架空😀"), "utf-8-sig")
    ran = cli("letters", ledger, "--year", "R4", "-o", tmp_path / "x.pdf")
    assert ran.status == 2
    assert "units.csv" in ran.err
    assert not (tmp_path / "x.pdf").exists()
