"""What certified add-ons come to in a year, at the authority's own monthly prices."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any

import polars as pl

from shokibo.answers import Answer, about
from shokibo.law.certified_months import certified_in
from shokibo.ledger.model import Ledger
from shokibo.planning.costs import addon_prices, costs_of, eligible_part
from shokibo.planning.spans import of_authorities
from shokibo.rounding import floor_yen


class AddonAmount(Answer, frozen=True):
    """What is certified in a year at one price, and the State's share of it."""

    title = "加算の金額(円)"
    item: Annotated[str, about("項目")]
    months: Annotated[int, about("月数", "months of one person that are certified in the year")]
    unit_price: Annotated[int, about("1人1か月の単価", "of one person and month")]
    amount: int
    national_share: Annotated[
        str | None, about("国の負担割合。なければ null", "null where the ledger has none", "1/2")
    ]
    national: Annotated[
        int | None,
        about("国の負担額", "share of the eligible amount, down to the yen; null without a share"),
    ]


def months_of_addons(ledger: Ledger, year: int) -> Mapping[tuple[str, str], int]:
    """Count the person-months certified in a year, by (authority_code, basis)."""
    homes = ledger["homes"].lazy().select("home_id", "authority_code")
    owners = ledger["units"].lazy().select("unit_id", "home_id").join(homes, on="home_id")
    counted = [
        months.join(of_whom, on=owner)
        .group_by("authority_code")
        .agg(number.cast(pl.Int64).alias("months"))
        .with_columns(basis=pl.lit(basis))
        for basis, owner, of_whom, months, number in (
            (
                "extra_staff_month",
                "unit_id",
                owners,
                certified_in(ledger, "dispersal", year),
                pl.col("certified_extra").sum(),
            ),
            ("backup_month", "home_id", homes, certified_in(ledger, "backup", year), pl.len()),
        )
    ]
    rows = pl.concat(counted).select("authority_code", "basis", "months").collect()
    return {(code, basis): months for code, basis, months in rows.iter_rows()}


def addon_amounts(ledger: Ledger, year: int) -> list[AddonAmount]:
    """Return a line for each price that has months, in the order of the costs."""
    prices = costs_of(addon_prices(of_authorities(ledger, "costs")), year)
    if prices.is_empty():
        return []
    months = months_of_addons(ledger, year)
    return [
        _amount(row, count)
        for row in prices.iter_rows(named=True)
        if (count := months.get((row["authority_code"], row["basis"]), 0))
    ]


def borne_by_state(amounts: Iterable[AddonAmount]) -> int | None:
    """Return the State's part of some amounts, in yen; None if one of them has no share."""
    parts = [each.national for each in amounts]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _amount(price: dict[str, Any], months: int) -> AddonAmount:
    amount, share = price["amount"] * months, price["national_share"]
    rule = price["eligible_rule"] if price["programme"] else None
    eligible, _ = eligible_part(rule, amount, months, {})
    return AddonAmount(
        price["item"],
        months,
        price["amount"],
        amount,
        share,
        None if share is None else floor_yen(eligible * Fraction(share)),
    )
