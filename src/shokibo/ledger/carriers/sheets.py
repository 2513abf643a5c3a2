"""Read the filled cells of any workbook's sheets, for files that are not ledgers."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from shokibo.ledger import problems
from shokibo.ledger.carriers.archive import inspect
from shokibo.ledger.carriers.sheet_body import Area, merged_areas
from shokibo.ledger.carriers.sheet_facts import Place, SheetFacts
from shokibo.ledger.carriers.struck import struck_cells
from shokibo.ledger.cells import is_blank
from shokibo.ledger.findings import Finding
from shokibo.ledger.raw import RawCell, UnusableCell, column_letter

_OF_WINDOWS = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class FilledSheet:
    """The filled cells of a sheet, by row from 1 and column from 0, and its merged ranges."""

    name: str
    cells: Mapping[Place, RawCell]
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    struck: frozenset[Place] = frozenset()

    def place(self, row: int, column: int) -> str:
        """Name a cell as Excel does: 様式1!D12."""
        return f"{self.name}!{column_letter(column)}{row}"

    @cached_property
    def by_row(self) -> dict[int, dict[int, RawCell]]:
        """The filled cells of each row that has any, in order."""
        rows: dict[int, dict[int, RawCell]] = {}
        for (row, column), cell in sorted(self.cells.items(), key=lambda item: item[0]):
            rows.setdefault(row, {})[column] = cell
        return rows

    def last_column_of(self, row: int, column: int) -> int:
        """Return the last column that a cell covers: its own if it is not merged."""
        return max(
            (area.right for area in self.merged if (area.top, area.left) == (row, column)),
            default=column,
        )

    def top_of_merged(self, row: int, column: int) -> int | None:
        """Return the first row of the merged range of several rows that begins in a column."""
        areas = self._tall_by_column.get(column, [])
        before = bisect_right(areas, row, key=lambda area: area.top)
        return areas[before - 1].top if before and row <= areas[before - 1].bottom else None

    @cached_property
    def _tall_by_column(self) -> dict[int, list[Area]]:
        areas: defaultdict[int, list[Area]] = defaultdict(list)
        for area in sorted(self.merged, key=lambda area: area.top):
            if area.bottom > area.top:
                areas[area.left].append(area)
        return areas

    def hides(self, column: int) -> bool:
        """Return whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass(frozen=True)
class FiledFile:
    """A file that somebody sent: its name, its digest, its sheets or why it can't be read."""

    name: str
    sha256: str
    sheets: tuple[FilledSheet, ...] | Finding


def filed_files(folder: Path) -> list[FiledFile]:
    """Read every file in a folder and its subfolders, by name.

    Hidden files, and those that Excel and Windows put there themselves, are left out.

    Raises OSError if the folder, or a file in it, can't be opened.
    """
    paths = (path for path in folder.rglob("*") if path.is_file())
    named = sorted((path.relative_to(folder).as_posix(), path) for path in paths)
    return [
        filed_file(path, name)
        for name, path in named
        if not any(part.startswith((".", "~$")) for part in Path(name).parts)
        if path.name.casefold() not in _OF_WINDOWS
    ]


def filed_file(path: Path, name: str) -> FiledFile:
    """Read one file, under the name its sender gave it. Raises OSError if it can't be opened."""
    sheets = filled_sheets(path)
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return FiledFile(name, sha256, sheets if isinstance(sheets, Finding) else tuple(sheets))


def filled_sheets(path: Path) -> list[FilledSheet] | Finding:
    """Read every sheet of a workbook, or return the one reason why it can't be read."""
    facts, reason = inspect(path)
    if reason is not None:
        return reason
    try:
        struck = struck_cells(path)
        with CalamineWorkbook.from_path(str(path)) as workbook:
            return [
                replace(
                    _filled(workbook, one.name, facts[one.name], one.visible),
                    struck=struck[one.name],
                )
                for one in workbook.sheets_metadata
                if one.name in facts
            ]
    except (CalamineError, ValueError, OSError):
        return problems.at_file("WORKBOOK_DAMAGED", path)


def _filled(
    workbook: CalamineWorkbook, name: str, facts: SheetFacts, visible: SheetVisibleEnum
) -> FilledSheet:
    sheet = workbook.get_sheet_by_name(name)
    first = sheet.start[1] if sheet.start else 0
    cells: dict[Place, RawCell] = {
        (row, column): cell
        for row, cells_of_row in enumerate(sheet.iter_rows(), start=1)
        for column, cell in enumerate(cells_of_row, start=first)
        if not is_blank(cell)
    }
    cells |= dict.fromkeys(facts.error_cells, UnusableCell("CELL_EXCEL_ERROR"))
    cells |= dict.fromkeys(facts.empty_formulas, UnusableCell("CELL_FORMULA_EMPTY"))
    is_hidden = visible != SheetVisibleEnum.Visible
    merged = tuple(merged_areas(sheet))
    return FilledSheet(name, cells, merged, is_hidden, facts.hidden_rows, facts.hidden_columns)
