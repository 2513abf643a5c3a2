"""Draw the pictures of the guides: terminals, filled sheets, printed pages, charts, web pages.

`python -m scripts.draw_pictures` (`make pictures`) writes them to docs/pictures/ from the example
of Setagaya. It needs LibreOffice (`soffice`), poppler (`pdftoppm`, `pdftotext`) and Chromium.

Names of web pages (`today_today-1280`, or `homes` for all whose names begin so) draw these alone:
`make pictures ONLY="today_today-1280 homes"`.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
PROGRAM = Path(sys.executable).with_name("shokibo")
LEDGER = "examples/setagaya"
WEB_GUIDE = ROOT / "docs" / "web-guide.ja.md"

TERMINALS = {
    "check": f"check {LEDGER}",
    "plan": f"plan {LEDGER}",
    "budget": f"budget {LEDGER} --year R4",
    "forecast": f"forecast {LEDGER} --backtest",
    "review": f"review {LEDGER} --year R4",
}
"""Pictures of what commands print, by name."""
SHEETS = {
    "sheet-plan": "計画",
    "sheet-actions": "取組",
    "sheet-need": "必要量",
    "sheet-targets": "目標",
    "sheet-costs": "経費単価",
}
"""Pictures of a workbook's sheets."""
PAGES = {"page-cover": 1, "page-homes": 8, "page-targets": 10, "page-costs": 13}
"""Pictures of pages of the plan's PDF."""
WORD_PAGES = {"page-word": 8}
"""Pictures of pages of the plan as Word shows it."""
CHARTS = {"chart-places": "03-目標.png"}
"""Pictures among the plan's charts."""
TERMINAL_DPI, SHEET_DPI, PAGE_DPI = 52, 110, 72
_EDGE = 20  # points around what is cut out
_MOST_LINES = 44  # of a terminal
_WIDEST = 34  # half-width characters of a sheet's column
_ROW = 15  # points of a line in a sheet


def main() -> None:
    """Draw all pictures."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        for name, words in TERMINALS.items():
            (PICTURES / f"{name}.png").write_bytes(terminal(words))
        _shokibo(f"convert {LEDGER} -o {work}/ledger.xlsx")
        for name, sheet in SHEETS.items():
            _draw_sheet(work / "ledger.xlsx", sheet, PICTURES / name)
        _shokibo(f"plan {LEDGER} -o {work}/plan.pdf --charts {work}/charts")
        for name, page in PAGES.items():
            _draw_page(work / "plan.pdf", page, PAGE_DPI, PICTURES / name)
        _shokibo(f"report {LEDGER} -o {work}/report.pdf")
        _draw_page(work / "report.pdf", 1, PAGE_DPI, PICTURES / "page-report")
        _shokibo(f"plan {LEDGER} -o {work}/word.docx")
        for name, page in WORD_PAGES.items():
            _draw_page(_printed(work / "word.docx"), page, PAGE_DPI, PICTURES / name)
        for name, chart in CHARTS.items():
            (PICTURES / f"{name}.png").write_bytes((work / "charts" / chart).read_bytes())
        _shokibo(f"forecast {LEDGER} --chart {PICTURES}/chart-forecast.png")
        _shokibo(f"form1 {LEDGER} --year 2022 --pdf {work}/form1.pdf")
        _draw_page(work / "form1.pdf", 1, PAGE_DPI, PICTURES / "form1")
    draw_web()


def draw_web(*only: str) -> None:
    """Draw the pages that the guide to the web application shows; only those so named, if any."""
    shown = set(re.findall(r"pictures/web/([^)\s]+)[.]png", WEB_GUIDE.read_text("utf-8")))
    wanted = sorted(name for name in shown if not only or name.startswith(only))
    if not wanted:
        sys.exit(f"no picture is named so: {' '.join(only)}. There are: {' '.join(sorted(shown))}")
    draw = [sys.executable, "-m", "pytest", "-n", "auto", "tests/web/browser/pictures.py"]
    with TemporaryDirectory() as folder:
        environment = {**os.environ, "PICTURES_FOLDER": folder, "PICTURES": " ".join(wanted)}
        subprocess.run(draw, cwd=ROOT, env=environment, check=True)  # noqa: S603
        for name in wanted:
            shutil.copyfile(Path(folder) / f"{name}.png", PICTURES / "web" / f"{name}.png")
    for old in (PICTURES / "web").glob("*.png"):
        if old.stem not in shown:
            old.unlink()


# The terminal


def terminal(words: str) -> bytes:
    """Draw a command with what it prints as a PNG, a character a cell as a terminal does."""
    import typst
    from pylopdf_fonts_jp import sans_path

    shown = [f"$ shokibo {words}", *_shokibo(words).splitlines()][:_MOST_LINES]
    cells = [list(_cells(line.rstrip())) for line in shown]
    drawn = typst.compile(
        _TERMINAL,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[sans_path().parent]),
        ignore_system_fonts=True,
        sys_inputs={"lines": json.dumps(cells)},
        format="png",
        ppi=TERMINAL_DPI,
    )
    return drawn if isinstance(drawn, bytes) else drawn[0]


def _cells(line: str) -> Iterator[dict[str, object]]:
    """Return each character with its width in cells; of a rule's, the arms it has."""
    for character in line:
        name = unicodedata.name(character, "")
        arms = _arms(name) if name.startswith("BOX DRAWINGS") else []
        wide = unicodedata.east_asian_width(character) in "WF"
        yield {"text": "" if arms else character, "cells": 1 + wide, "arms": arms}


def _arms(name: str) -> list[str]:
    """Read a rule's arms from its Unicode name: `BOX DRAWINGS HEAVY DOWN AND RIGHT`."""
    spelled = name.replace("VERTICAL", "UP DOWN").replace("HORIZONTAL", "LEFT RIGHT")
    return [arm for arm in ("UP", "DOWN", "LEFT", "RIGHT") if arm in spelled.split()]


_TERMINAL = """
#let (width, height) = (8pt, 18pt)
#set page(width: auto, height: auto, margin: height, fill: white)
#set text(font: "Noto Sans JP", size: 14pt)
#let rule = 0.6pt + luma(110)
#let ends = (UP: (50%, 0%), DOWN: (50%, 100%), LEFT: (0%, 50%), RIGHT: (100%, 50%))
#let side(character) = {
  if character in "「『（" { right } else if character in "、。」』）" { left } else { center }
}
#let cell(given) = box(width: given.cells * width, height: height, {
  for arm in given.arms { place(line(start: (50%, 50%), end: ends.at(arm), stroke: rule)) }
  let room = calc.max(0pt, 18pt - given.cells * width)
  place(dx: -room / 2, box(
    width: given.cells * width + room, height: height,
    align(side(given.text) + horizon, given.text),
  ))
})
#stack(..json(bytes(sys.inputs.lines)).map(line => box(
  height: height, stack(dir: ltr, ..line.map(cell)),
)))
""".encode()


def _shokibo(words: str) -> str:
    """Run the program; return what a terminal would show."""
    done = subprocess.run(  # noqa: S603
        [str(PROGRAM), *shlex.split(words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "TERM": "dumb"},
    )
    return done.stdout


# Sheets and pages


def _draw_sheet(workbook: Path, sheet: str, picture: Path) -> None:
    """Draw a sheet of a workbook as LibreOffice prints it, cut to what is filled in."""
    book = load_workbook(workbook)
    for name in book.sheetnames:
        if name != sheet:
            del book[name]
    _look_filled_in(book[sheet])
    alone = workbook.with_name("sheet.xlsx")
    book.save(alone)
    pdf = _printed(alone)
    _draw_page(pdf, 1, SHEET_DPI, picture, *_words_area(pdf))


def _look_filled_in(sheet: "Worksheet") -> None:
    """Print a sheet as the screen shows it, each column as wide as what stands in it."""
    sheet.oddFooter = None
    sheet.print_options.gridLines = sheet.print_options.headings = True
    widths = [max(map(_width, column)) for column in sheet.iter_cols(values_only=True)]
    shown = [min(width, _WIDEST) for width in widths]
    for letter, width in zip(map(get_column_letter, range(1, len(shown) + 1)), shown, strict=True):
        sheet.column_dimensions[letter].width = width + 3
    for number, row in enumerate(sheet.iter_rows(), start=1):
        lines = [-(-_width(cell.value) // _WIDEST) for cell in row]
        sheet.row_dimensions[number].height = _ROW * max(lines)
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _width(value: object) -> int:
    """Return the width of a cell's words in half-width characters."""
    return len(str(value or "").encode("cp932", "replace"))


def _printed(document: Path) -> Path:
    """Print a document to a PDF next to it."""
    _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", document.parent, document)
    return document.with_suffix(".pdf")


def _draw_page(pdf: Path, page: int, dpi: int, picture: Path, *options: str) -> None:
    where = ["-r", str(dpi), "-f", str(page), "-l", str(page)]
    _run("pdftoppm", "-png", "-singlefile", *where, *options, pdf, picture)


def _words_area(pdf: Path) -> list[str]:
    """Return the area of a page's words, and a little around it, as pdftoppm wants it."""
    boxes = _run("pdftotext", "-bbox", "-l", "1", pdf, "-")
    corners = [
        tuple(float(number) for number in corner)
        for corner in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', boxes
        )
    ]
    left, top = (min(corner[at] for corner in corners) - _EDGE for at in (0, 1))
    right, bottom = (max(corner[at] for corner in corners) + _EDGE for at in (2, 3))
    area = {"-x": left, "-y": top, "-W": right - left, "-H": bottom - top}
    return [
        word
        for option, points in area.items()
        for word in (option, f"{max(0, points) * SHEET_DPI / 72:.0f}")
    ]


def _run(*command: str | Path) -> str:
    return subprocess.run(  # noqa: S603
        [str(word) for word in command], capture_output=True, encoding="utf-8", check=True
    ).stdout


if __name__ == "__main__":
    draw_web(*sys.argv[1:]) if sys.argv[1:] else main()
