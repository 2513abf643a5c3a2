"""P8: what the plan costs by year, what the State bears of it, and what is left to the authority.

Amounts are integer yen. Shares and months of rent are fractions until the one rounding: the
revenue of a programme, down to the yen (our choice; the source does not say).
"""

from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from shokibo.planning.events import GROUP_HOMES, Events
from shokibo.rounding import floor_yen

RENT_RULE = "months_of_rent"


@dataclass(frozen=True)
class Line:
    """Expenditure of one item: so many homes (or units, or 1 a year) at so much.

    `estimated` marks a year without cost rows of its own (概算); `eligible` is the part eligible
    for the programme, exact; `inferred` marks a part that rests on the rule of months of rent.
    """

    item: str
    account: str
    timing: str
    homes: int
    amount: int
    programme: str | None
    revenue_account: str | None
    share: Fraction | None
    eligible: Fraction
    estimated: bool
    inferred: bool


@dataclass(frozen=True)
class Revenue:
    """What a programme pays: its share of the sum of eligible costs, down to the yen."""

    account: str | None
    programme: str
    eligible_base: int
    share: Fraction
    amount: int
    inferred: bool


@dataclass(frozen=True)
class Budget:
    """One fiscal year's budget; `opened` group homes in the year, `running` since the first."""

    fiscal_year: int
    opened: int
    running: int
    expenditure: tuple[Line, ...]
    revenue: tuple[Revenue, ...]

    @property
    def expenditure_total(self) -> int:
        """All expenditure, in yen."""
        return sum(line.amount for line in self.expenditure)

    @property
    def revenue_total(self) -> int:
        """All revenue from the State, in yen."""
        return sum(line.amount for line in self.revenue)

    @property
    def net(self) -> int:
        """What is left to the authority, in yen."""
        return self.expenditure_total - self.revenue_total

    @property
    def estimated(self) -> bool:
        """Whether any line rests on an earlier year's costs (概算)."""
        return any(line.estimated for line in self.expenditure)


def budget(costs: pl.DataFrame, events: Events, first: int, year: int) -> Budget:
    """Work out a year's budget from one authority's costs and actions since the first year."""
    counts = _counts(events, first, year)
    lines = tuple(_lines(_costs_of(costs, year), counts, year))
    return Budget(
        year,
        counts["opened_home", "initial"],
        counts["opened_home", "annual"],
        lines,
        tuple(_revenue(lines)),
    )


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


def _lines(costs: pl.DataFrame, counts: dict[tuple[str, str], int], year: int) -> list[Line]:
    rents = {
        row["item"]: row["amount"]
        for row in costs.filter(pl.col("timing") == "annual").iter_rows(named=True)
    }
    lines = []
    for row in costs.iter_rows(named=True):
        homes = counts[row["basis"], row["timing"]]
        if homes:
            amount = row["amount"] * homes
            eligible, inferred = _eligible(row["eligible_rule"], amount, homes, rents)
            lines.append(
                Line(
                    row["item"],
                    row["account"],
                    row["timing"],
                    homes,
                    amount,
                    row["programme"],
                    row["revenue_account"],
                    None if row["national_share"] is None else Fraction(row["national_share"]),
                    eligible,
                    row["fiscal_year"] != year,
                    inferred,
                )
            )
    return lines


def _eligible(
    rule: str | None, amount: int, homes: int, rents: dict[str, int]
) -> tuple[Fraction, bool]:
    """Give the eligible part of an amount; nothing where no rule says that any of it is."""
    if rule == "full":
        return Fraction(amount), False
    if rule is None or rule == "none":
        return Fraction(0), False
    _, months, item = rule.split(":", 2)
    monthly = Fraction(rent_of(item, rents) or 0, 12)
    return min(Fraction(amount), int(months) * monthly * homes), True


def rent_of(item: str, rents: dict[str, int]) -> int | None:
    """Find the annual item that a rule of months of rent names; an only one need not be named."""
    if not item and len(rents) == 1:
        return next(iter(rents.values()))
    return rents.get(item)


def _revenue(lines: tuple[Line, ...]) -> list[Revenue]:
    """Give what each programme pays, in the order of the lines it pays for."""
    by_programme: dict[tuple[str | None, str, Fraction], list[Line]] = {}
    for line in lines:
        if line.programme and line.share is not None:
            key = (line.revenue_account, line.programme, line.share)
            by_programme.setdefault(key, []).append(line)
    found = []
    for (account, programme, share), paid_for in by_programme.items():
        base = sum((line.eligible for line in paid_for), Fraction(0))
        inferred = any(line.inferred for line in paid_for)
        amount = floor_yen(base * share)
        found.append(Revenue(account, programme, floor_yen(base), share, amount, inferred))
    return found


def as_json(found: Budget) -> dict[str, object]:
    """Give a budget as the command line prints it, in yen."""
    return {
        "fiscal_year": found.fiscal_year,
        "opened": found.opened,
        "running": found.running,
        "estimated": found.estimated,
        "expenditure": [
            {
                "item": line.item,
                "account": line.account,
                "timing": line.timing,
                "homes": line.homes,
                "amount": line.amount,
                "estimated": line.estimated,
            }
            for line in found.expenditure
        ],
        "revenue": [
            {
                "account": line.account,
                "programme": line.programme,
                "eligible_base": line.eligible_base,
                "share": f"{line.share.numerator}/{line.share.denominator}",
                "amount": line.amount,
                "inferred": line.inferred,
            }
            for line in found.revenue
        ],
        "expenditure_total": found.expenditure_total,
        "revenue_total": found.revenue_total,
        "net": found.net,
    }
