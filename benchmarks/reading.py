"""Reading and checking a workbook of 100,000 rows, compared with openpyxl reading its cells.

openpyxl, in its fast read-only way, and calamine, by which we read too, give every cell's value and
no more. We also find the headers, understand and check each cell, the keys and the ids, and then
run all checks.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Figures, Result, best, fresh, in_turn
from benchmarks.nation import nation
from shokibo.checking import check
from shokibo.law.parameters import national_law
from shokibo.ledger.model import ledger_of
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.workbook import write_workbook

SEED = 1
SIZE = {"units": 11_000, "postings": 61_000, "first_year": 2021, "years": 2}
TIMES = 2


def main() -> list[Result]:
    """Measure, print and give the result."""
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "nation.xlsx")
        written, _ = fresh(write, path)
        measured = in_turn(read_and_check, read_with_openpyxl, read_with_calamine, about=path)
    (ours, peak), (peer, peer_peak), (calamine, _) = measured
    result = Result(
        f"A workbook of {written['rows']:,} rows, read and checked",
        ours["seconds"],
        "openpyxl, cells only",
        peer["seconds"],
        peak,
        "python -m benchmarks reading",
        aim_seconds=4.0,
        aim_mb=500,
        notes=(
            f"{written['staff']:,} of the rows are staff; reading {ours['reading']:.3f} s, "
            f"checking {ours['checking']:.3f} s ({ours['findings']:,} findings)",
            f"openpyxl's peak memory is {peer_peak:.0f} MB",
            f"calamine alone takes {calamine['seconds']:.3f} s for the cells",
        ),
    )
    result.show()
    return [result]


def write(path: str) -> Figures:
    """Write a nation as a workbook, with Japanese sheets, headers and codes."""
    frames = nation(SEED, **SIZE)
    write_workbook(ledger_of(frames), Path(path))
    rows = sum(frame.height for frame in frames.values())
    return {"rows": rows, "staff": frames["staff"].height}


def read_and_check(path: str) -> Figures:
    """Time the reading and the checks, together and apart."""
    law, ledger = national_law(), read_ledger(Path(path))
    return {
        "seconds": best(TIMES, lambda: check(read_ledger(Path(path)), law)),
        "reading": best(TIMES, lambda: read_ledger(Path(path))),
        "checking": best(TIMES, lambda: check(ledger, law)),
        "findings": len(check(ledger, law)),
    }


def read_with_openpyxl(path: str) -> Figures:
    """Time openpyxl's reading of every cell."""
    return {"seconds": best(TIMES, lambda: read_cells(path))}


def read_cells(path: str | Path) -> None:
    """Read every cell with openpyxl."""
    import openpyxl

    workbook = openpyxl.load_workbook(path, read_only=True)
    for sheet in workbook.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    workbook.close()


def read_with_calamine(path: str) -> Figures:
    """Time calamine's reading of every cell."""
    from python_calamine import CalamineWorkbook

    def read() -> None:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()

    return {"seconds": best(TIMES, read)}
