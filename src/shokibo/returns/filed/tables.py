"""Find the three tables of a form by their words, and read their cells."""

import re
from collections.abc import Callable, Iterable, Mapping

from shokibo.ledger.carriers.sheets import FilledSheet
from shokibo.returns.counts import CountPath
from shokibo.returns.filed import cells
from shokibo.returns.filed.figures import FiledRow, Filled, Read

_LONGEST_HEADER = 45
_KINDS = {
    "community_home": re.compile(r"^地域小規模(児童養護施設)?$"),
    "branch_group_care": re.compile(r"^分園型(小規模グループケア)?$"),
    "total": re.compile(r"^(合|総)?計$"),
}
_HOMES = {
    "homes": re.compile(r"^児童養護施設数$"),
    "homes_with_units": re.compile(r"保有施設数?$"),
    "applied": re.compile(r"申請施設数?$"),
    "certified": re.compile(r"認定施設数?$"),
}
_LIST = {
    "number": re.compile(r"^(番号|no\.?|№)$", re.IGNORECASE),
    "unit_name": re.compile(r"生活単位.*名$"),
    "capacity": re.compile(r"^定員数?(\(注1\))?$"),
    "dispersal": re.compile(r"^小規模かつ地域分散化加算"),
    "staff": re.compile(r"^職員数(\(注2\))?$"),
    "home_name": re.compile(r"^本体施設名?$"),
    "backup": re.compile(r"バックアップ職員加算"),
}
_NEEDED_OF_LIST = frozenset({"capacity", "staff", "home_name"})
_CAPACITY = re.compile(r"定員(\d{1,2})")
_NOTE = re.compile(r"[(]?注\d?[)]?.{8,}|※")
_MARK_OF_NOTE = re.compile(r"[(]?注\d[)]?")
_EXAMPLE = re.compile(r"[(]?例[)]?$")
_SUM = re.compile(r"(合|総|小)?計$")

Span = tuple[int, int]
"""First and last column of a header's cells."""


def is_units_header(sheet: FilledSheet, row: int) -> bool:
    """Return whether a row is the header of table 1."""
    return {"community_home", "branch_group_care"} <= _columns(sheet, row, _KINDS).keys()


def is_list_header(sheet: FilledSheet, row: int) -> bool:
    """Return whether a row is the header of table 3."""
    return _columns(sheet, row, _LIST).keys() >= _NEEDED_OF_LIST


def read_units(sheet: FilledSheet, rows: list[int]) -> dict[CountPath, Filled[int]]:
    """Read table 1, whose header is the first of the rows."""
    spans = _spans(sheet, rows[0], _columns(sheet, rows[0], _KINDS))
    first = min(first for first, _ in spans.values())
    found: dict[CountPath, Filled[int]] = {}
    name = ""
    for row in rows[1:]:
        if _is_homes_header(sheet, row) or is_list_header(sheet, row):
            break
        label = "".join(
            cells.folded(cell) for column, cell in sheet.by_row[row].items() if column < first
        )
        size = _CAPACITY.search(label)
        name = name if size else _section(label) or name
        if not name or not (size or _section(label)) or (size and name == "units"):
            continue
        part = size[1] if size else "" if name == "units" else "total"
        for kind, span in spans.items():
            cell = _filled(sheet, row, span, cells.count)
            if (kind, name, part) not in found or cell.written:
                found[kind, name, part] = cell
    return found


def read_backup(sheet: FilledSheet, rows: list[int]) -> dict[CountPath, Filled[int]]:
    """Read table 2: the first row below its header that holds a figure."""
    header = next((row for row in rows if _is_homes_header(sheet, row)), None)
    if header is None:
        return {}
    spans = _spans(sheet, header, _columns(sheet, header, _HOMES))
    below = [row for row in rows if row > header]
    until = next(
        (row for row in below if is_list_header(sheet, row) or _is_heading(sheet, row)), None
    )
    inside = [row for row in below if until is None or row < until]
    row = next((row for row in inside if _has_figures(sheet, row, spans.values())), header + 1)
    return {
        ("backup", name, ""): _filled(sheet, row, span, cells.count) for name, span in spans.items()
    }


def read_list(sheet: FilledSheet, rows: list[int]) -> tuple[FiledRow, ...]:
    """Read the filled lines of table 3, page by page; examples and lines of a sum are left out."""
    found: list[FiledRow] = []
    spans: dict[str, Span] = {}
    is_example = False
    for row in rows:
        if is_list_header(sheet, row):
            spans, is_example = _spans(sheet, row, _columns(sheet, row, _LIST)), False
            continue
        words = [cells.folded(cell) for cell in sheet.by_row[row].values()]
        if _NOTE.match("".join(words)):
            spans = {}
        if not spans or all(map(_MARK_OF_NOTE.fullmatch, words)):
            continue
        line = _line(sheet, row, spans)
        first = cells.folded(line.number.written)
        is_example = bool(_EXAMPLE.match(first)) or (is_example and not first)
        if not is_example and not _SUM.match(first) and _is_filled(line):
            found.append(line)
    return tuple(found)


def _section(label: str) -> str:
    for word, name in (("申請", "applied"), ("認定", "certified"), ("生活単位", "units")):
        if word in label:
            return name
    return "units" if "分散化された" in label else ""


def _is_homes_header(sheet: FilledSheet, row: int) -> bool:
    return {"applied", "certified"} <= _columns(sheet, row, _HOMES).keys()


def _is_heading(sheet: FilledSheet, row: int) -> bool:
    return any("認定施設一覧" in cells.folded(cell) for cell in sheet.by_row[row].values())


def _is_filled(line: FiledRow) -> bool:
    return any(cell.written for name, cell in line.cells.items() if name != "number")


def _columns(
    sheet: FilledSheet, row: int, headers: Mapping[str, re.Pattern[str]]
) -> dict[str, int]:
    """Find the column of each header in a row, or of those that a row splits with the next."""
    columns: dict[str, int] = {}
    for column, cell in sheet.by_row.get(row, {}).items():
        text = cells.folded(cell)
        for name, pattern in headers.items():
            if name not in columns and len(text) <= _LONGEST_HEADER and pattern.search(text):
                columns[name] = column
                break
    return columns


def _spans(sheet: FilledSheet, row: int, columns: dict[str, int]) -> dict[str, Span]:
    """Return the columns of each header: up to the next one; the last as wide as it is merged."""
    starts = sorted(columns.values())
    spans = {}
    for name, first in columns.items():
        following = next((start for start in starts if start > first), None)
        spans[name] = (first, following - 1 if following else sheet.last_column_of(row, first))
    return spans


def _has_figures(sheet: FilledSheet, row: int, spans: Iterable[Span]) -> bool:
    return any(
        first <= column <= last and not cells.is_unit(cell)
        for column, cell in sheet.by_row[row].items()
        for first, last in spans
    )


def _filled(
    sheet: FilledSheet,
    row: int,
    span: Span,
    read: Callable[[str], Read | None],
    *,
    joined: bool = True,
) -> Filled[Read]:
    """Read what stands in a row under a header; a unit alone is a blank."""
    first, last = span
    inside = [
        (column, cell)
        for column, cell in sheet.by_row.get(row, {}).items()
        if first <= column <= last
    ]
    written = "".join(cells.text_of(cell) for _, cell in inside)
    if not inside or (joined and all(cells.is_unit(cell) for _, cell in inside)):
        return Filled(None, sheet.place(row, inside[0][0] if inside else first))
    return Filled(read(written), sheet.place(row, inside[0][0]), written)


def _line(sheet: FilledSheet, row: int, spans: Mapping[str, Span]) -> FiledRow:
    def of(name: str, read: Callable[[str], Read | None], *, joined: bool = True) -> Filled[Read]:
        if name not in spans:
            return Filled(None, sheet.place(row, min(spans.values())[0]))
        return _filled(sheet, row, spans[name], read, joined=joined)

    return FiledRow(
        of("number", cells.count),
        of("unit_name", str, joined=False),
        of("capacity", cells.count),
        of("dispersal", cells.mark),
        of("staff", cells.staff),
        of("home_name", str, joined=False),
        of("backup", cells.mark),
    )
