"""Counts of children with records by place, age, fiscal year and clock; small ones are blank.

The tables count the same children, so none may reveal what another leaves blank. Places follow the
rule of `disclosure`. Ages, which add up to the same total, are shown only if nothing is blank in
either table. A clock runs for some children only: its row is blank if their count is, or if it
leaves few of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shokibo.care import clocks
from shokibo.ledger.tables import CARE_PLACES
from shokibo.need.estimate import BANDS
from shokibo.opendata.disclosure import Counts, hidden, is_small

ALL = "all"
"""All children in care."""
YEARS = 5
"""Fiscal years shown, including the current one."""
CLOCKS = (clocks.WARRANT, clocks.PROLONGATION, clocks.POLICY_REVIEW, clocks.BACKING_REVIEW)
_PROTECTION = "temporary_protection"
_RUNS_AMONG = {
    clocks.WARRANT: _PROTECTION,
    clocks.PROLONGATION: _PROTECTION,
    clocks.POLICY_REVIEW: ALL,
}
"""The children for whom each clock runs."""


@dataclass(frozen=True)
class Counted:
    """What is counted for a child; `place` is None for one not in care now.

    `broke_down` and `protected` are the fiscal years in which that began, `running` the running
    clocks, `overdue` those whose day has passed.
    """

    place: str | None
    age_band: str
    broke_down: frozenset[int] = frozenset()
    protected: frozenset[int] = frozenset()
    running: frozenset[str] = frozenset()
    overdue: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ChildCounts:
    """Counts of children; None if one stays blank.

    `years` counts children whose placement broke down, and who came into temporary protection;
    `clocks` those with a running clock, and with an overdue one.
    """

    total: int | None
    places: Mapping[str, int | None]
    ages: Mapping[str, int | None]
    years: Mapping[int, tuple[int | None, int | None]]
    clocks: Mapping[str, tuple[int | None, int | None]]


def child_counts(children: Sequence[Counted], year: int, threshold: int) -> ChildCounts:
    """Count children; `year` is the current fiscal year. Raises ValueError as `hidden` does."""
    in_care = [child for child in children if child.place is not None]
    places = {place: sum(child.place == place for child in in_care) for place in CARE_PLACES}
    ages = {band: sum(child.age_band == band for child in in_care) for band in BANDS}
    of_places, of_ages = (_blank(parts, len(in_care), threshold) for parts in (places, ages))
    years = range(year, year - YEARS, -1)
    among = {**_shown(places, of_places), ALL: None if ALL in of_places else len(in_care)}
    return ChildCounts(
        among[ALL],
        _shown(places, of_places),
        _shown(ages, BANDS if of_places or of_ages else ()),
        {
            one: (
                _unless_small(sum(one in child.broke_down for child in children), threshold),
                _unless_small(sum(one in child.protected for child in children), threshold),
            )
            for one in years
        },
        _clocks(children, among, threshold),
    )


def _blank(parts: Mapping[str, int], total: int, threshold: int) -> frozenset[str]:
    rows = {**{name: Counts(count) for name, count in parts.items()}, ALL: Counts(total)}
    return hidden(rows, ALL, threshold)


def _shown(counts: Mapping[str, int], blank: Iterable[str]) -> dict[str, int | None]:
    return {name: None if name in blank else count for name, count in counts.items()}


def _unless_small(count: int, threshold: int) -> int | None:
    return None if is_small(count, threshold) else count


def _clocks(
    children: Sequence[Counted], among: Mapping[str, int | None], threshold: int
) -> dict[str, tuple[int | None, int | None]]:
    rows = {
        what: Counts(
            sum(what in child.running for child in children),
            sum(what in child.overdue for child in children),
        )
        for what in CLOCKS
    }
    blank = set(hidden(rows, ALL, threshold))
    for what, whose in _RUNS_AMONG.items():
        count = among[whose]
        if count is None or is_small(count - rows[what].children, threshold):
            blank.add(what)
    return {
        what: (None, None) if what in blank else (row.children, row.care)
        for what, row in rows.items()
    }
