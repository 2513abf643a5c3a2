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
    ranges = []
    for position, group in groups:
        place = group[0]
        cell = _CELL.fullmatch(place)
        if cell and len(group) > 1:  # 職員!F12:F902, staff.csv:12-902 weekly_hours
            last = int(cell["row"]) + len(group) - 1
            if "!" in cell["before"]:
                place += f":{group[-1].rpartition('!')[2]}"
            else:
                place = f"{cell['before']}{cell['row']}-{last}{cell['after']}"
        ranges.append((CellRange(place, len(group)), position))
    return ranges
