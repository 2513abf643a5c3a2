"""Find the headers of a form's three tables by their words, be they in one row or split."""

import re
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from shokibo.ledger.carriers.sheets import FilledSheet
from shokibo.returns.filed import cells

_LONGEST_HEADER = 45
_MOST_ROWS = 3
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
    return _header(sheet, row, _KINDS, {"community_home", "branch_group_care"})


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
