"""Nobody computes a small count, whatever they know: proven by trying every small table."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.opendata.disclosure import LEAST_THRESHOLD, Counts, hidden, is_small

Table = dict[str, Counts]
Figure = tuple[str, str]
"""A row and one of its figures."""
Seen = tuple[tuple[str, Counts | None], ...]
"""A table as it is published: a blank row shows only which figures it holds."""


def published(table: Mapping[str, Counts], threshold: int) -> Seen:
    away = hidden(table, "all", threshold)
    return tuple((name, None if name in away else counts) for name, counts in table.items())


def blank_figures(table: Mapping[str, Counts], threshold: int) -> dict[Figure, int]:
    """Return what is hidden of a table: each count of each blank row."""
    return {
        (name, figure): count
        for name in hidden(table, "all", threshold)
        for figure, count in table[name]._asdict().items()
        if count is not None
    }


def small_figures(table: Mapping[str, Counts], threshold: int) -> dict[Figure, int]:
    """Return the small counts of a table, and those that its counts leave of each other."""
    figures = {
        (name, figure): count
        for name, counts in table.items()
        for figure, count in (
            ("children", counts.children),
            ("care", counts.care),
            ("others", None if counts.care is None else counts.children - counts.care),
        )
        if count is not None
    }
    return {at: count for at, count in figures.items() if is_small(count, threshold)}


def assert_ambiguous(
    tables: Iterable[Table],
    seen: Callable[[Table], Hashable],
    guarded: Callable[[Table], Mapping[Figure, int]],
) -> None:
    """Hold that no reader of what is seen knows a guarded figure, having tried all tables."""
    readings: dict[Hashable, list[Table]] = defaultdict(list)
    for table in tables:
        readings[seen(table)].append(table)
    for alike in readings.values():
        figures = {at for table in alike for at in guarded(table)}
        for name, figure in figures:
            values = {_figure(table[name], figure) for table in alike}
            assert len(values) > 1, (name, figure, alike[:3])


def _figure(counts: Counts, figure: str) -> int | None:
    if figure == "others":
        return None if counts.care is None else counts.children - counts.care
    return {"children": counts.children, "care": counts.care}[figure]


def rows(most: int, *, with_care: bool) -> list[Counts]:
    """Return every row up to a number of children."""
    if not with_care:
        return [Counts(children) for children in range(most + 1)]
    return [Counts(n, care) for n in range(most + 1) for care in range(n + 1)]


def added(parts: Iterable[Counts], *, with_care: bool) -> Counts:
    found = list(parts)
    care = sum(part.care or 0 for part in found)
    return Counts(sum(part.children for part in found), care if with_care else None)


def whole_of(parts: int, most: int, *, with_care: bool) -> Iterator[Table]:
    """Return every table whose parts are the whole."""
    for found in product(rows(most, with_care=with_care), repeat=parts):
        named = {str(number): row for number, row in enumerate(found)}
        yield {"all": added(found, with_care=with_care), **named}


def with_rest(most: int, *, with_care: bool) -> Iterator[Table]:
    """Return every table of two parts and a part of the whole that is not published."""
    for first, second, rest in product(rows(most, with_care=with_care), repeat=3):
        yield {"all": added((first, second, rest), with_care=with_care), "0": first, "1": second}


def care_of_some(most: int) -> Iterator[Table]:
    """Return every table in which the whole and one of two parts state the care."""
    for first, second in product(rows(most, with_care=True), repeat=2):
        yield {"all": added((first, second), with_care=True), "0": first, "1": Counts(second[0])}


def care_of_the_whole(most: int) -> Iterator[Table]:
    """Return every table in which the whole alone states the care."""
    for first, second in product(range(most + 1), repeat=2):
        for care in range(first + second + 1):
            yield {"all": Counts(first + second, care), "0": Counts(first), "1": Counts(second)}


def contradictory(most: int) -> Iterator[Table]:
    """Return tables of all counts, also those that do not add up."""
    for whole, first, second in product(range(2 * most + 1), range(most + 1), range(most + 1)):
        yield {"all": Counts(whole), "0": Counts(first), "1": Counts(second)}


@pytest.mark.parametrize("threshold", [3, 4, 5])
@pytest.mark.parametrize(
    "tables",
    [
        lambda most: whole_of(1, most, with_care=False),
        lambda most: whole_of(3, most, with_care=False),
        lambda most: whole_of(2, most, with_care=True),
        lambda most: with_rest(most, with_care=False),
        contradictory,
    ],
    ids=["one part", "three parts", "two parts with care", "a rest", "contradictory"],
)
def test_every_hidden_figure_has_two_readings_for_who_knows_the_rule(
    tables: Callable[[int], Iterator[Table]], threshold: int
) -> None:
    assert_ambiguous(
        tables(threshold + 2),
        lambda table: published(table, threshold),
        lambda table: blank_figures(table, threshold),
    )


@pytest.mark.parametrize("tables", [care_of_some, care_of_the_whole])
@pytest.mark.parametrize("threshold", [3, 4, 5])
def test_every_small_figure_has_two_readings_where_care_is_stated_of_some_rows(
    tables: Callable[[int], Iterator[Table]], threshold: int
) -> None:
    assert_ambiguous(
        tables(threshold + 2),
        lambda table: published(table, threshold),
        lambda table: small_figures(table, threshold),
    )


def test_a_part_that_is_not_published_is_guarded_with_its_care() -> None:
    tables = list(with_rest(4, with_care=True))
    assert_ambiguous(tables, lambda t: published(t, 3), lambda t: blank_figures(t, 3))


@pytest.mark.parametrize("with_care", [False, True])
def test_who_knows_every_other_row_still_has_two_readings_of_a_blank_one(with_care: bool) -> None:
    def seen(table: Table) -> Hashable:
        return published(table, 3), table["1"]

    def guarded(table: Table) -> Mapping[Figure, int]:
        return {at: n for at, n in blank_figures(table, 3).items() if at[0] == "0"}

    assert_ambiguous(whole_of(2, 5, with_care=with_care), seen, guarded)


@pytest.mark.parametrize(("before", "after"), [(3, 4), (5, 3), (4, 4)])
def test_two_editions_with_different_thresholds_reveal_no_more_than_the_lower_one(
    before: int, after: int
) -> None:
    lower = min(before, after)
    both: dict[Hashable, set[Hashable]] = defaultdict(set)
    for table in whole_of(2, 7, with_care=True):
        both[published(table, lower)].add((published(table, before), published(table, after)))
    assert all(len(result) == 1 for result in both.values())


def test_a_row_that_stays_while_the_others_and_the_total_move_keeps_its_readings() -> None:
    """A reader knows that the first row did not change between three editions."""
    readings: dict[Hashable, set[int]] = defaultdict(set)
    for same, *moving in product(range(6), repeat=4):
        editions = tuple(
            published({"all": Counts(same + other), "0": Counts(same), "1": Counts(other)}, 3)
            for other in moving
        )
        readings[editions].add(same)
    assert {frozenset(values) for values in readings.values()} == {
        *map(frozenset, ({1, 2}, {0}, {3}, {4}, {5}))
    }


def test_the_cases_that_gave_a_count_away() -> None:
    """With totals and all but the smallest other count published, these had one reading."""
    four = {name: Counts(n) for name, n in (("a", 33), ("b", 1), ("c", 12), ("d", 2))}
    assert hidden({"all": Counts(48), **four}, "all", 10) == {"all", "b", "d"}
    pair = {"all": Counts(7), "a": Counts(2), "b": Counts(5)}
    assert hidden(pair, "all", 3) == {"all", "a"}
    assert hidden(pair, "all", 5) == {"all", "a"}


@st.composite
def any_table(draw: st.DrawFn) -> Table:
    parts = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.booleans())))
    table = {
        str(number): Counts(care + others, care if known else None)
        for number, (care, others, known) in enumerate(parts)
    }
    whole = Counts(draw(st.integers(0, 400)), draw(st.none() | st.integers(0, 400)))
    return {"all": whole, **table}


@settings(max_examples=300, deadline=None)
@given(any_table(), st.integers(LEAST_THRESHOLD, 20), st.data())
def test_any_other_small_count_is_published_in_the_same_way(
    table: Table, threshold: int, data: st.DataObject
) -> None:
    """The proof in one property: a small row may be any other small row, the whole following."""
    away = hidden(table, "all", threshold)
    for name in away - {"all"}:
        care = None if table[name].care is None else 0
        other = Counts(data.draw(st.integers(1, threshold - 1)), care)
        moved = other.children - table[name].children
        whole = Counts(table["all"].children + moved, table["all"].care)
        assert published({**table, "all": whole, name: other}, threshold) == published(
            table, threshold
        )


@settings(max_examples=300, deadline=None)
@given(any_table(), st.integers(LEAST_THRESHOLD, 20))
def test_a_total_is_published_only_with_all_its_parts(table: Table, threshold: int) -> None:
    away = hidden(table, "all", threshold)
    assert "all" in away or not away
    assert {name for name, _ in small_figures(table, threshold)} <= away


@pytest.mark.parametrize(
    ("count", "small"), [(0, False), (1, True), (2, True), (3, False), (4, False)]
)
def test_small_is_from_one_to_below_the_threshold(count: int, small: bool) -> None:
    assert is_small(count, 3) == small


def test_zero_is_published_and_hides_nothing() -> None:
    assert hidden({"all": Counts(10), "a": Counts(10), "b": Counts(0)}, "all", 5) == set()


def test_nothing_is_hidden_without_a_small_count() -> None:
    table = {"all": Counts(30, 10), "a": Counts(10, 0), "b": Counts(20, 10)}
    assert hidden(table, "all", 10) == set()


def test_what_is_left_of_a_total_is_guarded_though_it_is_not_published() -> None:
    assert hidden({"all": Counts(21), "a": Counts(20)}, "all", 3) == {"all"}
    assert hidden({"all": Counts(20, 19)}, "all", 3) == {"all"}


@pytest.mark.parametrize("threshold", [0, 1, 2])
def test_a_threshold_that_could_keep_no_count_unknown_is_refused(threshold: int) -> None:
    with pytest.raises(ValueError, match=str(threshold)):
        hidden({"a": Counts(1)}, "all", threshold)
