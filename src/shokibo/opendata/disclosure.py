"""Small counts of people stay hidden, and so does what would give them away.

A count from 1 to below the threshold is hidden; zero tells of nobody and stays. Where a hidden
count could be worked out from the sums that are published, more counts are hidden, the smallest
first, until every small count could have been another one. What is hidden because it is small and
what is hidden for its sake look the same.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Cell = TypeVar("Cell", bound=Hashable)
_STEPS = 20_000
"""So far another reading is looked for; where none is found by then, more is hidden."""


@dataclass(frozen=True)
class Sum(Generic[Cell]):
    """A cell that is the sum of others. Its parts may be cells that are never published."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All its cells."""
        return (self.total, *self.parts)


def is_small(count: int, threshold: int) -> bool:
    """Tell whether a count is below the threshold; zero is not."""
    return 0 < count < threshold


def hidden(
    counts: Mapping[Cell, int],
    sums: Sequence[Sum[Cell]],
    threshold: int,
    never: Collection[Cell] = (),
) -> frozenset[Cell]:
    """Give the cells to hide: small ones, and those that would give them away.

    `counts` holds every cell that stands in a sum; `never` those that are not published anyway
    (what is left of a total, say), of which small ones are guarded as well. Raises ValueError for
    a sum that does not add up: nobody could tell what it gives away.
    """
    _hold_sums(counts, sums)
    small = {cell for cell, count in counts.items() if is_small(count, threshold)}
    away = small | set(never)
    while True:
        exposed = [
            cell for cell in _ordered(small, counts) if not _could_differ(cell, counts, sums, away)
        ]
        more = next(
            (other for cell in exposed for other in _beside(cell, counts, sums, away)), None
        )
        if more is None:
            return frozenset(away)
        away.add(more)


def _hold_sums(counts: Mapping[Cell, int], sums: Sequence[Sum[Cell]]) -> None:
    for one in sums:
        if counts[one.total] != sum(counts[part] for part in one.parts):
            raise ValueError(one)


def _ordered(cells: Collection[Cell], counts: Mapping[Cell, int]) -> list[Cell]:
    """Bring cells into the order in which they stand, so that the same counts hide the same."""
    return [cell for cell in counts if cell in cells]


def _beside(
    cell: Cell, counts: Mapping[Cell, int], sums: Sequence[Sum[Cell]], away: Collection[Cell]
) -> Iterator[Cell]:
    """Give what else could be hidden for a cell: parts before totals, the smallest first.

    First of the sums the cell stands in, then of those that these reach.
    """
    reached = {cell}
    while True:
        near = [one for one in sums if reached & set(one.cells)]
        open_cells = {
            (other == one.total, counts[other], position): other
            for one in near
            for position, other in enumerate(one.cells)
            if other not in away and counts[other]
        }
        if open_cells:
            yield open_cells[min(open_cells)]
            return
        wider = reached.union(*(one.cells for one in near))
        if wider == reached:
            return
        reached = wider


def _could_differ(
    cell: Cell, counts: Mapping[Cell, int], sums: Sequence[Sum[Cell]], away: Collection[Cell]
) -> bool:
    """Tell whether the published cells allow another count for a hidden one.

    A reader knows the published cells, the sums, and that what is hidden is at least 1 (what is
    never published, at least 0 — taken as 1 where it is not 0, which hides rather more).
    """
    unknown = [other for other in counts if other in away and any(other in s.cells for s in sums)]
    if cell not in unknown:
        return True
    search = _Search(counts, sums, unknown)
    return any(search.reaches(cell, counts[cell] + step) for step in (1, -1))


class _Search(Generic[Cell]):
    """Looks for another reading of the hidden cells that keeps every sum."""

    def __init__(
        self, counts: Mapping[Cell, int], sums: Sequence[Sum[Cell]], unknown: Sequence[Cell]
    ) -> None:
        self.counts, self.unknown = counts, frozenset(unknown)
        self.sums = [one for one in sums if self.unknown & set(one.cells)]
        self.steps = 0

    def reaches(self, cell: Cell, count: int) -> bool:
        """Tell whether the cell may hold this count, the others what makes the sums come out."""
        self.steps = 0
        return count >= 1 and self._settle({cell: count - self.counts[cell]})

    def _settle(self, moved: dict[Cell, int]) -> bool:
        """Even out the first sum that the moves have upset, by moving one more cell of it."""
        self.steps += 1
        if self.steps > _STEPS:
            return False
        upset = next(((one, off) for one in self.sums if (off := self._off(one, moved))), None)
        if upset is None:
            return True
        one, off = upset
        for other in one.cells:
            if other in self.unknown and other not in moved:
                move = -off if other == one.total else off
                if self.counts[other] + move >= (1 if self.counts[other] else 0) and self._settle(
                    {**moved, other: move}
                ):
                    return True
        return False

    def _off(self, one: Sum[Cell], moved: Mapping[Cell, int]) -> int:
        """Give by how much the total moved more than its parts."""
        return moved.get(one.total, 0) - sum(moved.get(part, 0) for part in one.parts)
