"""Small counts stay hidden, and can't be worked out from what is published beside them."""

from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.opendata.disclosure import Sum, hidden, is_small

Counts = dict[str, int]


def readings(
    counts: Mapping[str, int],
    sums: Sequence[Sum[str]],
    away: frozenset[str],
    never: frozenset[str] = frozenset(),
) -> list[Counts]:
    """Give every reading that a person can have of hidden cells, each within 3 of what it is.

    By trial of them all: nothing of the way in which the program looks for them.
    """
    unknown = sorted(away)
    least = {cell: 0 if cell in never else 1 for cell in unknown}
    spans = [range(max(least[c], counts[c] - 3), counts[c] + 4) for c in unknown]
    found = []
    for values in product(*spans):
        read = {**counts, **dict(zip(unknown, values, strict=True))}
        if all(read[one.total] == sum(read[part] for part in one.parts) for one in sums):
            found.append(read)
    return found


@pytest.mark.parametrize(
    ("count", "small"), [(0, False), (1, True), (2, True), (3, False), (4, False)]
)
def test_small_is_from_one_to_below_the_threshold(count: int, small: bool) -> None:
    assert is_small(count, 3) == small


def test_a_count_without_sums_is_hidden_alone() -> None:
    assert hidden({"a": 2, "b": 3, "c": 0}, [], 3) == {"a"}


def test_a_count_that_a_total_gives_away_takes_the_smallest_other_with_it() -> None:
    counts = {"all": 85, "main": 37, "group": 40, "infant": 8}
    sums = [Sum("all", ("main", "group", "infant"))]
    assert hidden(counts, sums, 10) == {"infant", "main"}


def test_zero_is_published_and_hides_nothing() -> None:
    counts = {"all": 10, "a": 10, "b": 0}
    assert hidden(counts, [Sum("all", ("a", "b"))], 5) == set()


def test_where_only_zeros_stand_beside_it_the_total_is_hidden_too() -> None:
    counts = {"all": 2, "a": 2, "b": 0}
    assert hidden(counts, [Sum("all", ("a", "b"))], 3) == {"a", "all"}


def test_two_ones_that_add_up_to_two_are_one_each_and_need_a_third() -> None:
    counts = {"all": 12, "a": 1, "b": 1, "c": 10}
    assert hidden(counts, [Sum("all", ("a", "b", "c"))], 3) == {"a", "b", "c"}


def test_what_is_left_of_a_total_is_guarded_though_it_is_not_published() -> None:
    counts = {"children": 20, "care": 19, "others": 1}
    away = hidden(counts, [Sum("children", ("care", "others"))], 3, ["others"])
    assert "care" in away or "children" in away


def test_nothing_is_hidden_without_a_small_count() -> None:
    counts = {"all": 20, "a": 10, "b": 10}
    assert hidden(counts, [Sum("all", ("a", "b"))], 10) == set()


def test_a_sum_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="all"):
        hidden({"all": 3, "a": 1, "b": 1}, [Sum("all", ("a", "b"))], 2)


def test_the_same_counts_hide_the_same() -> None:
    counts = {"all": 9, "a": 1, "b": 4, "c": 4}
    sums = [Sum("all", ("a", "b", "c"))]
    assert len({hidden(counts, sums, 3) for _ in range(5)}) == 1


@st.composite
def grids(draw: st.DrawFn) -> tuple[Counts, list[Sum[str]]]:
    """Draw a table of rows and columns with its margins."""
    height, width = draw(st.integers(1, 2)), draw(st.integers(1, 3))
    counts = {f"{r}{c}": draw(st.integers(0, 6)) for r in range(height) for c in range(width)}
    sums = []
    for row in range(height):
        parts = tuple(f"{row}{c}" for c in range(width))
        sums.append(Sum(f"{row}+", parts))
    for column in range(width):
        parts = tuple(f"{r}{column}" for r in range(height))
        sums.append(Sum(f"+{column}", parts))
    for one in sums:
        counts[one.total] = sum(counts[part] for part in one.parts)
    whole = Sum("++", tuple(f"{r}+" for r in range(height)))
    other = Sum("++", tuple(f"+{c}" for c in range(width)))
    counts["++"] = sum(counts[part] for part in whole.parts)
    return counts, [*sums, whole, other]


@settings(max_examples=150, deadline=None)
@given(grids(), st.integers(1, 5))
def test_no_small_count_can_be_worked_out(
    grid: tuple[Counts, list[Sum[str]]], threshold: int
) -> None:
    counts, sums = grid
    away = hidden(counts, sums, threshold)
    small = {cell for cell, count in counts.items() if is_small(count, threshold)}
    assert small <= away
    assert not any(counts[cell] == 0 for cell in away)
    told: dict[str, set[int]] = {cell: set() for cell in small}
    for read in _few_readings(counts, sums, away):
        for cell in small:
            told[cell].add(read[cell])
    assert all(len(values) > 1 for values in told.values()), (away, told)


def _few_readings(counts: Counts, sums: list[Sum[str]], away: frozenset[str]) -> list[Counts]:
    """Try hidden inner cells alone, within 1 of what they are; the margins follow from them."""
    inner = sorted(cell for cell in away if "+" not in cell)
    spans = [range(max(1, counts[cell] - 1), counts[cell] + 2) for cell in inner]
    found = []
    for values in product(*spans):
        read = {**counts, **dict(zip(inner, values, strict=True))}
        for one in sums:
            read[one.total] = sum(read[part] for part in one.parts)
        published = {cell for cell in counts if cell not in away}
        if all(read[cell] == counts[cell] for cell in published):
            found.append(read)
    return found


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=3),
    st.integers(1, 6),
)
def test_parts_with_what_is_left_of_each(rows: list[tuple[int, int]], threshold: int) -> None:
    counts: Counts = {}
    sums = []
    for number, (care, others) in enumerate(rows):
        counts |= {f"c{number}": care + others, f"i{number}": care, f"o{number}": others}
        sums.append(Sum(f"c{number}", (f"i{number}", f"o{number}")))
    counts["all"] = sum(counts[f"c{number}"] for number in range(len(rows)))
    sums.append(Sum("all", tuple(f"c{number}" for number in range(len(rows)))))
    never = frozenset(f"o{number}" for number in range(len(rows)))
    away = hidden(counts, sums, threshold, never)
    for number in range(len(rows)):
        here = [cell for cell in (f"i{number}", f"o{number}") if is_small(counts[cell], threshold)]
        known = {f"c{number}", f"i{number}"} - away
        if here:
            assert len(known) < 2, "both a total and its part are published"


def test_the_trial_of_all_readings_finds_what_is_given_away() -> None:
    counts = {"all": 5, "a": 2, "b": 3}
    sums = [Sum("all", ("a", "b"))]
    assert len(readings(counts, sums, frozenset({"a"}))) == 1
    assert len(readings(counts, sums, hidden(counts, sums, 3))) > 1
