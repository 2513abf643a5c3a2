"""Invented authorities with known true rates: children enter, move, stay and leave.

Independent of the forecast. Probabilities change smoothly with age and with the months in a place,
not by the forecast's bands and phases; entries vary by year, and their level drifts.
"""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from benchmarks.dice import Ints

PLACES = ("children_home", "infant_home", "foster", "family_home", "temporary_protection", "other")
HOME, INFANT, FOSTER, FAMILY, PROTECTION, OTHER = range(6)
GONE = 6
OPEN = 10**6
BURN_IN = 22 * 12
"""Months before the record, in which the world fills."""
START = 2000 * 12 + 3
"""April 2000, the first month of the world."""

_LEAVING = (0.012, 0.03, 0.012, 0.014, 0.33, 0.05)
_TO_YOUNG = (
    (0.0, 0.0, 0.2, 0.0, 0.05, 0.0, 0.75),
    (0.3, 0.0, 0.2, 0.0, 0.02, 0.0, 0.48),
    (0.05, 0.03, 0.0, 0.02, 0.1, 0.0, 0.8),
    (0.1, 0.0, 0.1, 0.0, 0.1, 0.0, 0.7),
    (0.0, 0.33, 0.2, 0.02, 0.0, 0.0, 0.45),
    (0.1, 0.1, 0.1, 0.0, 0.0, 0.0, 0.7),
)
_TO_OLDER = (
    (0.0, 0.0, 0.08, 0.03, 0.05, 0.02, 0.82),
    (0.6, 0.0, 0.15, 0.05, 0.0, 0.0, 0.2),
    (0.1, 0.0, 0.0, 0.04, 0.07, 0.01, 0.78),
    (0.1, 0.0, 0.05, 0.0, 0.06, 0.0, 0.79),
    (0.33, 0.0, 0.1, 0.05, 0.0, 0.02, 0.5),
    (0.25, 0.0, 0.05, 0.0, 0.0, 0.0, 0.7),
)
_COMING = (0.12, 0.08, 0.07, 0.02, 0.7, 0.01)
_AGES = ((3, 17), (0, 2), (0, 14), (4, 16), (0, 17), (12, 17))
"""The ages in which children come, by place."""


@dataclass(frozen=True)
class Truth:
    """The true rates of a world."""

    leaving: np.ndarray  # by place, a month
    settling: float  # how many times as likely at the first, less 1
    settled: float  # months
    with_age: np.ndarray  # by place, in the logarithm, over nine years
    to_young: np.ndarray
    to_older: np.ndarray
    spring: tuple[float, float, float]
    a_year: float
    coming: np.ndarray
    year_spread: float
    wandering: float

    @classmethod
    def drawn(cls, random: np.random.Generator) -> "Truth":
        """Draw a world's rates."""
        return cls(
            np.array(_LEAVING) * np.exp(random.normal(0, 0.25, 6)),
            random.uniform(0, 2.5),
            random.uniform(3, 12),
            random.normal(0, 0.3, 6),
            _varied(random, _TO_YOUNG),
            _varied(random, _TO_OLDER),
            (random.uniform(0.4, 0.8), random.uniform(0.4, 0.8), random.uniform(0.2, 0.5)),
            float(np.exp(random.uniform(np.log(15), np.log(60)))),
            _varied(random, (_COMING,))[0],
            random.uniform(0, 0.3),
            random.uniform(0, 0.02),
        )

    def chance(self, place: Ints, birth: Ints, first: Ints, month: int) -> np.ndarray:
        """Return each child's chance to leave its place in the step from a month's end."""
        age, stayed = month - birth, month - first
        early = 1 + self.settling * np.exp(-stayed / self.settled)
        chance = self.leaving[place] * early * np.exp(self.with_age[place] * (age / 108 - 1))
        chance = np.where((place == INFANT) & (age >= 24), chance * 3, chance)
        year, in_year = (month - 3) // 12 - (birth - 3) // 12, month % 12
        for when, share in (
            ((year == 18) & (in_year == 1), self.spring[0]),
            ((year == 18) & (in_year == 2), self.spring[1]),
            ((year > 18) & (in_year == 2), self.spring[2]),
            ((year >= 22) & (in_year == 2), 1.0),
        ):
            chance = np.where(when, share, chance)
        return np.minimum(chance, 1)


def _varied(random: np.random.Generator, shares: tuple[tuple[float, ...], ...]) -> np.ndarray:
    return np.array([random.dirichlet(np.array(row) * 40 + 1e-9) for row in shares])


@dataclass
class World:
    """Children in care in so many copies of an authority, month by month."""

    truth: Truth
    random: np.random.Generator
    month: int = START
    level: float | np.ndarray = 0.0
    birth: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    place: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    first: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    child: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    copy: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    copies: int = 1
    children: int = 0
    ended: list[Ints] = field(default_factory=list)
    year: np.ndarray = field(default_factory=lambda: np.ones(1))

    def copied(self, copies: int) -> "World":
        """Return copies of the present world, each with its own future."""
        return World(
            self.truth,
            self.random,
            self.month,
            np.full(copies, self.level),
            birth=np.tile(self.birth, copies),
            place=np.tile(self.place, copies),
            first=np.tile(self.first, copies),
            child=np.tile(self.child, copies),
            copy=np.repeat(np.arange(copies), len(self.birth)),
            copies=copies,
        )

    def step(self) -> None:
        """Advance a month: children move, leave or stay; others enter."""
        if (self.month - START) % 12 == 0:
            self._new_year()
        place, random, month = self.place.copy(), self.random, self.month
        chance = self.truth.chance(place, self.birth, self.first, month)
        goes = np.flatnonzero(random.random(len(place)) < chance)
        young = month - self.birth[goes] < 36
        to = np.where(
            young[:, None], self.truth.to_young[place[goes]], self.truth.to_older[place[goes]]
        )
        at_18 = (month - 3) // 12 - (self.birth[goes] - 3) // 12 >= 18
        place[goes] = np.where(at_18, GONE, (random.random((len(goes), 1)) > to.cumsum(1)).sum(1))
        self._end(goes)
        self.place, self.first = place, self.first.copy()
        self.first[goes] = month + 1
        self.month = month + 1
        self._keep(place < GONE)
        self._come()

    def _new_year(self) -> None:
        truth, random = self.truth, self.random
        self.level = self.level + random.normal(0, truth.wandering, self.copies)
        if truth.year_spread:
            shape = truth.year_spread**-2
            self.year = random.gamma(shape, 1 / shape, self.copies)

    def _come(self) -> None:
        random, truth = self.random, self.truth
        mean = truth.a_year / 12 * np.exp(self.level) * self.year
        number = random.poisson(mean * np.ones(self.copies))
        total = int(number.sum())
        place = random.choice(6, total, p=truth.coming)
        low, high = np.array(_AGES)[place].T
        age = (random.random(total) * (high + 1 - low) * 12).astype(np.int64) + low * 12
        new = {
            "place": place,
            "birth": self.month - age,
            "first": np.full(total, self.month),
            "child": self.children + np.arange(total),
            "copy": np.repeat(np.arange(self.copies), number),
        }
        self.children += total
        for name, column in new.items():
            setattr(self, name, np.concatenate([getattr(self, name), column]))

    def _end(self, goes: Ints) -> None:
        if self.copies == 1:
            columns = (self.child, self.birth, self.place, self.first)
            last = np.full(len(goes), self.month)
            self.ended.append(np.stack([*(each[goes] for each in columns), last]))

    def _keep(self, stays: np.ndarray) -> None:
        for name in ("birth", "place", "first", "child", "copy"):
            setattr(self, name, getattr(self, name)[stays])

    def count(self) -> Ints:
        """Count the children by copy and place."""
        return np.bincount(self.copy * 6 + self.place, minlength=self.copies * 6).reshape(-1, 6)

    def episodes(self, since: int) -> pl.DataFrame:
        """Return the record: all stays that had not ended before a month, with invented days."""
        columns = (self.child, self.birth, self.place, self.first)
        now = np.stack([*columns, np.full(len(self.child), OPEN)])
        stays = np.concatenate([*self.ended, now], axis=1)
        child, birth, place, first, last = stays[:, stays[4] >= since]
        order = np.lexsort((first, child))
        frame = pl.DataFrame(
            {
                "child": child[order],
                "birth": birth[order],
                "place": np.array(PLACES)[place[order]],
                "first": first[order],
                "last": last[order],
                "begun": child[order] * 7 % 26 + 1,
                "gone": child[order] * 11 % 26 + 1,
            }
        )
        moved = pl.col("child") == pl.col("child").shift(1)
        april = pl.col("last") % 12 == 2
        ended = (
            pl.when(april)
            .then(_day("last", 31))
            .otherwise(_day(pl.col("last") + 1, pl.col("gone")))
        )
        return frame.with_columns(ended_on=pl.when(pl.col("last") < OPEN).then(ended)).select(
            authority_code=pl.lit("131121"),
            child_code=pl.format("C{}", "child"),
            birth_month=_day("birth", 1),
            place="place",
            started_on=pl.when(moved)
            .then(pl.col("ended_on").shift(1).dt.offset_by("1d"))
            .otherwise(_day("first", pl.col("begun"))),
            ended_on="ended_on",
        )


def _day(month: str | pl.Expr, day: int | pl.Expr) -> pl.Expr:
    number = pl.col(month) if isinstance(month, str) else month
    known = pl.when(number < OPEN).then(number)
    return pl.date(known // 12, known % 12 + 1, day)
