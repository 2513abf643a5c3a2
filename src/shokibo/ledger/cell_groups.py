"""One line per message: all cells with the same message, as ranges."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from shokibo.texts import Language, Text
from shokibo.wording import listed

MOST_RANGES = 12
"""The most ranges of a message that are named."""
_SEVERAL = Text("{place}({count}件)", "{place} ({count} {count:cell|cells})")
_AND_OTHERS = Text("{place}ほか({count}件)", "{place} and others ({count} {count:cell|cells})")
_CELL = re.compile(r"(?P<sheet>.*!)(?P<letters>[A-Z]+)(?P<row>\d+)|[^:]*:(?P<line>\d+)(?: .*)?")


@dataclass(frozen=True)
class CellGroup:
    """The cells of one message, as ranges."""

    ranges: tuple[str, ...]
    count: int

    def label(self, language: Language) -> str:
        """Name the cells, with their number if there are several."""
        if self.count == 1:
            return self.ranges[0]
        text = _SEVERAL if len(self.ranges) <= MOST_RANGES else _AND_OTHERS
        place = listed(self.ranges[:MOST_RANGES], language)
        return text.say(language, place=place, count=self.count)


def cell_groups(places: Iterable[tuple[str, Hashable]]) -> list[tuple[CellGroup, int]]:
    """Group the cells by message, in order of first occurrence, with the position of that.

    A place that is not a cell stays by itself.
    """
    groups: dict[Hashable, list[tuple[int, str]]] = {}
    for position, (place, message) in enumerate(places):
        key = message if _CELL.fullmatch(place) else (position, message)
        groups.setdefault(key, []).append((position, place))
    return [
        (CellGroup(_ranges([place for _, place in group]), len(group)), group[0][0])
        for group in groups.values()
    ]


def _ranges(places: list[str]) -> tuple[str, ...]:
    """Join consecutive cells of a column; a sheet is named when it changes."""
    runs: list[list[str]] = []
    for place in places:
        if runs and _next_of(runs[-1][-1]) == place:
            runs[-1].append(place)
        else:
            runs.append([place])
    ranges, sheet = [], ""
    for run in runs:
        cell = _CELL.fullmatch(run[0])
        if cell is None or not cell["sheet"]:
            ranges.append(_lines(run))
            continue
        first, last = (place.removeprefix(cell["sheet"]) for place in (run[0], run[-1]))
        named = "" if cell["sheet"] == sheet else cell["sheet"]
        ranges.append(named + (first if len(run) == 1 else f"{first}:{last}"))
        sheet = cell["sheet"]
    return tuple(ranges)


def _next_of(place: str) -> str | None:
    """Name the cell below; None for a place that is not a cell."""
    cell = _CELL.fullmatch(place)
    if cell is None:
        return None
    row = "row" if cell["row"] else "line"
    return f"{place[: cell.start(row)]}{int(cell[row]) + 1}{place[cell.end(row) :]}"


def _lines(run: list[str]) -> str:
    """Name consecutive lines of a file: staff.csv:12-902 weekly_hours."""
    cell, last = _CELL.fullmatch(run[0]), _CELL.fullmatch(run[-1])
    if cell is None or last is None or len(run) == 1:
        return run[0]
    return f"{run[0][: cell.end('line')]}-{last['line']}{run[0][cell.end('line') :]}"
