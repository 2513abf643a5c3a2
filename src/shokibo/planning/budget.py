"""P8: what the plan costs by year, what the State bears of it, and what is left to the authority.

Amounts are integer yen. Shares and months of rent are fractions until the one rounding: the
revenue of a programme, down to the yen (our choice; the source does not say).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

import polars as pl

from shokibo.answers import Answer, about
from shokibo.planning.events import GROUP_HOMES, Events
from shokibo.rounding import floor_yen

RENT_RULE = "months_of_rent"
Estimated = Annotated[bool, about("概算", "it rests on an earlier year's costs")]


class Expenditure(Answer, frozen=True):
    """What is spent on one item: so many homes (or units, or 1 a year) at so much."""

    title = "歳出の行(円)"
    item: Annotated[str, about("項目")]
    account: Annotated[str, about("科目")]
    timing: Annotated[str, about("初期か年間か", "`initial` or `annual`")]
    homes: Annotated[int, about("か所数", "how many it is paid for")]
    amount: int
    estimated: Estimated


class Revenue(Answer, frozen=True):
    """What a programme pays: its share of the sum of eligible costs, down to the yen."""

    title = "歳入の行(円)"
    account: Annotated[str | None, about("歳入科目")]
    programme: Annotated[str, about("国の制度")]
    eligible_base: Annotated[int, about("対象経費")]
    share: Annotated[str, about("負担割合", "", "1/2")]
    amount: int
    inferred: Annotated[bool, about("家賃の月数から見積もった分を含むか", "未確認: months of rent")]


class Budget(Answer, frozen=True):
    """One fiscal year's budget, in yen."""

    title = "年度の経費(円)"
    fiscal_year: int
    opened: Annotated[int, about("新設か所数", "group homes opened in the year")]
    running: Annotated[int, about("運営か所数", "running, of those opened since the first year")]
    estimated: Estimated
    expenditure: Annotated[list[Expenditure], about("歳出")]
    revenue: Annotated[list[Revenue], about("歳入", "a line a programme")]
    expenditure_total: Annotated[int, about("歳出合計")]
    revenue_total: Annotated[int, about("歳入合計")]
    net: Annotated[int, about("自治体の負担")]


@dataclass(frozen=True)
class _Line:
    """Expenditure, what bears a share of it (account, programme, share), and the eligible part.

    `inferred` marks a part that rests on the rule of months of rent.
    """

    spent: Expenditure
    bearer: tuple[str | None, str, Fraction] | None
    eligible: Fraction
    inferred: bool


def budget(costs: pl.DataFrame, events: Events, first: int, year: int) -> Budget:
    """Compute a year's budget from one authority's costs and actions since the first year."""
    counts = _counts(events, first, year)
    lines = list(_lines(_costs_of(costs, year), counts, year))
    expenditure, revenue = [line.spent for line in lines], [paid for paid, _ in _revenue(lines)]
    spent, paid = (sum(one.amount for one in part) for part in (expenditure, revenue))
    return Budget(
        year,
        counts["opened_home", "initial"],
        counts["opened_home", "annual"],
        any(line.estimated for line in expenditure),
        expenditure,
        revenue,
        spent,
        paid,
        spent - paid,
    )


def contributions(
    costs: pl.DataFrame, events: Events, first: int, year: int
) -> Iterator[tuple[Revenue, int]]:
    """Give what each programme pays in a year, and all the costs of which it bears a share."""
    return _revenue(list(_lines(_costs_of(costs, year), _counts(events, first, year), year)))


def _counts(events: Events, first: int, year: int) -> dict[tuple[str, str], int]:
    """How many of each basis an item is paid for in a year, by (basis, timing).

    A group home opened since the plan's first year is paid for in full in the year it opens, and
    no more from the year after it is closed or converted without places. A converted unit is paid
    for until the year in which it is closed.
    """
    born, died, since = pl.col("born"), pl.col("died"), pl.col("fiscal_year")
    opened = events.units.filter(born.is_between(first, year) & pl.col("kind").is_in(GROUP_HOMES))
    converted = events.changes.filter(
        (pl.col("action") == "convert") & since.is_between(first, year)
    ).join(events.units, on="unit")
    closed = events.changes.filter((pl.col("action") == "close") & (since < year))
    return {
        ("opened_home", "initial"): _sum(opened.filter(born == year)),
        ("opened_home", "annual"): _sum(opened.filter(died.is_null() | (died >= year))),
        ("converted_unit", "initial"): _sum(converted.filter(since == year)),
        ("converted_unit", "annual"): _sum(
            converted.unique("unit").join(closed, on="unit", how="anti")
        ),
        ("year", "initial"): 1,
        ("year", "annual"): 1,
    }


def _sum(units: pl.DataFrame) -> int:
    return int(units["count"].sum())


def _costs_of(given: pl.DataFrame, year: int) -> pl.DataFrame:
    """Give the costs that hold in a year: of each item the latest not after it, in ledger order.

    What is paid once a year's own row says so (basis year, initial) is paid in that year only.
    """
    costs = given.with_columns(basis=pl.col("basis").fill_null("opened_home"))
    key = ["item", "account", "timing", "basis"]
    once = (pl.col("basis") == "year") & (pl.col("timing") == "initial")
    since = pl.col("fiscal_year")
    latest = since.filter(since <= year).max().over(key)
    return costs.filter((since == latest) & (~once | (since == year)))


def _lines(costs: pl.DataFrame, counts: dict[tuple[str, str], int], year: int) -> Iterator[_Line]:
    rents = {
        row["item"]: row["amount"]
        for row in costs.filter(pl.col("timing") == "annual").iter_rows(named=True)
    }
    for row in costs.iter_rows(named=True):
        homes = counts[row["basis"], row["timing"]]
        if not homes:
            continue
        spent = Expenditure(
            row["item"],
            row["account"],
            row["timing"],
            homes,
            row["amount"] * homes,
            row["fiscal_year"] != year,
        )
        programme, share = row["programme"], row["national_share"]
        borne = programme and share is not None
        bearer = (row["revenue_account"], programme, Fraction(share)) if borne else None
        rule, eligible = row["eligible_rule"] or "none", Fraction(0)
        if inferred := rule.startswith(RENT_RULE):
            _, months, item = rule.split(":", 2)
            monthly = Fraction(rent_of(item, rents) or 0, 12)
            eligible = min(Fraction(spent.amount), int(months) * monthly * homes)
        elif rule == "full":
            eligible = Fraction(spent.amount)
        yield _Line(spent, bearer, eligible, inferred)


def rent_of(item: str, rents: dict[str, int]) -> int | None:
    """Find the annual item that a rule of months of rent names; an only one need not be named."""
    if not item and len(rents) == 1:
        return next(iter(rents.values()))
    return rents.get(item)


def _revenue(lines: list[_Line]) -> Iterator[tuple[Revenue, int]]:
    """Give what each programme pays and for what, in the order of the lines it pays for."""
    for bearer in dict.fromkeys(line.bearer for line in lines if line.bearer):
        account, programme, share = bearer
        borne = [line for line in lines if line.bearer == bearer]
        base = sum((line.eligible for line in borne), Fraction(0))
        paid = Revenue(
            account,
            programme,
            floor_yen(base),
            f"{share.numerator}/{share.denominator}",
            floor_yen(base * share),
            any(line.inferred for line in borne),
        )
        yield paid, sum(line.spent.amount for line in borne)
