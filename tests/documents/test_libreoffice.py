"""The workbook in a real office suite: how many pages it prints, and what stands on them."""

import os
import re
import subprocess
from io import BytesIO
from pathlib import Path

from pylopdf_fonts_jp import sans_path
from pypdf import PdfReader

from shokibo.documents.blocks import Heading
from shokibo.documents.forms.xlsx import form_xlsx

from .sheets import made_row, sheet_with_rows
from .test_plan_cases import content, setagaya

LIST_HEADING = "3.児童養護施設の小規模かつ地域分散化加算等認定施設一覧"
FONTS = f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{sans_path().parent}</dir>
</fontconfig>"""


def test_it_prints_fifteen_rows_a_page_with_the_headings(tmp_path: Path) -> None:
    workbook = tmp_path / "form.xlsx"
    sheet = sheet_with_rows(31, made_row(unit_name="髙﨑の家"), fictitious=True)
    workbook.write_bytes(form_xlsx(sheet))
    texts = printed(workbook)
    assert len(texts) == 3
    for number, text in enumerate(texts):
        assert text.count(LIST_HEADING) == 1
        assert text.count("本体施設名") == 1
        assert text.count("架空学園") == (15 if number < 2 else 1)
        assert text.count("架空") == text.count("架空学園") + 1
        assert ("(注2)職員数欄には" in text) == (number == 2)
    assert "別紙様式1" in texts[0]
    assert "加算申請か所数2か所1か所3か所" in texts[0]
    assert "1髙﨑の家6名○6名架空学園○" in texts[0]
    assert "32名名" in texts[2]


def printed(workbook: Path) -> list[str]:
    """Return the text of every page that LibreOffice prints, without its spaces."""
    folder = workbook.parent
    config = folder / "fonts.conf"
    config.write_text(FONTS, "utf-8")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(workbook),
        ],
        check=True,
        capture_output=True,
        timeout=600,
        env={**os.environ, "FONTCONFIG_FILE": str(config), "HOME": str(folder)},
    )
    reader = PdfReader(workbook.with_suffix(".pdf"))
    return [re.sub(r"\s", "", page.extract_text(extraction_mode="layout")) for page in reader.pages]


def test_the_contents_in_word_name_the_pages_of_the_pdf(tmp_path: Path) -> None:
    document = tmp_path / "plan.docx"
    document.write_bytes(content("docx"))
    contents = PdfReader(BytesIO(content("pdf"))).pages[1]
    ours = re.sub(r"\s", "", contents.extract_text(extraction_mode="layout"))
    word, pdf = (re.findall(r"\.[.\u2060]*([0-9]+)", page) for page in (printed(document)[1], ours))
    assert len(pdf) == len([block for block in setagaya().blocks if isinstance(block, Heading)])
    assert word == pdf
