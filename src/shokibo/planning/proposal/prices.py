"""What a year's openings and changes leave to the authority, as sums that a model can hold.

`budget` says what so many of each come to; it is asked at a dozen of each, where nothing is
rounded. Of what each programme bears, the part that is not whole yen is kept as fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import polars as pl

from shokibo.planning.budget import Bearer, Counts, unrounded

_DOZEN = 12
"""Months of a year and the usual shares go into it, so that nothing is left to round."""


@dataclass(frozen=True)
class Slope:
    """What is paid anyway, and for each home opened, each running, each unit reduced in a year."""

    anyway: Fraction
    opened: Fraction
    running: Fraction
    reduced: Fraction

    @property
    def parts(self) -> tuple[Fraction, Fraction, Fraction]:
        """What each one costs."""
        return self.opened, self.running, self.reduced

    @property
    def whole(self) -> bool:
        """Whether each comes to whole yen, so that rounding takes nothing more or less."""
        return all(part.denominator == 1 for part in self.parts)


@dataclass(frozen=True)
class YearPrices:
    """A year's expenditure, and what each programme bears of it before it is rounded down."""

    spent: Slope
    borne: tuple[Slope, ...]

    @property
    def by_reductions(self) -> bool:
        """Whether anything is paid for a unit that is reduced."""
        return any(slope.reduced for slope in (self.spent, *self.borne))

    def net(self, opened: int, running: int, reduced: int) -> int:
        """Return the net cost: running are those opened up to the year, the year's own too."""
        spent, *borne = (
            slope.anyway + slope.opened * opened + slope.running * running + slope.reduced * reduced
            for slope in (self.spent, *self.borne)
        )
        return floor(spent) - sum(floor(one) for one in borne)


def year_prices(costs: pl.DataFrame, kept: Counts, year: int) -> YearPrices:
    """Return a year's prices; `kept` are the openings and changes that are there anyway."""

    def ask(opened: int, running: int, reduced: int) -> tuple[int, Mapping[Bearer, Fraction]]:
        more = {
            ("opened_home", "initial"): opened,
            ("opened_home", "begun"): opened,
            ("opened_home", "annual"): running,
            ("reduced_unit", "initial"): reduced,
            ("reduced_unit", "annual"): reduced,
        }
        counts = {key: count + more.get(key, 0) for key, count in kept.items()}
        return unrounded(costs, counts, year)

    nothing, running = ask(0, 0, 0), ask(0, _DOZEN, 0)
    opened, reduced = ask(_DOZEN, _DOZEN, 0), ask(0, 0, _DOZEN)

    def slope(of: Bearer | None) -> Slope:
        nought, run, begun, less = (
            Fraction(spent) if of is None else borne.get(of, Fraction(0))
            for spent, borne in (nothing, running, opened, reduced)
        )
        return Slope(
            nought, (begun - run) / _DOZEN, (run - nought) / _DOZEN, (less - nought) / _DOZEN
        )

    bearers = {of: None for _, borne in (nothing, running, opened, reduced) for of in borne}
    return YearPrices(slope(None), tuple(slope(of) for of in bearers))
