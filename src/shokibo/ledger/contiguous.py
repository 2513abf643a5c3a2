"""One line for one cause: what is said alike of cells that follow one another in a column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shokibo.texts import Language, Text

_SEVERAL = Text("{place}({count}件)", "{place} ({count} cells)")
_CELL = re.compile(r"(?P<before>.*![A-Z]+|[^:]*:)(?P<row>\d+)(?P<after>| .*)")


@dataclass(frozen=True)
class Stretch:
    """The cells of which something is said; `place` names them all."""

    place: str
    count: int

    def named(self, language: Language) -> str:
        """Name the cells, with their number where there are several."""
        if self.count == 1:
            return self.place
        return _SEVERAL.say(language, place=self.place, count=self.count)


def stretches(places: Iterable[tuple[str, object]]) -> list[tuple[Stretch, int]]:
    """Group places, each with what is said of it, in their order.

    Gives for each stretch of cells of which the same is said the position of its first.
    """
    groups: list[list[str]] = []
    firsts: list[int] = []
    last: tuple[str, object] | None = None
    for position, (place, said) in enumerate(places):
        if last is not None and said == last[1] and _follows(last[0], place):
            groups[-1].append(place)
        else:
            groups.append([place])
            firsts.append(position)
        last = place, said
    return [
        (Stretch(_together(group), len(group)), first)
        for group, first in zip(groups, firsts, strict=True)
    ]


def _follows(before: str, place: str) -> bool:
    one, other = _CELL.fullmatch(before), _CELL.fullmatch(place)
    if one is None or other is None:
        return False
    same_column = (one["before"], one["after"]) == (other["before"], other["after"])
    return same_column and int(other["row"]) == int(one["row"]) + 1


def _together(places: list[str]) -> str:
    """Name cells of one column: 職員!F12:F902, staff.csv:12-902 weekly_hours."""
    first, last = _CELL.fullmatch(places[0]), _CELL.fullmatch(places[-1])
    if first is None or last is None or len(places) == 1:
        return places[0]
    if "!" in first["before"]:
        return f"{places[0]}:{places[-1].rpartition('!')[2]}"
    return f"{first['before']}{first['row']}-{last['row']}{first['after']}"
