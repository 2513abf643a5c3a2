"""Read the cells of a form's three tables."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from shokibo.ledger.carriers.sheets import FilledSheet
from shokibo.ledger.raw import RawCell
from shokibo.returns.counts import CountPath
from shokibo.returns.filed import cells
from shokibo.returns.filed.figures import FiledRow, Filled, Read
from shokibo.returns.filed.headers import (
    EARLIER_YEAR,
    Header,
    Span,
    homes_header,
    homes_label,
    list_header,
    second_units_header,
)

_CAPACITY = re.compile(r"定員(\d{1,2})")
_NOTE = re.compile(r"[(]?注\d?[)]?.{8,}|※")
_MARK_OF_NOTE = re.compile(r"[(]?注\d[)]?")
_OF_WHICH = re.compile(r"[(]?うち")
_EXAMPLE = re.compile(r"[(]?例[)]?$")
_NAME_IN_EXAMPLES = re.compile(r"[A-Za-z]園")
_SUM = re.compile(r".*計")
_DITTO = frozenset({"〃", "〟", "′′", "''", "”", "“", '"', "々", "同上"})
_FEWEST_CELLS_OF_A_LINE = 3


def read_units(header: Header, rows: list[int]) -> dict[CountPath, Filled[int]]:
    """Read table 1. A count that is written twice, with two figures, is not read."""
    sheet, second = header.sheet, second_units_header(header)
    spans = [*header.spans.items(), *(second.spans.items() if second else ())]
    first = min(first for first, _ in header.spans.values())
    found: dict[CountPath, Filled[int]] = {}
    name = ""
    for row in (row for row in rows if row > header.bottom):
        if homes_label(sheet, row) or list_header(sheet, row):
            break
        label = "".join(
            cells.folded(cell) for column, cell in sheet.by_row[row].items() if column < first
        )
        size = _CAPACITY.search(label)
        if EARLIER_YEAR.match(label):
            continue
        name = name if size else _section(label) or name
        if not name or not (size or _section(label)) or (size and name == "units"):
            continue
        part = size[1] if size else "" if name == "units" else "total"
        for kind, span in spans:
            path = (kind, name, part)
            found[path] = _of_both(
                found.get(path), _filled(sheet, row, span, cells.count, cells.is_unit_or_dash)
            )
    return found


def read_backup(sheet: FilledSheet, rows: list[int]) -> dict[CountPath, Filled[int]]:
    """Read table 2: the rows below its header that hold figures, or one count a row.

    A second row with other figures leaves its counts unread, unless it is an earlier year's.
    """
    header = next(filter(None, (homes_header(sheet, row) for row in rows)), None)
    if header is None:
        return _backup_by_row(sheet, rows)
    below = [row for row in rows if row > header.bottom]
    until = next((row for row in below if list_header(sheet, row) or _is_heading(sheet, row)), None)
    inside = [row for row in below if until is None or row < until]
    spans = header.spans
    first = next((row for row in inside if _figures(sheet, row, spans)), header.bottom + 1)
    others = [row for row in inside if row > first and _figures(sheet, row, spans) > 1]
    found: dict[CountPath, Filled[int]] = {}
    for row, (name, span) in product((first, *others), spans.items()):
        path = ("backup", name, "")
        found[path] = _of_both(
            found.get(path), _filled(sheet, row, span, cells.count, cells.is_unit_or_dash)
        )
    return found


def _backup_by_row(sheet: FilledSheet, rows: list[int]) -> dict[CountPath, Filled[int]]:
    found: dict[CountPath, Filled[int]] = {}
    for row in rows:
        if label := homes_label(sheet, row):
            name, column = label
            span = (column + 1, max(*sheet.by_row[row], column + 1))
            path = ("backup", name, "")
            found[path] = _of_both(
                found.get(path), _filled(sheet, row, span, cells.count, cells.is_unit_or_dash)
            )
    return found


def read_list(sheet: FilledSheet, rows: list[int]) -> tuple[FiledRow, ...] | None:
    """Read the filled lines of table 3, page by page; None if it has no header.

    Examples, sums, notes and parts of a figure (うち非常勤) are left out. A blank within a merged
    range has the range's value, a ditto mark that of the line above.
    """
    found: list[FiledRow] = []
    header: Header | None = None
    is_example = is_after_notes = False
    for row in rows:
        if header and row <= header.bottom:
            continue
        if begun := list_header(sheet, row):
            header, is_example, is_after_notes = begun, False, False
            continue
        words = [cells.folded(cell) for cell in sheet.by_row[row].values()]
        if not header or all(map(_MARK_OF_NOTE.fullmatch, words)):
            continue
        if _is_of_which(words):
            continue
        line = _line(sheet, row, header)
        is_after_notes |= _NOTE.match("".join(words)) is not None
        if not _is_filled(line) or (is_after_notes and not _is_whole(line)):
            continue
        first = cells.folded(line.number.written)
        is_example = bool(_EXAMPLE.match(first)) or (
            is_example and not first and _is_named_as_an_example(line)
        )
        if not is_example and not _is_sum(line):
            found.append(_with_dittos(line, found[-1] if found else None))
    return tuple(found) if header else None


def _section(label: str) -> str:
    for word, name in (("申請", "applied"), ("認定", "certified"), ("生活単位", "units")):
        if word in label:
            return name
    return "units" if "分散化された" in label else ""


def _of_both(before: Filled[int] | None, cell: Filled[int]) -> Filled[int]:
    """Take the count that is written; none of two that differ."""
    if before is None or not before.written:
        return cell
    if not cell.written or cell.value == before.value:
        return before
    return Filled(None, cell.place, f"{before.written}、{cell.written}")


def _is_heading(sheet: FilledSheet, row: int) -> bool:
    return any("認定施設一覧" in cells.folded(cell) for cell in sheet.by_row[row].values())


def _is_filled(line: FiledRow) -> bool:
    return any(cell.written for name, cell in line.cells.items() if name != "number")


def _is_of_which(words: list[str]) -> bool:
    """Return whether a row only says what part of the figures above it is: (うち非常勤 1)."""
    others = [word for word in words if not _OF_WHICH.match(word)]
    return len(others) < len(words) and all(map(cells.is_figure, others))


def _is_whole(line: FiledRow) -> bool:
    """Return whether a row can't be taken for a note."""
    filled = sum(bool(cell.written) for cell in line.cells.values())
    return line.capacity.value is not None and filled >= _FEWEST_CELLS_OF_A_LINE


def _is_named_as_an_example(line: FiledRow) -> bool:
    names = (cells.folded(cell.written) for cell in (line.unit_name, line.home_name))
    return any(map(_NAME_IN_EXAMPLES.fullmatch, names))


def _is_sum(line: FiledRow) -> bool:
    """Return whether a row without a number is a sum of those above."""
    names = (line.number, line.unit_name, line.home_name)
    return line.number.value is None and any(
        _SUM.fullmatch(cells.folded(cell.written)) for cell in names
    )


def _with_dittos(line: FiledRow, above: FiledRow | None) -> FiledRow:
    repeated: dict[str, Any] = {
        name: Filled(above.cells[name].value if above else None, cell.place, cell.written)
        for name, cell in line.cells.items()
        if cells.folded(cell.written) in _DITTO
    }
    return replace(line, **repeated) if repeated else line


def _figures(sheet: FilledSheet, row: int, spans: Mapping[str, Span]) -> int:
    """Return how many headers have a figure in a row; none on that of an earlier year."""
    filled = sheet.by_row[row]
    if any(EARLIER_YEAR.match(cells.folded(cell)) for cell in filled.values()):
        return 0
    return sum(
        any(first <= column <= last and cells.is_figure(cell) for column, cell in filled.items())
        for first, last in spans.values()
    )


def _filled(
    sheet: FilledSheet,
    row: int,
    span: Span,
    read: Callable[[str], Read | None],
    is_blank: Callable[[RawCell], bool] = cells.is_unit,
) -> Filled[Read]:
    """Read what stands in a row under a header; where all cells are blanks, it is one."""
    first, last = span
    inside = [
        (column, cell)
        for column, cell in sheet.by_row.get(row, {}).items()
        if first <= column <= last
    ]
    if all(is_blank(cell) for _, cell in inside):
        return Filled(None, sheet.place(row, inside[0][0] if inside else first))
    figures = sum(not cells.is_unit(cell) for _, cell in inside)
    # two figures under one header are none: 4 and 1 are not 41
    written = (" " if figures > 1 else "").join(cells.text_of(cell) for _, cell in inside)
    return Filled(read(written), sheet.place(row, inside[0][0]), written)


def _line(sheet: FilledSheet, row: int, header: Header) -> FiledRow:
    def of(
        name: str,
        read: Callable[[str], Read | None],
        is_blank: Callable[[RawCell], bool] = cells.is_unit,
    ) -> Filled[Read]:
        span = header.spans.get(name)
        if span is None:
            return Filled(None, sheet.place(row, min(header.spans.values())[0]))
        cell = _filled(sheet, row, span, read, is_blank)
        top = sheet.top_of_merged(row, span[0])
        if cell.written or top is None or top <= header.bottom:
            return cell
        return _filled(sheet, top, span, read, is_blank)

    return FiledRow(
        of("number", cells.count),
        of("unit_name", str, lambda _: False),
        of("capacity", cells.count),
        of("dispersal", cells.mark),
        of("staff", cells.staff),
        of("home_name", str, lambda _: False),
        of("backup", cells.mark),
    )
