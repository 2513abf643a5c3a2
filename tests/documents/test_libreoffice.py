"""Workbooks and Word documents in a real office suite: their pages, and what stands on them."""

import os
import re
import subprocess
from io import BytesIO
from pathlib import Path

from pylopdf_fonts_jp import sans_path
from pypdf import PdfReader

from shokibo.documents.blocks import Heading, PlanDocument
from shokibo.documents.forms.xlsx import form_xlsx
from shokibo.documents.plan.docx import plan_docx
from shokibo.documents.plan.pdf import plan_pdf
from shokibo.ledger.model import ledger_of

from .sheets import made_row, sheet_with_rows
from .test_plan_cases import document_of, setagaya
from .test_plan_shapes import SHAPES, over_the_edge

COVER_AND_CONTENTS = 2
HANGING = ("、", "。")  # may hang over the end of a line
WITH_CONTENTS = ("13 years", "names of 60 characters", "names without a break")
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
    texts = [page.replace("\n", "") for page in printed(workbook)[0]]
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


def printed(*files: Path) -> list[list[str]]:
    """Return the lines of every page that LibreOffice prints of each file, without spaces."""
    folder = files[0].parent
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
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=600,
        env={**os.environ, "FONTCONFIG_FILE": str(config), "HOME": str(folder)},
    )
    return [pages_of(file.with_suffix(".pdf").read_bytes()) for file in files]


def pages_of(pdf: bytes) -> list[str]:
    pages = PdfReader(BytesIO(pdf)).pages
    return [re.sub(r"[^\S\n]", "", page.extract_text(extraction_mode="layout")) for page in pages]


def pages_of_headings(document: PlanDocument, pages: list[str]) -> list[int]:
    """Find each heading after the one before; pages count from the first after the contents."""
    main, page, found = pages[COVER_AND_CONTENTS:], 0, []
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = re.sub(r"\s", "", block.text)
            page = next(n for n in range(page, len(main)) if heading in main[n].replace("\n", ""))
            found.append(page + 1)
    return found


def test_the_contents_name_the_pages_that_libreoffice_and_the_pdf_print(tmp_path: Path) -> None:
    documents = [setagaya(), *(document_of(ledger_of(SHAPES[shape])) for shape in WITH_CONTENTS)]
    files = [tmp_path / f"{number}.docx" for number in range(len(documents))]
    for file, document in zip(files, documents, strict=True):
        file.write_bytes(plan_docx(document))
    for document, word in zip(documents, printed(*files), strict=True):
        pdf = pages_of(plan_pdf(document))
        named = [
            [int(page) for page in re.findall(r"\.[.\u2060]*([0-9]+)$", pages[1], re.MULTILINE)]
            for pages in (word, pdf)
        ]
        assert named[0] == named[1] == pages_of_headings(document, pdf)
        assert pages_of_headings(document, word) == named[0]
    for file in files:
        over = over_the_edge(file.with_suffix(".pdf"))
        assert [word for word in over if not word.endswith(HANGING)] == []
