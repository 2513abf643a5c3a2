"""Exact arithmetic and named ways of rounding: no floats in, no floats out."""

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

Exact = int | Fraction


def half_up(value: Exact, places: int = 0) -> Fraction:
    """Round at a decimal place, halves away from zero (四捨五入): 0.25 at one place is 0.3."""
    scale = 10**places
    magnitude = floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(magnitude if value >= 0 else -magnitude, scale)


def half_up_of(numerator: "pl.Expr", denominator: int) -> "pl.Expr":
    """Round a column of fractions with a common denominator to integers, as `half_up` does."""
    return numerator.sign() * ((numerator.abs() * 2 + denominator) // (2 * denominator))


def fixed(value: Exact, places: int) -> str:
    """Format half up with a fixed number of decimals: 9/16 at three places is "0.563"."""
    scaled = int(half_up(value, places) * 10**places)
    digits = f"{abs(scaled):0{places + 1}d}"
    sign = "-" if scaled < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def percent(part: int, whole: int, places: int = 1) -> str | None:
    """Format a share in per cent, half up; None if the whole is zero."""
    return fixed(Fraction(part * 100, whole), places) if whole else None


def tenths(value: int) -> str:
    """Format a number of tenths with one decimal: 48 is "4.8", 40 is "4.0"."""
    whole, tenth = divmod(abs(value), 10)
    return f"{'-' if value < 0 else ''}{whole}.{tenth}"


def floor_yen(value: Exact) -> int:
    """Round an amount in yen down to the whole yen (円未満切捨て)."""
    return floor(value)


def floor_thousand_yen(value: Exact) -> int:
    """Round an amount in yen down to whole thousands; the result is in thousand yen (千円)."""
    return floor(Fraction(value) / 1000)
