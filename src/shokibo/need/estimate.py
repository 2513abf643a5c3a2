"""P2: the need by population and rates, each step exact, compared with the need in the ledger.

By fiscal year and age band: in care = population x rate / 10,000, of which the foster rate lives
with foster parents or in family homes, and the others need a place in a home. The text of the
official formula is not available (未確認).
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any

import polars as pl

from shokibo.answers import Answer, about
from shokibo.calendar import fiscal_year_end
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.rounding import fixed, half_up_of

BANDS = ("under_3", "preschool", "school_age")
"""The age bands that are estimated, in order."""
FORMULA, GOALS = "need_formula", "foster_goals"
"""The parameters: how the estimate is made, and the State's goals."""
_RATE, _FOSTER = 4, 2
"""Decimals of the two rates, which are computed with as integers in units of the last decimal."""

Rate = Annotated[str, about("率(台帳のとおり)", "as the ledger gives it", "16.5")]
Hundredths = Annotated[str, about("人数", "two decimals, half up", "103.37")]
Difference = Annotated[int | None, about("推計と計画の差", "null where the ledger states no need")]


class EstimatedBand(Answer, frozen=True):
    """The steps of the estimate of one age band in one year."""

    title = "年齢区分の推計"
    fiscal_year: int
    age_band: Annotated[str, about("年齢区分", "`under_3`, `preschool` or `school_age`")]
    population: Annotated[int, about("児童人口")]
    in_care_per_10000: Rate
    in_care: Hundredths
    foster_rate: Rate
    foster: Hundredths
    in_homes: Annotated[int, about("施設養育の必要量", "rounded once, half up")]
    stated: Annotated[int | None, about("台帳の必要量(推計)", "null where there is none")]
    difference: Difference


class EstimatedYear(Answer, frozen=True):
    """The sums of a year's rounded bands; null if a band is missing."""

    title = "年度の推計"
    fiscal_year: int
    in_homes: Annotated[int | None, about("全年齢の必要量", "null where a band is missing")]
    three_and_over: Annotated[int | None, about("3歳以上の必要量", "null where a band is missing")]
    stated_three_and_over: Annotated[int | None, about("台帳の3歳以上の必要量(推計)")]
    difference: Difference


class GoalReached(Answer, frozen=True):
    """A foster placement rate compared with the State's goal."""

    title = "国の目標との比較"
    fiscal_year: int
    age_band: str
    foster_rate: Rate
    goal: Annotated[int, about("国の目標(%)", "per cent")]
    reached: bool


class Estimate(Answer, frozen=True):
    """The need by population and rates."""

    title = "必要量の推計"
    rows: Annotated[list[EstimatedBand], about("年度と年齢区分ごと")]
    totals: Annotated[list[EstimatedYear], about("年度ごと")]
    goals: Annotated[list[GoalReached], about("国の目標との比較")]
    unconfirmed: Annotated[list[str], about("未確認の値", "names of parameters")]

    @property
    def three_and_over(self) -> dict[int, int]:
        """The children of three and over by fiscal year, where both bands are estimated."""
        return {
            one.fiscal_year: one.three_and_over
            for one in self.totals
            if one.three_and_over is not None
        }


def estimate(ledger: Ledger, law: Law) -> Estimate:
    """Estimate the need of one authority's ledger, for the years and bands it has figures for."""
    found = steps(ledger)
    return Estimate(
        [_band(row) for row in found.iter_rows(named=True)],
        [EstimatedYear(*row) for row in _totals(found, ledger).iter_rows()],
        list(_goals(found, law)),
        [name for name in (FORMULA, GOALS) if law.parameters[name].values[-1].unconfirmed],
    )


def steps(ledger: Ledger) -> pl.DataFrame:
    """Return a row for each year and band whose population and rates are known.

    Columns: fiscal_year, age_band, population, in_care_per_10000 and foster_rate as given, in_care
    and foster in hundredths of a child, in_homes, stated (null if the ledger states none).
    """
    known = (
        ledger["population"]
        .select("fiscal_year", "age_band", population="children")
        .filter(pl.col("age_band").is_in(BANDS))
        .sort("fiscal_year")
        .join_asof(
            ledger["care_rates"].drop("authority_code", "source", "_row").sort("fiscal_year"),
            on="fiscal_year",
            by="age_band",
            check_sortedness=False,
        )
        .drop_nulls("in_care_per_10000")
    )
    rate, foster = _whole("in_care_per_10000", _RATE), _whole("foster_rate", _FOSTER)
    in_care = pl.col("population").cast(pl.Int128) * rate
    one, all_of_them = 10 ** (4 + _RATE), 10 ** (2 + _FOSTER)
    return (
        known.with_columns(
            in_care=half_up_of(in_care, one // 100),
            foster=half_up_of(in_care * foster, one * all_of_them // 100),
            in_homes=half_up_of(in_care * (all_of_them - foster), one * all_of_them),
        )
        .join(stated(ledger), on=["fiscal_year", "age_band"], how="left")
        .sort("fiscal_year", pl.col("age_band").replace_strict(BANDS, range(len(BANDS))))
    )


def stated(ledger: Ledger) -> pl.DataFrame:
    """Return the need that the ledger has as a forecast: fiscal_year, age_band, stated."""
    is_forecast = pl.col("basis").fill_null("forecast") == "forecast"
    return ledger["need"].filter(is_forecast).select("fiscal_year", "age_band", stated="children")


def _whole(rate: str, decimals: int) -> pl.Expr:
    """Return a rate as an integer in units of its last decimal: 16.5 at 4 decimals is 165,000."""
    parts = pl.col(rate).str.split_exact(".", 1).struct
    after = parts[1].fill_null("").str.pad_end(decimals, "0")
    return (parts[0] + after).cast(pl.Int128)


def _band(row: dict[str, Any]) -> EstimatedBand:
    hundredths = {name: fixed(Fraction(row[name], 100), 2) for name in ("in_care", "foster")}
    homes, need = row["in_homes"], row["stated"]
    return EstimatedBand(**row | hundredths, difference=None if need is None else homes - need)


def _totals(found: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """Return a row per year, in the columns of `EstimatedYear`."""
    children, is_older = pl.col("in_homes"), pl.col("age_band") != BANDS[0]
    is_whole = pl.len() == len(BANDS)
    by_band = {
        band: pl.col("stated").filter(pl.col("age_band") == band).first()
        for band in (*BANDS, "three_and_over")
    }
    older = by_band["preschool"] + by_band["school_age"]
    need = stated(ledger).group_by("fiscal_year")
    return (
        found.group_by("fiscal_year", maintain_order=True)
        .agg(
            in_homes=pl.when(is_whole).then(children.sum()),
            three_and_over=pl.when(is_whole).then(children.filter(is_older).sum()),
        )
        .join(
            need.agg(stated=pl.coalesce(older, by_band["three_and_over"])),
            on="fiscal_year",
            how="left",
            maintain_order="left",
        )
        .with_columns(difference=pl.col("three_and_over") - pl.col("stated"))
    )


def _goals(found: pl.DataFrame, law: Law) -> Iterator[GoalReached]:
    """Compare each year's foster rate with the goals for that year's end."""
    for year, band, given in found.select("fiscal_year", "age_band", "foster_rate").iter_rows():
        dated = law.at(GOALS, fiscal_year_end(year))
        if dated is not None:
            goal = dated.table[band]
            yield GoalReached(year, band, given, goal, Fraction(given) >= goal)
