"""Find the headers of a form's three tables by their words, be they in one row or split."""

import re
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from shokibo.ledger.carriers.sheets import FilledSheet
from shokibo.returns.filed import cells

_LONGEST_HEADER = 45
_MOST_ROWS = 3
_MEASURE = r"(か所|カ所|箇所|施設|人|名|常勤換算後?|注\d|[A-Za-z\d](\+[A-Za-z\d])*)"
_REST = rf"(\(?単位:{_MEASURE}\)?|\({_MEASURE}\))*$"
"""What people add to a header: (か所), (単位:人), (A+B)."""
_KINDS = {
    "community_home": re.compile(rf"^地域小規模(児童養護施設)?数?{_REST}"),
    "branch_group_care": re.compile(rf"^分園型(小規模グループケア)?数?{_REST}"),
    "total": re.compile(rf"^(合|総)?計{_REST}"),
}
_HOMES = {
    "homes": re.compile(rf"^(所管する|管内の?)?児童養護施設数{_REST}"),
    "homes_with_units": re.compile(rf"保有施設数?{_REST}"),
    "applied": re.compile(rf"申請施設数?{_REST}"),
    "certified": re.compile(rf"認定施設数?{_REST}"),
}
_LIST = {
    "number": re.compile(r"^((通し|整理)?番号|no\.?|№)$", re.IGNORECASE),
    "unit_name": re.compile(r"生活単位.*名称?$"),
    "capacity": re.compile(rf"^定員数?{_REST}"),
    "dispersal": re.compile(r"^(小規模かつ地域)?分散化加算"),
    "staff": re.compile(rf"^職員数{_REST}"),
    "home_name": re.compile(r"^本体施設(の?名称|名)?$"),
    "backup": re.compile(r"バックアップ(職員)?加算"),
}
EARLIER_YEAR = re.compile(r"[(※]?(参考|前年度|昨年度)")
_NEEDED_OF_UNITS = frozenset({"community_home", "branch_group_care"})
_NEEDED_OF_LIST = frozenset({"capacity", "staff", "home_name"})

Span = tuple[int, int]
"""First and last column of a header's cells."""


@dataclass(frozen=True)
class Header:
    """The column of each header that was found, and the rows over which it is split."""

    sheet: FilledSheet
    top: int
    bottom: int
    columns: Mapping[str, int]

    @cached_property
    def spans(self) -> dict[str, Span]:
        """The columns of each header: up to the next header; the last as wide as it is merged."""
        rows = range(self.top, self.bottom + 1)
        starts = sorted({column for row in rows for column in self.sheet.by_row.get(row, {})})
        last = max(self.columns.values())
        return {
            name: (
                first,
                max(self.sheet.last_column_of(row, first) for row in rows)
                if first == last
                else next(start for start in starts if start > first) - 1,
            )
            for name, first in self.columns.items()
        }


def units_header(sheet: FilledSheet, row: int) -> Header | None:
    """Return the header of table 1 if a row is its first."""
    return _header(sheet, row, _KINDS, _NEEDED_OF_UNITS)


def second_units_header(header: Header) -> Header | None:
    """Return the header of a table 1 to the right of one, unless it says that it is earlier."""
    sheet, last = header.sheet, max(header.columns.values())
    texts: dict[int, str] = {}
    for row in range(header.top - _MOST_ROWS, header.bottom + 1):
        for column, cell in sheet.by_row.get(row, {}).items():
            text = cells.folded(cell)
            if column > last and EARLIER_YEAR.match(text):
                return None
            if column > last and row >= header.top:
                texts[column] = texts.get(column, "") + text
    columns = _columns(texts, _KINDS)
    is_one = columns.keys() >= _NEEDED_OF_UNITS
    return Header(sheet, header.top, header.bottom, columns) if is_one else None


def homes_header(sheet: FilledSheet, row: int) -> Header | None:
    """Return the header of table 2 if a row is its first."""
    return _header(sheet, row, _HOMES, {"applied", "certified"})


def list_header(sheet: FilledSheet, row: int) -> Header | None:
    """Return the header of table 3 if a row is its first."""
    return _header(sheet, row, _LIST, _NEEDED_OF_LIST)


def homes_label(sheet: FilledSheet, row: int) -> tuple[str, int] | None:
    """Return which count of table 2 a row names, and the column of its label."""
    found = _columns({at: cells.folded(cell) for at, cell in sheet.by_row[row].items()}, _HOMES)
    return next(iter(found.items()), None)


def _header(
    sheet: FilledSheet, row: int, headers: Mapping[str, re.Pattern[str]], needed: Set[str]
) -> Header | None:
    """Find the headers in a row, or in those that it splits with the next rows."""
    texts: dict[int, str] = {}
    best: Header | None = None
    for bottom in range(row, row + _MOST_ROWS):
        for column, cell in sheet.by_row.get(bottom, {}).items():
            texts[column] = texts.get(column, "") + cells.folded(cell)
        columns = _columns(texts, headers)
        is_more = best is None or len(columns) > len(best.columns)
        if is_more and needed <= columns.keys() and _begins(sheet, row, columns.values()):
            best = Header(sheet, row, bottom, columns)
    return best


def _begins(sheet: FilledSheet, row: int, columns: Collection[int]) -> bool:
    """Return whether a row is a header's first: most of its columns begin there, with words."""
    own = [cell for column, cell in sheet.by_row[row].items() if column in columns]
    return len(own) * 2 > len(columns) and not any(cells.is_figure(cell) for cell in own)


def _columns(texts: Mapping[int, str], headers: Mapping[str, re.Pattern[str]]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, text in sorted(texts.items()):
        for name, pattern in headers.items():
            if name not in columns and len(text) <= _LONGEST_HEADER and pattern.search(text):
                columns[name] = column
                break
    return columns
