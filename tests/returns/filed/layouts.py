"""Layouts of a form as people change them: a grid of cells, mutated, and written to a workbook."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

Place = tuple[int, int]
"""Row and column, both from 1."""
Cell = str | float | int
UNITS_OF_COUNTS = ("か所", "箇所", "カ所", "ヶ所", " か所", "ヵ所", "")


@dataclass
class Grid:
    """A sheet that can be changed: cells, merged ranges (top, left, bottom, right)."""

    name: str
    cells: dict[Place, Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def insert(self, axis: int, at: int, count: int = 1) -> None:
        """Insert rows (axis 0) or columns (axis 1) before one; a range across it grows."""

        def moved(place: Place) -> Place:
            row, column = place
            if axis == 0:
                return (row + count if row >= at else row, column)
            return (row, column + count if column >= at else column)

        self.cells = {moved(place): cell for place, cell in self.cells.items()}
        self.merged = [(*moved((a, b)), *moved((c, d))) for a, b, c, d in self.merged]

    def change(self, change: Callable[[Cell], Cell], places: Iterable[Place] | None = None) -> None:
        """Change cells."""
        for place in list(self.cells) if places is None else places:
            self.cells[place] = change(self.cells[place])

    def row_of(self, text: str) -> int:
        """Return the first row with a cell that begins with a text."""
        return min(row for (row, _), cell in self.cells.items() if str(cell).startswith(text))

    @property
    def figures(self) -> list[Place]:
        """The places of the counts of tables 1 and 2."""
        first, last = self.row_of("小規模かつ地域分散化された"), self.row_of("3. ")
        return [
            place
            for place, cell in self.cells.items()
            if first <= place[0] < last and isinstance(cell, int | float)
        ]

    @property
    def last_row(self) -> int:
        """The last row with a cell."""
        return max(row for row, _ in self.cells)


def grid_of(content: bytes) -> Grid:
    """Read a workbook of one sheet as a grid."""
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return Grid(
        sheet.title,
        {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str | float | int) and cell.value != ""
        },
        [(*(one.min_row, one.min_col), *(one.max_row, one.max_col)) for one in sheet.merged_cells],
    )


def write(grids: Iterable[Grid], path: Path) -> Path:
    """Write grids as the sheets of a workbook."""
    book = Workbook()
    for blank in book.worksheets:
        book.remove(blank)
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        for (row, column), cell in grid.cells.items():
            sheet.cell(row, column, cell)
        for top, left, bottom, right in grid.merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    book.save(path)
    return path


def wide(text: str) -> str:
    """Return a text with full-width digits."""
    return text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


def number_typed(cell: Cell, chance: random.Random, units: tuple[str, ...]) -> Cell:
    """Return a number as somebody types it."""
    if not isinstance(cell, int | float):
        return cell
    text = f"{cell:g}"
    if chance.random() < 0.4:
        text = wide(text)
    return chance.choice([cell, text + chance.choice(units), text + chance.choice(units)])


def mutated(grid: Grid, chance: random.Random) -> list[Grid]:
    """Change a form in several of the ways of people: the figures stay what they are."""
    sheets = [grid]
    for step in MUTATIONS:
        if chance.random() < 0.5:
            sheets = step(sheets, chance)
    return sheets


def _typed(sheets: list[Grid], chance: random.Random) -> list[Grid]:
    grid = sheets[0]
    for place in grid.figures:
        grid.cells[place] = number_typed(grid.cells[place], chance, UNITS_OF_COUNTS)
    list_from = grid.row_of("番号")
    for (row, column), cell in list(grid.cells.items()):
        if row > list_from and column in (3, 5):
            grid.cells[row, column] = number_typed(cell, chance, ("名", "人", " 名", ""))
    return sheets


def _blanks_for_zero(sheets: list[Grid], _: random.Random) -> list[Grid]:
    grid = sheets[0]
    for place in grid.figures:
        if grid.cells[place] == 0:
            del grid.cells[place]
    return sheets


def _unmerged(sheets: list[Grid], _: random.Random) -> list[Grid]:
    sheets[0].merged = []
    return sheets


def _title(sheets: list[Grid], chance: random.Random) -> list[Grid]:
    year = chance.choice(["令和４年度", "令和 4 年度", "R4年度", "2022年度", "令和4年度　"])
    sheets[0].change(
        lambda cell: cell.replace("令和4年度", year) if isinstance(cell, str) else cell
    )
    return sheets


def _addressee(sheets: list[Grid], _: random.Random) -> list[Grid]:
    new = "こども家庭庁支援局家庭福祉課長"
    old = "厚生労働省子ども家庭局家庭福祉課長"
    sheets[0].change(lambda cell: new if cell == old else cell)
    return sheets


def _covering_row(sheets: list[Grid], _: random.Random) -> list[Grid]:
    sheets[0].insert(0, 1, 2)
    sheets[0].cells[1, 1] = "送付します。よろしくお願いします。"
    return sheets


def _rows_between(sheets: list[Grid], chance: random.Random) -> list[Grid]:
    for _ in range(3):
        sheets[0].insert(0, chance.randint(2, sheets[0].last_row))
    return sheets


def _columns_between(sheets: list[Grid], chance: random.Random) -> list[Grid]:
    for _ in range(2):
        sheets[0].insert(1, chance.randint(1, 7))
    return sheets


def _two_pages(sheets: list[Grid], _: random.Random) -> list[Grid]:
    grid = sheets[0]
    header = grid.row_of("番号")
    at = header + 4
    grid.insert(0, at, 2)
    for (row, column), cell in list(grid.cells.items()):
        if row == header:
            grid.cells[at + 1, column] = cell
    return sheets


def _list_on_its_own_sheet(sheets: list[Grid], _: random.Random) -> list[Grid]:
    grid = sheets[0]
    first = grid.row_of("3. ")
    listed = Grid("一覧", {place: cell for place, cell in grid.cells.items() if place[0] >= first})
    grid.cells = {place: cell for place, cell in grid.cells.items() if place[0] < first}
    grid.merged = [area for area in grid.merged if area[2] < first]
    return [grid, listed, *sheets[1:]]


def _example_sheet(sheets: list[Grid], _: random.Random) -> list[Grid]:
    example = Grid("記入例", dict(sheets[0].cells))
    return [example, *sheets, Grid("メモ", {(1, 1): "集計の控え", (2, 1): 3})]


def _marks(sheets: list[Grid], chance: random.Random) -> list[Grid]:
    yes, no = chance.choice("○◯〇"), chance.choice("×✕✖xX")
    for grid in sheets:
        grid.change(lambda cell: {"○": yes, "×": no}.get(str(cell), cell))
    return sheets


def _examples_of_the_list(sheets: list[Grid], _: random.Random) -> list[Grid]:
    """Leave the ministry's own examples above the first line."""
    grid = next(one for one in sheets if any(cell == "番号" for cell in one.cells.values()))
    header = grid.row_of("番号")
    columns = sorted(column for row, column in grid.cells if row == header)
    grid.insert(0, header + 1, 2)
    for row, number in ((header + 1, "(例)"), (header + 2, "")):
        values = (number, "a 園", "4名", "○", "4名", "A 園", "○")
        grid.cells |= {
            (row, column): value for column, value in zip(columns, values, strict=True) if value
        }
    return sheets


def _unit_in_a_cell_of_its_own(sheets: list[Grid], _: random.Random) -> list[Grid]:
    """Put the unit of the last column of table 1 and 2 into the column next to it."""
    grid = sheets[0]
    last = max(column for _, column in grid.figures)
    grid.insert(1, last + 1)
    rows = [row for row, column in grid.figures if column == last]
    for row in rows:
        grid.cells[row, last + 1] = "か所"
    return sheets


MUTATIONS = (
    *(
        _blanks_for_zero,
        _typed,
        _unmerged,
        _title,
        _addressee,
        _unit_in_a_cell_of_its_own,
        _columns_between,
    ),
    *(_rows_between, _covering_row, _two_pages, _list_on_its_own_sheet, _examples_of_the_list),
    *(_example_sheet, _marks),
)
