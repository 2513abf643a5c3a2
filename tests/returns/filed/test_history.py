"""What changed much: an exact test against one's own years and authorities of like size."""

import random
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.ledger.findings import Finding
from shokibo.returns.filed.figures import FiledForm
from shokibo.returns.filed.history import (
    RAREST,
    TESTED,
    changed_much,
    counts_to_test,
    history_of,
    is_rare,
    rarity,
)
from tests.returns.filed.invented import filed, invented


@given(st.integers(0, 30), st.lists(st.integers(0, 12), max_size=12))
def test_the_chance_is_that_of_the_binomial_in_fractions(newest: int, past: list[int]) -> None:
    total, years = newest + sum(past), len(past)
    share = Fraction(1, years + 1)
    exact = sum(
        comb(total, count) * share**count * (1 - share) ** (total - count)
        for count in range(newest, total + 1)
    )
    if years == 0 or newest * years <= sum(past):
        assert rarity(newest, past) == 1
    else:
        assert rarity(newest, past) == pytest.approx(float(exact), rel=1e-9)


STEADY = {name: {2020: 20, 2021: 21, 2022: 21} for name in "bcdefghij"}


def test_a_change_that_nobody_of_like_size_had_is_rare() -> None:
    assert is_rare("a", {"a": {2021: 20, 2022: 35}, **STEADY}, 2022)
    assert not is_rare("a", {"a": {2021: 20, 2022: 21}, **STEADY}, 2022)


def test_authorities_of_other_sizes_say_nothing() -> None:
    assert not is_rare("a", {"a": {2021: 60, 2022: 75}, **STEADY}, 2022)


def test_who_always_changed_so_much_is_not_asked() -> None:
    own = {2018: 20, 2019: 35, 2020: 20, 2021: 36, 2022: 21}
    assert not is_rare("a", {"a": own, **STEADY}, 2022)


@pytest.mark.parametrize("own", [{2022: 9}, {2020: 1, 2022: 30}, {}])
def test_without_the_year_before_nothing_is_compared(own: dict[int, int]) -> None:
    assert not is_rare("a", {"a": own, **STEADY}, 2022)


def asked_about(forms: dict[str, dict[int, FiledForm]], year: int) -> dict[str, Finding]:
    """Return what is found of the forms of a year, by sender."""
    every = history_of(
        (sender, at, counts_to_test(form))
        for sender, of_sender in forms.items()
        for at, form in of_sender.items()
    )
    found = {
        sender: changed_much(sender, of_sender[year], every, year)
        for sender, of_sender in forms.items()
    }
    return {sender: one for sender, one in found.items() if one}


def test_a_form_is_asked_about_once_with_all_that_changed() -> None:
    forms = {
        name: {year: filed(invented(3, units=20, year=year)) for year in (2020, 2021, 2022)}
        for name in "abcdefghij"
    }
    assert asked_about(forms, 2022) == {}
    forms["a"][2022] = filed(invented(4, units=60))
    ((name, found),) = asked_about(forms, 2022).items()
    assert (name, found.code) == ("a", "RETURN_CHANGED_MUCH")
    assert "小規模かつ地域分散化された生活単位か所数(合計) 20か所 → 60か所" in found.message("ja")
    assert len(found.values["changes"]) > 1  # type: ignore[arg-type]


def poisson(chance: random.Random, rate: float) -> int:
    """Return a number of events of a year."""
    count, left = 0, chance.expovariate(1)
    while left < rate:
        count, left = count + 1, left + chance.expovariate(1)
    return count


def test_false_alarms_are_rare() -> None:
    """A small sample of the simulation of benchmarks/false_alarms.py, of one count."""
    chance, alarms, years = random.Random(1), 0, range(2015, 2023)
    for _ in range(5):
        every = {}
        for authority in range(40):
            rate = 0.1 * chance.gammavariate(2, 1) * 10
            at, series = 10 + authority % 20, {}
            for year in years:
                at = max(at + poisson(chance, rate) - poisson(chance, rate / 2), 0)
                series[year] = at
            every[str(authority)] = series
        alarms += sum(is_rare(name, every, year) for name in every for year in (2021, 2022))
    assert alarms / (5 * 40 * 2) <= RAREST * len(TESTED)
