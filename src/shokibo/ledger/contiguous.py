"""One line for one cause: consecutive cells of a column with the same message are one range."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shokibo.texts import Language, Text

_SEVERAL = Text("{place}({count}件)", "{place} ({count} cells)")
_CELL = re.compile(r"(?P<before>.*![A-Z]+|[^:]*:)(?P<row>\d+)(?P<after>| .*)")


@dataclass(frozen=True)
class CellRange:
    """Consecutive cells of a column; `place` names them all."""

    place: str
    count: int

    def label(self, language: Language) -> str:
        """Name the cells, with their number where there are several."""
        if self.count == 1:
            return self.place
        return _SEVERAL.say(language, place=self.place, count=self.count)


def cell_ranges(places: Iterable[tuple[str, object]]) -> list[tuple[CellRange, int]]:
    """Group places, each with its message, in their order.

    Each range comes with the position of its first cell.
    """
    groups: list[tuple[int, list[str]]] = []
    following: tuple[object, ...] | None = None
    for position, (place, message) in enumerate(places):
        cell = _CELL.fullmatch(place)
        column = (message, cell["before"], cell["after"]) if cell else ()
        row = int(cell["row"]) if cell else 0
        if cell and following == (*column, row):
            groups[-1][1].append(place)
        else:
            groups.append((position, [place]))
        following = (*column, row + 1)
    return [(CellRange(_range(group), len(group)), first) for first, group in groups]


def _range(places: list[str]) -> str:
    """Name cells of one column: 職員!F12:F902, staff.csv:12-902 weekly_hours."""
    first, last = _CELL.fullmatch(places[0]), _CELL.fullmatch(places[-1])
    if first is None or last is None or len(places) == 1:
        return places[0]
    if "!" in first["before"]:
        return f"{places[0]}:{places[-1].rpartition('!')[2]}"
    return f"{first['before']}{first['row']}-{last['row']}{first['after']}"
