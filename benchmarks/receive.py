"""Receiving the forms of 80 authorities, compared with reading the same cells alone.

Each of the 80 workbooks is a form 1 of an invented authority. We read it, find who sent it and what
is odd on it, compare it with the year before, and add all up. openpyxl, in its fast read-only way,
and calamine, by which we read too, give every cell's value and no more.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Figures, Result, best, fresh, in_turn
from benchmarks.reading import read_cells

AUTHORITIES, UNITS, YEAR = 80, 38, 2022
"""About as many units as the country has, spread evenly."""
TIMES = 2


def main() -> list[Result]:
    """Measure, print and give the result."""
    with TemporaryDirectory() as folder:
        written, _ = fresh(write, folder)
        measured = in_turn(receive_all, read_with_openpyxl, read_with_calamine, about=folder)
    (ours, peak), (openpyxl, _), (calamine, _) = measured
    result = Result(
        f"Forms of {AUTHORITIES} authorities, received and checked",
        ours["seconds"],
        "openpyxl, cells only",
        openpyxl["seconds"],
        peak,
        "python -m benchmarks receive",
        aim_seconds=3.0,
        notes=(
            f"{written['lines']:,} lines of units; compared with the forms of the year before "
            f"{ours['compared']:.3f} s",
            f"calamine alone takes {calamine['seconds']:.3f} s for the cells",
        ),
    )
    result.show()
    return [result]


def write(folder: str) -> Figures:
    """Write the forms of two years, each year in a folder of its own."""
    from tests.returns.filed.invented import invented, workbook

    lines = 0
    for year in (YEAR - 1, YEAR):
        at = Path(folder) / str(year)
        at.mkdir()
        for number in range(AUTHORITIES):
            form = invented(number, units=UNITS, year=year)
            lines += len(form.rows) if year == YEAR else 0
            content = workbook(form, f"架空{number}市")
            (at / f"架空{number}市_様式1.xlsx").write_bytes(content)
    return {"lines": lines}


def receive_all(folder: str) -> Figures:
    """Time `shokibo receive`, without the start of the program."""
    from shokibo.law.parameters import national_law
    from shokibo.ledger.carriers.sheets import filed_file
    from shokibo.returns.filed.answer import answer_of
    from shokibo.returns.filed.received import receive

    law = national_law()

    def received(*before: int) -> None:
        now, previous = (
            [filed_file(path, path.name) for year in years for path in _files(folder, year)]
            for years in ((YEAR,), before)
        )
        answer_of(receive(now, 1, YEAR, law, previous=previous), "ja")

    return {"seconds": best(TIMES, received), "compared": best(TIMES, lambda: received(YEAR - 1))}


def read_with_openpyxl(folder: str) -> Figures:
    """Time openpyxl's reading of every cell."""

    def read() -> None:
        for path in _files(folder, YEAR):
            read_cells(path)

    return {"seconds": best(TIMES, read)}


def read_with_calamine(folder: str) -> Figures:
    """Time calamine's reading of every cell."""
    from python_calamine import CalamineWorkbook

    def read() -> None:
        for path in _files(folder, YEAR):
            workbook = CalamineWorkbook.from_path(path)
            for name in workbook.sheet_names:
                workbook.get_sheet_by_name(name).to_python()

    return {"seconds": best(TIMES, read)}


def _files(folder: str, year: int) -> list[Path]:
    return sorted((Path(folder) / str(year)).iterdir())
