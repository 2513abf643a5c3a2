"""P8: what the plan costs by year, what the State and the prefecture bear, and what is left.

Amounts are integer yen. Shares and months of rent are fractions until the one rounding: the
revenue of a programme, down to the yen (our choice; the source does not say).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal

import polars as pl

from shokibo.answers import Answer, about
from shokibo.ledger.support_tables import HOUSING
from shokibo.planning.addon_amounts import AddonAmount
from shokibo.planning.costs import annual_rents, costs_of, eligible_part, opening_costs
from shokibo.planning.events import GROUP_HOMES, Events
from shokibo.planning.leads import (
    INITIAL_COSTS,
    RENT,
    LeadPart,
    OwnAmounts,
    items_of_leads,
    part_of_leads,
)
from shokibo.planning.projection import sizes
from shokibo.planning.training_costs import TrainingCost
from shokibo.rounding import floor_yen

Funder = Literal["state", "prefecture"]
Estimated = Annotated[bool, about("概算", "based on an earlier year's costs")]


class Expenditure(Answer, frozen=True):
    """What is spent on one item: a number of homes (or units, or 1 a year) times an amount."""

    title = "歳出の行(円)"
    item: Annotated[str, about("項目")]
    account: Annotated[str, about("科目")]
    timing: Annotated[str, about("初期か年間か", "`initial` or `annual`")]
    homes: Annotated[int, about("か所数", "number of homes, units or years it is paid for")]
    amount: int
    estimated: Estimated
    contracted: Annotated[int, about("うち物件の額によるか所数", "of these, by their own leads")]


class Revenue(Answer, frozen=True):
    """What a programme pays: its share of the sum of eligible costs, down to the yen."""

    title = "歳入の行(円)"
    account: Annotated[str | None, about("歳入科目")]
    programme: Annotated[str, about("制度")]
    eligible_base: Annotated[int, about("対象経費")]
    share: Annotated[str, about("負担割合", "", "1/2")]
    amount: int
    inferred: Annotated[bool, about("家賃の月数から見積もった分を含むか", "未確認: months of rent")]
    funder: Annotated[Funder, about("国か都道府県か", "`state` or `prefecture`")]


class Budget(Answer, frozen=True):
    """One fiscal year's budget, in yen."""

    title = "年度の経費(円)"
    fiscal_year: int
    opened: Annotated[int, about("新設か所数", "group homes opened in the year")]
    running: Annotated[int, about("運営か所数", "running, of those opened since the first year")]
    estimated: Estimated
    expenditure: Annotated[list[Expenditure], about("歳出")]
    revenue: Annotated[list[Revenue], about("歳入", "one line per programme")]
    expenditure_total: Annotated[int, about("歳出合計")]
    revenue_total: Annotated[int, about("歳入合計")]
    net: Annotated[int, about("自治体の負担")]
    amounts: Annotated[
        list[AddonAmount],
        about(
            "認定した加算の金額。歳出・歳入に含めない",
            "certified add-ons at the authority's own prices; not part of the totals",
        ),
    ]
    trainings: Annotated[
        TrainingCost | None,
        about(
            "記録した補助対象の研修。歳出・歳入に含めない。なければ null",
            "subsidised trainings on record; not part of the totals",
        ),
    ]


Counts = Mapping[tuple[str, str], int]
"""How many of each basis an item is paid for, by (basis, timing): see `paid_for`."""
Own = Mapping[int, OwnAmounts]
"""The amounts of contracted leads, by the year in which their homes open."""
NO_LEADS: Own = {}
_NO_ACCOUNT = "科目未定"
Bearer = tuple[Funder, str | None, str, Fraction]
"""Who bears it, the account, the programme, the share."""


@dataclass(frozen=True)
class _Line:
    """Expenditure, the bearers of its shares, and the eligible part.

    `inferred` marks a part that is based on the months-of-rent rule.
    """

    spent: Expenditure
    bearers: tuple[Bearer, ...]
    eligible: Fraction
    inferred: bool


def budget(
    costs: pl.DataFrame,
    events: Events,
    first: int,
    year: int,
    addons: list[AddonAmount],
    own: Own = NO_LEADS,
    trainings: TrainingCost | None = None,
) -> Budget:
    """Compute a year's budget from one authority's costs and actions since the first year.

    `own` are the amounts of contracted leads (`leads.own_amounts`), `trainings` the trainings
    shown alongside.
    """
    counts = paid_for(events, first, year)
    lines = list(_lines(costs_of(opening_costs(costs), year), counts, year, own))
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
        addons,
        trainings,
    )


def contributions(
    costs: pl.DataFrame, events: Events, first: int, year: int, own: Own
) -> Iterator[tuple[Revenue, int]]:
    """Return what each programme of the State pays in a year, and the total costs it is for."""
    counts = paid_for(events, first, year)
    lines = list(_lines(costs_of(opening_costs(costs), year), counts, year, own))
    return ((paid, spent) for paid, spent in _revenue(lines) if paid.funder == "state")


def unrounded(costs: pl.DataFrame, counts: Counts, year: int) -> tuple[int, dict[Bearer, Fraction]]:
    """Return what given openings and changes cost in a year, and what each programme bears of it.

    The shares are not yet rounded down: their sum is `Budget.revenue_total` once each is.
    """
    shares: dict[Bearer, Fraction] = {}
    spent = 0
    for line in _lines(costs_of(opening_costs(costs), year), counts, year, NO_LEADS):
        spent += line.spent.amount
        for bearer in line.bearers:
            shares[bearer] = shares.get(bearer, Fraction(0)) + line.eligible * bearer[-1]
    return spent, shares


@dataclass(frozen=True)
class Prorated:
    """An annual item of group homes that in a first year does not come to whole yen per home.

    The total of all homes in a year is rounded down once; `bearers` bear a share of that.
    """

    amount: int
    first_year: Fraction
    bearers: tuple[Bearer, ...]

    def spent(self, counts: Counts) -> Fraction:
        """Return what a number of homes pay in a year, before rounding down."""
        begun = counts["opened_home", "begun"]
        return self.amount * (counts["opened_home", "annual"] - begun) + self.first_year * begun


def prorated(costs: pl.DataFrame, year: int) -> Iterator[Prorated]:
    """Return the items of a year that are rounded down because a first year has fewer months.

    Items with a share that is a number of months of rent are left out: no sum expresses that.
    """
    annual = (pl.col("timing") == "annual") & (pl.col("basis") == "opened_home")
    rows = costs_of(opening_costs(costs), year).filter(annual & pl.col("months").is_not_null())
    for row in rows.iter_rows(named=True):
        first_year, rule = Fraction(row["amount"] * row["months"], 12), row["eligible_rule"]
        if first_year.denominator > 1 and rule in ("full", "none", None):
            bearers = tuple(_bearers(row)) if rule == "full" else ()
            yield Prorated(row["amount"], first_year, bearers)


def paid_for(events: Events, first: int, year: int) -> Counts:
    """How many of each basis an item is paid for in a year, by (basis, timing).

    `begun` in place of the timing counts those with annual costs that have just begun.

    A group home opened since the plan's first year is paid for from the year it opens until the
    year in which it is closed or converted without places. A converted unit is paid for until the
    year in which it is closed, a reduced one in the year of the change.
    """
    units = events.units[["unit", "kind", "count", "born", "died"]].rows()
    counts = {unit: count for unit, _, count, _, _ in units}
    opened = [
        (count, born, died)
        for _, kind, count, born, died in units
        if kind in GROUP_HOMES and born is not None and first <= born <= year
    ]
    just_opened = sum(count for count, born, _ in opened if born == year)
    changes = events.changes[["unit", "action", "fiscal_year"]].rows()
    converted = [
        (unit, since)
        for unit, action, since in changes
        if action == "convert" and first <= since <= year and unit in counts
    ]
    before = {unit for unit, since in converted if since < year}
    now = {unit for unit, since in converted if since == year}
    closed = {unit for unit, action, since in changes if action == "close" and since < year}
    reduced = _reduced(events, year)
    return {
        ("opened_home", "initial"): just_opened,
        ("opened_home", "annual"): sum(
            count for count, _, died in opened if died is None or died >= year
        ),
        ("opened_home", "begun"): just_opened,
        ("converted_unit", "initial"): sum(counts[unit] for unit in now),
        ("converted_unit", "annual"): sum(counts[unit] for unit in (before | now) - closed),
        ("converted_unit", "begun"): sum(counts[unit] for unit in now - before),
        ("reduced_unit", "initial"): reduced,
        ("reduced_unit", "annual"): reduced,
        ("year", "initial"): 1,
        ("year", "annual"): 1,
    }


def _reduced(events: Events, year: int) -> int:
    """Count the units with fewer places at a year's end than at the end of the year before."""
    changed = events.changes.filter(
        (pl.col("action") == "change_capacity") & (pl.col("fiscal_year") == year)
    ).select("unit", after="capacity")
    if changed.is_empty():
        return 0
    before = (
        events.units.select("authority_code")
        .unique()
        .with_columns(fiscal_year=pl.lit(year - 1, pl.Int64))
    )
    sized = sizes(events, before).join(changed, on="unit")
    return int(sized.filter(pl.col("after") < pl.col("capacity"))["count"].sum())


def _lines(costs: pl.DataFrame, counts: Counts, year: int, own: Own) -> Iterator[_Line]:
    items = items_of_leads(costs)
    columns = {alone[0]: column for column, alone in items.items() if len(alone) == 1}
    rents: dict[str, int | Fraction] = {
        **annual_rents(costs),
        **_rent_of_leads(columns, own.get(year)),
    }
    for row in costs.iter_rows(named=True):
        homes, begun = counts[row["basis"], row["timing"]], counts.get((row["basis"], "begun"), 0)
        if not homes:
            continue
        column = columns.get(row["item"]) if row["basis"] == "opened_home" else None
        part = part_of_leads(own, column, year, row["months"])
        spent = Expenditure(
            row["item"],
            row["account"],
            row["timing"],
            homes,
            part.amount + _amount(row, homes - part.homes, begun - part.begun),
            row["fiscal_year"] != year and homes > part.homes,
            part.homes,
        )
        eligible, inferred = eligible_part(row["eligible_rule"], spent.amount, homes, rents)
        yield _Line(spent, tuple(_bearers(row)), eligible, inferred)
    yield from _without_item(items, year, own)


def _rent_of_leads(columns: Mapping[str, str], leads: OwnAmounts | None) -> dict[str, Fraction]:
    """Return the year's rent of a home by its leads, in place of the annual item's amount."""
    rent = leads.sums[RENT] if leads else None
    items = [item for item, column in columns.items() if column == RENT]
    return {item: Fraction(12 * rent, leads.homes) for item in items} if leads and rent else {}


def _without_item(items: Collection[str], year: int, own: Own) -> Iterator[_Line]:
    """Return what leads cost in addition to the items of the ledger; nobody bears a share of it."""
    for column in (*INITIAL_COSTS, RENT):
        part = LeadPart() if column in items else part_of_leads(own, column, year, None)
        if part.amount:
            spent = Expenditure(
                HOUSING.column(column).header,
                _NO_ACCOUNT,
                "annual" if column == RENT else "initial",
                part.homes,
                part.amount,
                estimated=False,
                contracted=part.homes,
            )
            yield _Line(spent, (), Fraction(0), inferred=False)


def _amount(cost: dict[str, Any], homes: int, begun: int) -> int:
    """Multiply an amount; an annual item just begun is paid for the months of its first year."""
    amount, months = cost["amount"], cost["months"]
    if cost["timing"] == "initial" or months is None:
        return int(amount * homes)
    return floor_yen(amount * (homes - begun) + Fraction(amount * months * begun, 12))


def _bearers(cost: dict[str, Any]) -> Iterator[Bearer]:
    """Return who bears a share of a cost: the State, the prefecture."""
    shares: tuple[tuple[Funder, str | None, str | None, str | None], ...] = (
        ("state", cost["revenue_account"], cost["programme"], cost["national_share"]),
        ("prefecture", None, cost["prefecture_programme"], cost["prefecture_share"]),
    )
    for funder, account, programme, share in shares:
        if programme and share is not None:
            yield funder, account, programme, Fraction(share)


def _revenue(lines: list[_Line]) -> Iterator[tuple[Revenue, int]]:
    """Return each programme's payment and what it is for, in the order of the lines it pays for."""
    for bearer in dict.fromkeys(bearer for line in lines for bearer in line.bearers):
        funder, account, programme, share = bearer
        borne = [line for line in lines if bearer in line.bearers]
        base = sum((line.eligible for line in borne), Fraction(0))
        paid = Revenue(
            account,
            programme,
            floor_yen(base),
            f"{share.numerator}/{share.denominator}",
            floor_yen(base * share),
            any(line.inferred for line in borne),
            funder,
        )
        yield paid, sum(line.spent.amount for line in borne)
