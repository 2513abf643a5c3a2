"""What a year's openings and changes cost the authority, as sums for a model.

`budget` says what a given number of each comes to; it is evaluated at a dozen of each, where
nothing is rounded. What each programme bears keeps its fractions of a yen.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

import polars as pl

from shokibo.planning.budget import Bearer, Counts, prorated, unrounded

_DOZEN = 12
"""Divisible by the months of a year and the usual shares, so that nothing is left to round."""


@dataclass(frozen=True)
class Slope:
    """What is paid in any case, and per home opened, home running and unit reduced in a year."""

    anyway: Fraction
    opened: Fraction
    running: Fraction
    reduced: Fraction

    @property
    def parts(self) -> tuple[Fraction, Fraction, Fraction]:
        """What each one costs."""
        return self.opened, self.running, self.reduced


@dataclass(frozen=True)
class Part:
    """What homes pay of a prorated item, rounded down together, and the share of each bearer."""

    slope: Slope
    shares: tuple[Fraction, ...]


@dataclass(frozen=True)
class YearPrices:
    """A year's expenditure, and what each programme bears of it before it is rounded down.

    Neither includes `prorated` items, whose expenditure is rounded down first.
    """

    spent: Slope
    borne: tuple[Slope, ...]
    prorated: tuple[Part, ...] = ()

    @property
    def by_reductions(self) -> bool:
        """Whether anything is paid for reducing a unit."""
        return any(slope.reduced for slope in (self.spent, *self.borne))

    def net(self, opened: int, running: int, reduced: int) -> int:
        """Return the net cost; `running` counts those opened up to and including the year."""

        def at(slope: Slope) -> Fraction:
            counts = (opened, running, reduced)
            return slope.anyway + sum(
                part * count for part, count in zip(slope.parts, counts, strict=True)
            )

        parts = [floor(at(part.slope)) for part in self.prorated]
        spent, borne = floor(at(self.spent)) + sum(parts), [at(slope) for slope in self.borne]
        for part, yen in zip(self.prorated, parts, strict=True):
            borne = [one + yen * share for one, share in zip(borne, part.shares, strict=True)]
        return spent - sum(map(floor, borne))


def year_prices(costs: pl.DataFrame, kept: Counts, year: int) -> YearPrices:
    """Return a year's prices; `kept` are the openings and changes that happen in any case."""
    items = list(prorated(costs, year))

    def counted(opened: int, running: int, reduced: int) -> Counts:
        more = {
            ("opened_home", "initial"): opened,
            ("opened_home", "begun"): opened,
            ("opened_home", "annual"): running,
            ("reduced_unit", "initial"): reduced,
            ("reduced_unit", "annual"): reduced,
        }
        return {key: count + more.get(key, 0) for key, count in kept.items()}

    def ask(opened: int, running: int, reduced: int) -> tuple[int, dict[Bearer, Fraction]]:
        """Return what `budget` comes to without the prorated items."""
        counts = counted(opened, running, reduced)
        spent, borne = unrounded(costs, counts, year)
        for item in items:
            yen = floor(item.spent(counts))
            spent -= yen
            for bearer in item.bearers if yen else ():
                borne[bearer] -= yen * bearer[-1]
        return spent, borne

    asked = [ask(*of) for of in _ASKED]

    def slope(of: Bearer | None) -> Slope:
        return _slope(
            *(
                Fraction(spent) if of is None else borne.get(of, Fraction(0))
                for spent, borne in asked
            )
        )

    bearers = tuple({of: None for _, borne in asked for of in borne})
    return YearPrices(
        slope(None),
        tuple(slope(of) for of in bearers),
        tuple(
            Part(
                _slope(*(item.spent(counted(*of)) for of in _ASKED)),
                tuple(of[-1] * (of in item.bearers) for of in bearers),
            )
            for item in items
        ),
    )


_ASKED = ((0, 0, 0), (0, _DOZEN, 0), (_DOZEN, _DOZEN, 0), (0, 0, _DOZEN))
"""The homes opened, homes running and units reduced at which `budget` is evaluated."""


def _slope(nought: Fraction, run: Fraction, begun: Fraction, less: Fraction) -> Slope:
    """Return the slope of what is paid at the counts in `_ASKED`."""
    return Slope(nought, (begun - run) / _DOZEN, (run - nought) / _DOZEN, (less - nought) / _DOZEN)
