"""Exact arithmetic and the named ways of rounding, compared with `decimal`."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.rounding import (
    fixed,
    floor_thousand_yen,
    floor_yen,
    half_up,
    percent,
    tenths,
)

NUMBERS = st.decimals(-(10**12), 10**12, places=6)
PLACES = st.integers(0, 5)
FRACTIONS = st.fractions(max_denominator=10_000)


def quantized(value: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Round as `decimal` does, with room for every digit."""
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-places), rounding)


# Half up


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.25", 1, "0.3"),  # a float or banker's rounding gives 0.2
        ("0.75", 1, "0.8"),  # 様式1 ※: 15 h / 40 h x 2
        ("56.25", 1, "56.3"),  # the Plan: 63 of 112 places
        ("0.35", 1, "0.4"),
        ("0.05", 1, "0.1"),
        ("0.0499", 1, "0.0"),
        ("0.95", 1, "1.0"),
        ("0.9499", 1, "0.9"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("2.675", 2, "2.68"),  # as a float it is less than this
        ("-0.25", 1, "-0.3"),  # away from zero
        ("-2.5", 0, "-3"),
        ("-0.05", 1, "-0.1"),
        ("-0.04", 1, "0"),
        ("0", 3, "0"),
    ],
)
def test_halves_go_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert half_up(Fraction(value), places) == Fraction(rounded)


def test_whole_numbers_stay_and_no_places_are_the_default() -> None:
    assert half_up(7) == 7
    assert half_up(Fraction(15, 2)) == 8
    assert isinstance(half_up(7), Fraction)


@given(NUMBERS, PLACES)
def test_half_up_is_the_half_up_of_decimal(value: Decimal, places: int) -> None:
    assert half_up(Fraction(value), places) == Fraction(quantized(value, places))


@given(st.integers(-(10**9), 10**9), PLACES)
def test_an_exact_half_is_the_half_up_of_decimal(odd: int, places: int) -> None:
    value = Decimal(2 * odd + 1).scaleb(-places) / 2
    assert half_up(Fraction(value), places) == Fraction(quantized(value, places))


@given(FRACTIONS, PLACES)
def test_half_up_is_never_more_than_half_a_step_away(value: Fraction, places: int) -> None:
    step = Fraction(1, 10**places)
    assert abs(half_up(value, places) - value) <= step / 2
    assert half_up(half_up(value, places), places) == half_up(value, places)
    assert half_up(-value, places) == -half_up(value, places)


# Printed


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Fraction(9, 16), 3, "0.563"),
        (Fraction(1, 4), 1, "0.3"),
        (Fraction(-1, 4), 1, "-0.3"),
        (Fraction(-1, 100), 1, "0.0"),  # no minus before nothing
        (5, 0, "5"),
        (5, 2, "5.00"),
        (0, 1, "0.0"),
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(-999, 1000), 0, "-1"),
        (1_234_567, 0, "1234567"),
    ],
)
def test_a_number_is_printed_with_a_fixed_number_of_decimals(
    value: int | Fraction, places: int, printed: str
) -> None:
    assert fixed(value, places) == printed


@given(NUMBERS, PLACES)
def test_the_printed_number_is_the_one_decimal_prints(value: Decimal, places: int) -> None:
    rounded = quantized(value, places)
    expected = f"{abs(rounded) if rounded == 0 else rounded:f}"
    assert fixed(Fraction(value), places) == expected


@pytest.mark.parametrize(
    ("value", "printed"), [(48, "4.8"), (40, "4.0"), (3, "0.3"), (0, "0.0"), (125, "12.5")]
)
def test_tenths_are_printed_with_their_one_decimal(value: int, printed: str) -> None:
    assert tenths(value) == printed


# Per cent


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (63, 112, "56.3"),  # 56.25
        (49, 85, "57.6"),
        (77, 113, "68.1"),
        (75, 111, "67.6"),
        (1, 2, "50.0"),
        (1, 1, "100.0"),
        (0, 5, "0.0"),
        (3, 2, "150.0"),
        (0, 0, None),
        (5, 0, None),
    ],
)
def test_a_share_is_half_up_and_none_of_nothing(part: int, whole: int, share: str | None) -> None:
    assert percent(part, whole) == share


def test_a_share_may_have_other_decimals() -> None:
    assert (percent(2, 3, 0), percent(2, 3, 2)) == ("67", "66.67")


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_printed_share_is_the_half_up_of_decimal(part: int, whole: int, places: int) -> None:
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(part * 100) / Decimal(whole)
    share = percent(part, whole, places)
    assert share is not None
    assert Decimal(share) == quantized(exact, places)


# Yen


@pytest.mark.parametrize(
    ("value", "yen"),
    [(0, 0), (7, 7), (Fraction(1, 2), 0), (Fraction(3, 2), 1), (Fraction(-1, 2), -1), (-7, -7)],
)
def test_yen_are_rounded_down(value: int | Fraction, yen: int) -> None:
    assert floor_yen(value) == yen


@pytest.mark.parametrize(
    ("yen", "thousands"),
    [(0, 0), (999, 0), (1000, 1), (8_239_999, 8239), (Fraction(3999, 2), 1), (-1, -1)],
)
def test_thousand_yen_are_rounded_down(yen: int | Fraction, thousands: int) -> None:
    assert floor_thousand_yen(yen) == thousands


@given(NUMBERS)
def test_yen_are_the_floor_of_decimal(value: Decimal) -> None:
    assert floor_yen(Fraction(value)) == int(quantized(value, 0, ROUND_FLOOR))
    assert floor_thousand_yen(Fraction(value)) == floor_yen(Fraction(value)) // 1000


def test_no_result_is_a_float() -> None:
    exact = Fraction(10, 3)
    assert isinstance(half_up(exact, 1), Fraction)
    assert type(floor_yen(exact)) is int
    assert type(floor_thousand_yen(exact)) is int
