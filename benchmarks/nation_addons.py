"""The add-ons of a synthetic nation: what officers confirmed, applications and decisions."""

import numpy as np
import polars as pl

from benchmarks.dice import (
    NEVER,
    Bools,
    Days,
    Dice,
    Ints,
    Texts,
    april_first,
    days_later,
    ids,
    march_last,
    month_first,
    where,
)
from benchmarks.nation_register import Homes, Size, Units

NOTIFICATION_FROM = 2019
"""The fiscal year from which the Notification applies."""
YEARLY = ("early_return", "training")
DUTIES = (
    "duty_information",
    "duty_management",
    "duty_supervision",
    "duty_mental_health",
    "duty_relief",
    "duty_community",
)
OTHER_DECISIONS = {"rejected": 4, "withdrawn": 3, "pending": 3, "returned": 2, "draft": 3}
CERTIFIED = {"certified": 24, "withdrawn": 1, "pending": 1, "returned": 1, "draft": 1}
DECIDED = ["certified", "rejected", "withdrawn"]


def confirmations(dice: Dice, size: Size, homes: Homes) -> pl.DataFrame:
    """Return the table of confirmations: yearly ones that expire, the plan's once for all."""
    every = np.arange(len(homes.backup))
    backup = np.flatnonzero(homes.backup)
    parts = [_confirmed(dice, size, homes, every, item) for item in YEARLY]
    parts += [_confirmed(dice, size, homes, backup, item) for item in DUTIES]
    parts.append(_plan_confirmed(size, len(every)))
    return pl.concat(parts).sort("home_id", "item", "confirmed_on")


def _confirmed(dice: Dice, size: Size, homes: Homes, of_homes: Ints, item: str) -> pl.DataFrame:
    home = np.repeat(of_homes, size.years)
    year = np.tile(np.arange(size.first_year, size.last_year + 1), len(of_homes))
    given = homes.careful[home] | dice.chance(0.9, len(home))
    home, year = home[given], year[given]
    count = len(home)
    refused = ~homes.careful[home] & dice.chance(0.1, count)
    return pl.DataFrame(
        {
            "home_id": ids("H", home),
            "item": item,
            "result": where(refused | dice.chance(0.5, count), ~refused),
            "confirmed_on": days_later(april_first(year), dice.between(0, 20, count)),
            "holds_from": april_first(year),
            "expires_on": march_last(year),
            "evidence": "架空 記録",
        }
    )


def _plan_confirmed(size: Size, homes: int) -> pl.DataFrame:
    first = april_first(np.full(homes, size.first_year))
    return pl.DataFrame(
        {
            "home_id": ids("H", np.arange(homes)),
            "item": "long_term_plan",
            "result": pl.Series([True]).new_from_index(0, homes),
            "confirmed_on": days_later(first, np.full(homes, 14)),
            "holds_from": first,
            "expires_on": np.full(homes, NEVER),
            "evidence": "架空 概ね10年程度の計画",
        }
    )


def applications(dice: Dice, size: Size, homes: Homes, units: Units, lasting: Ints) -> pl.DataFrame:
    """Return the table of applications.

    What is certified keeps holding: a careful home with enough lasting full-timers.
    """
    both = pl.concat(
        [_dispersal(dice, size, homes, units, lasting), _backup(dice, size, homes, units)]
    )
    number = ids("A", np.arange(both.height))
    return both.with_columns(application_id=pl.lit("架空-") + number)


def _dispersal(dice: Dice, size: Size, homes: Homes, units: Units, lasting: Ints) -> pl.DataFrame:
    chosen = np.flatnonzero(units.in_scope)
    unit, year = _by_year(dice, size, chosen, units.opened)
    spare = np.minimum(lasting, units.last)[unit] - 3
    firm = (spare >= 1) & homes.careful[units.home[unit]]
    frame = _applied(dice, year, firm).with_columns(
        pl.lit("dispersal").alias("addon"),
        ids("H", units.home[unit]).alias("home_id"),
        ids("U", unit).alias("unit_id"),
        requested_extra=pl.Series(np.maximum(spare, 1)),
    )
    certified = pl.when(pl.col("decision") == "certified").then("requested_extra")
    return frame.with_columns(certified_extra=certified)


def _backup(dice: Dice, size: Size, homes: Homes, units: Units) -> pl.DataFrame:
    since = np.full(len(homes.backup), np.datetime64("9999-12-31"))
    np.minimum.at(since, units.home[units.in_scope], units.opened[units.in_scope])
    home, year = _by_year(dice, size, np.flatnonzero(homes.backup), since)
    nothing = pl.lit(None, pl.Int64)
    return _applied(dice, year, homes.careful[home]).with_columns(
        pl.lit("backup").alias("addon"),
        ids("H", home).alias("home_id"),
        unit_id=pl.lit(None, pl.String),
        requested_extra=nothing,
        certified_extra=nothing,
    )


def _by_year(dice: Dice, size: Size, chosen: Ints, opened: Days) -> tuple[Ints, Ints]:
    """Draw who applies for which year, once open, since the Notification applies."""
    years = np.arange(max(size.first_year, NOTIFICATION_FROM), size.last_year + 1)
    who, year = np.repeat(chosen, len(years)), np.tile(years, len(chosen))
    applies = (opened[who] <= april_first(year)) & dice.chance(0.7, len(who))
    return who[applies], year[applies]


def _applied(dice: Dice, year: Ints, firm: Bools) -> pl.DataFrame:
    count = len(year)
    later = np.where(dice.chance(0.2, count), dice.between(1, 8, count), 0)
    start = month_first(year, later)
    applied = days_later(start, dice.between(0, 14, count))
    decision = _decisions(dice, firm)
    certified = decision == "certified"
    ended = certified & dice.chance(0.04, count)
    decided = days_later(applied, dice.between(3, 30, count))
    end = month_first(year, np.full(count, 11)) - np.timedelta64(1, "D")
    return pl.DataFrame(
        {
            "fiscal_year": year,
            "start_month": start,
            "applied_on": np.where(decision == "draft", NEVER, applied),
            "decision": decision,
            "decided_on": np.where(np.isin(decision, DECIDED), decided, NEVER),
            "ended_on": np.where(ended, end, NEVER),
            "end_reason": where(ended, np.full(count, "架空 職員の退職")),
            "reason": where(decision != "draft", np.full(count, "架空 合成データ")),
        }
    )


def _decisions(dice: Dice, firm: Bools) -> Texts:
    count = len(firm)
    return np.where(firm, dice.codes(CERTIFIED, count), dice.codes(OTHER_DECISIONS, count))
