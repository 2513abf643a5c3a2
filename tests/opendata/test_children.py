"""Counts of children: nothing that is blank follows from the rest, whatever a reader computes."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from shokibo.care.clocks import BACKING_REVIEW, POLICY_REVIEW, PROLONGATION, WARRANT
from shokibo.opendata.children import ChildCounts, Counted, child_counts

HOME = "children_home"
FOSTER = "foster"
PROTECTED = "temporary_protection"
YEAR = 2022


def of(place: str | None, count: int, band: str = "school_age", **given: Any) -> list[Counted]:  # noqa: ANN401
    return [Counted(place, band, **given)] * count


def counted(*children: list[Counted], threshold: int = 3) -> ChildCounts:
    return child_counts([one for some in children for one in some], YEAR, threshold)


def test_all_is_shown_where_nothing_is_small() -> None:
    found = counted(of(HOME, 4), of(FOSTER, 3, "under_3"), of(None, 2))
    assert found.total == 7
    assert {place: count for place, count in found.places.items() if count} == {HOME: 4, FOSTER: 3}
    assert found.ages == {"under_3": 3, "preschool": 0, "school_age": 4}


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (2, None), (3, 3)])
def test_a_small_place_takes_the_total_and_all_ages_with_it(count: int, shown: int | None) -> None:
    found = counted(of(HOME, 9), of(FOSTER, count))
    assert found.places[FOSTER] == shown
    assert found.places[HOME] == 9
    assert found.total == (None if shown is None else 9 + count)
    ages = [0, 0, 9 + count]
    assert list(found.ages.values()) == ([None] * 3 if shown is None else ages)


def test_a_small_age_blanks_the_ages_alone() -> None:
    found = counted(of(HOME, 5), of(HOME, 1, "preschool"))
    assert (found.total, found.places[HOME]) == (6, 6)
    assert set(found.ages.values()) == {None}


def test_years_count_children_also_those_that_left() -> None:
    both: dict[str, Any] = {
        "broke_down": frozenset({2021, 2022}),
        "protected": frozenset({2022}),
    }
    found = counted(
        of(HOME, 2, **both), of(None, 1, **both), of(HOME, 1, broke_down=frozenset({2017}))
    )
    assert found.years == {2022: (3, 3), 2021: (3, 0), 2020: (0, 0), 2019: (0, 0), 2018: (0, 0)}
    small = counted(of(HOME, 2, **both), of(HOME, 5, protected=frozenset({2022})))
    assert small.years[2022] == (None, 7)


@pytest.mark.parametrize(
    ("running", "overdue", "shown"),
    [
        (9, 0, (9, 0)),
        (9, 2, (None, None)),
        (9, 3, (9, 3)),
        (9, 7, (None, None)),  # two of the nine are in time
        (8, 0, (None, None)),  # one in temporary protection has none
        (0, 0, (0, 0)),
    ],
)
def test_a_clock_is_blank_where_it_or_what_it_leaves_is_small(
    running: int, overdue: int, shown: tuple[int | None, int | None]
) -> None:
    late = of(PROTECTED, overdue, running=frozenset({WARRANT}), overdue=frozenset({WARRANT}))
    rest = of(PROTECTED, running - overdue, running=frozenset({WARRANT}))
    found = counted(late, rest, of(PROTECTED, 9 - running))
    assert found.clocks[WARRANT] == shown


def test_a_clock_of_all_is_blank_where_the_total_is() -> None:
    found = counted(of(HOME, 7, running=frozenset({POLICY_REVIEW, BACKING_REVIEW})), of(FOSTER, 1))
    assert found.clocks[POLICY_REVIEW] == (None, None)
    assert found.clocks[BACKING_REVIEW] == (7, 0)
    assert found.clocks[PROLONGATION] == (0, 0)


def test_a_threshold_that_hides_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="2"):
        counted(of(HOME, 5), threshold=2)


CELLS = tuple(product((HOME, FOSTER), ("under_3", "school_age")))


def _worlds() -> Iterator[list[Counted]]:
    """Return small populations: two places by two ages, some of whom have a policy to review."""
    for counts in product(range(5), repeat=len(CELLS)):
        cells = [cell for cell, count in zip(CELLS, counts, strict=True) for _ in range(count)]
        for reviewed in {0, 1, len(cells) // 2, max(len(cells) - 1, 0), len(cells)}:
            yield [
                Counted(*cell, running=frozenset({POLICY_REVIEW} if at < reviewed else ()))
                for at, cell in enumerate(cells)
            ]


def test_no_reader_can_compute_what_is_blank() -> None:
    worlds = defaultdict[str, list[list[Counted]]](list)
    for world in _worlds():
        worlds[repr(child_counts(world, YEAR, 3))].append(world)
    result = []
    for alike in worlds.values():
        shown = child_counts(alike[0], YEAR, 3)
        for place in (HOME, FOSTER):
            true = {sum(one.place == place for one in world) for world in alike}
            if shown.places[place] is None and not {1, 2} <= true:
                result.append((shown, place, true))
        for band in ("under_3", "school_age"):
            true = {sum(one.age_band == band for one in world) for world in alike}
            if shown.ages[band] is None and len(true) == 1:
                result.append((shown, band, true))
        true = {sum(POLICY_REVIEW in one.running for one in world) for world in alike}
        if shown.clocks[POLICY_REVIEW] == (None, None) and len(true) == 1:
            result.append((shown, POLICY_REVIEW, true))
    assert result == []
