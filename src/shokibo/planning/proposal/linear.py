"""An integer model: variables with bounds, sums of them, and rows that bound sums.

It is independent of the engine. All coefficients are integers, and sums stay below `MOST`, where
an engine's floats are exact.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

MOST = 2**31


@dataclass(frozen=True)
class Sum:
    """A sum of variables, each times an integer, plus a constant."""

    terms: Mapping[int, int] = field(default_factory=dict)
    constant: int = 0

    def __add__(self, other: "Sum | int") -> "Sum":
        return total((self, other))

    def __sub__(self, other: "Sum | int") -> "Sum":
        return total((self, other * -1))

    def __mul__(self, factor: int) -> "Sum":
        terms = {variable: times * factor for variable, times in self.terms.items()}
        return Sum(terms, self.constant * factor)

    def at(self, values: Sequence[int]) -> int:
        """Return what the sum comes to."""
        return self.constant + sum(times * values[of] for of, times in self.terms.items())


def total(parts: Iterable[Sum | int]) -> Sum:
    """Add sums and numbers up."""
    terms: defaultdict[int, int] = defaultdict(int)
    constant = 0
    for part in parts:
        if isinstance(part, int):
            constant += part
            continue
        constant += part.constant
        for variable, times in part.terms.items():
            terms[variable] += times
    return Sum({variable: times for variable, times in terms.items() if times}, constant)


@dataclass(frozen=True)
class Row:
    """A sum that stays within bounds; None means no bound."""

    sum: Sum
    least: int | None
    most: int | None

    def holds(self, values: Sequence[int]) -> bool:
        """Return whether values satisfy it."""
        found = self.sum.at(values)
        return (self.least is None or self.least <= found) and (
            self.most is None or found <= self.most
        )


@dataclass
class Linear:
    """Variables by number, each from 0 to its bound in `most`, and rows."""

    most: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def variable(self, most: int) -> Sum:
        """Add a variable from 0 to a bound."""
        self.most.append(max(most, 0))
        return Sum({len(self.most) - 1: 1})

    def bound(self, bounded: Sum, *, least: int | None = None, most: int | None = None) -> None:
        """Add a row. One without variables is kept too: it may be a contradiction."""
        self.rows.append(Row(bounded, least, most))

    def holds(self, values: Sequence[int]) -> bool:
        """Return whether values satisfy every row, in integers."""
        within = all(0 <= value <= most for value, most in zip(values, self.most, strict=True))
        return within and all(row.holds(values) for row in self.rows)

    def lowest(self, of: Sum) -> int:
        """Return what a sum can't be below by the bounds of its variables alone."""
        parts = (min(times * self.most[variable], 0) for variable, times in of.terms.items())
        return of.constant + sum(parts)

    def reach(self, of: Sum) -> int:
        """Return how far from 0 a sum and each of its parts can get."""
        parts = (abs(times) * self.most[variable] for variable, times in of.terms.items())
        return abs(of.constant) + sum(parts)
