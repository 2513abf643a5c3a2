"""A second estimate of the need, in fractions and by hand: it shares no code with `src`."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

BANDS = ("under_3", "preschool", "school_age")
GOALS = {"under_3": 75, "preschool": 75, "school_age": 50}
Rows = list[dict[str, Any]]


def estimated(population: Rows, rates: Rows, need: Rows) -> dict[str, Rows]:
    """Estimate from rows of text: rows, totals and goals as `shokibo need` prints them."""
    children = {(row["fiscal_year"], row["age_band"]): row["children"] for row in population}
    said = {
        (row["fiscal_year"], row["age_band"]): row["children"]
        for row in need
        if row.get("basis") in (None, "forecast")
    }
    rows = []
    for year in sorted({year for year, _ in children}):
        for band in BANDS:
            rate = _in_force(rates, year, band)
            if (year, band) in children and rate is not None:
                rows.append(_row(year, band, children[year, band], rate, said.get((year, band))))
    goals = [
        {
            "fiscal_year": row["fiscal_year"],
            "age_band": row["age_band"],
            "foster_rate": row["foster_rate"],
            "goal": GOALS[row["age_band"]],
            "reached": Decimal(row["foster_rate"]) >= GOALS[row["age_band"]],
        }
        for row in rows
        if row["fiscal_year"] >= 2017
    ]
    years = sorted({row["fiscal_year"] for row in rows})
    return {"rows": rows, "totals": [_total(year, rows, said) for year in years], "goals": goals}


def _in_force(rates: Rows, year: int, band: str) -> dict[str, Any] | None:
    begun = [row for row in rates if row["age_band"] == band and row["fiscal_year"] <= year]
    return max(begun, key=lambda row: int(row["fiscal_year"]), default=None)


def _row(
    year: int, band: str, population: int, rate: dict[str, Any], said: int | None
) -> dict[str, Any]:
    in_care = Fraction(population) * Fraction(rate["in_care_per_10000"]) / 10_000
    foster = in_care * Fraction(rate["foster_rate"]) / 100
    homes = _half_up(in_care - foster)
    return {
        "fiscal_year": year,
        "age_band": band,
        "population": population,
        "in_care_per_10000": rate["in_care_per_10000"],
        "in_care": _two_decimals(in_care),
        "foster_rate": rate["foster_rate"],
        "foster": _two_decimals(foster),
        "in_homes": homes,
        "stated": said,
        "difference": None if said is None else homes - said,
    }


def _total(year: int, rows: Rows, said: dict[tuple[int, str], int]) -> dict[str, Any]:
    homes = {row["age_band"]: row["in_homes"] for row in rows if row["fiscal_year"] == year}
    whole = len(homes) == 3
    older = homes["preschool"] + homes["school_age"] if whole else None
    parts = [said.get((year, band)) for band in ("preschool", "school_age")]
    stated = said.get((year, "three_and_over"))
    if parts[0] is not None and parts[1] is not None:
        stated = parts[0] + parts[1]
    return {
        "fiscal_year": year,
        "in_homes": sum(homes.values()) if whole else None,
        "three_and_over": older,
        "stated_three_and_over": stated,
        "difference": None if older is None or stated is None else older - stated,
    }


def _half_up(value: Fraction) -> int:
    whole, rest = divmod(abs(value), 1)
    up = int(whole) + (2 * rest >= 1)
    return up if value >= 0 else -up


def _two_decimals(value: Fraction) -> str:
    hundredths = _half_up(value * 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"
