"""RETURN_CHANGED_MUCH: a form against its sender's own years and authorities of like size.

A count changes from year to year by openings and closings. Given all changes of the past, under
one and the same rate of change a year (Poisson) the newest is binomial: of all `d + D` changes of
`1 + K` years each falls into the newest with the chance 1 / (1 + K). What is that rare both by the
sender's own years and by authorities of like size is asked about. The probability is the one float.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import exp, lgamma, log, log1p
from typing import TypeVar

from shokibo.ledger.findings import Finding
from shokibo.returns import words
from shokibo.returns.counts import CountPath
from shokibo.returns.differences import change_of_count
from shokibo.returns.filed import entries
from shokibo.returns.filed.figures import FiledForm

Name = TypeVar("Name", bound=Hashable)
Series = Mapping[int, int]
"""A count by fiscal year."""
History = Mapping[CountPath, Mapping[Name, Series]]
"""The counts that are tested, by sender and fiscal year."""

TESTED: tuple[CountPath, ...] = (
    ("total", "units", ""),
    ("total", "certified", "total"),
    ("backup", "homes", ""),
    ("backup", "homes_with_units", ""),
    ("backup", "certified", ""),
)
RAREST = 0.01
"""A form with a change rarer than this, by chance and over all that is tested, is asked about."""
OWN_YEARS = 3
"""An authority's own changes count from so many on; fewer say nothing of its rate."""
LIKE_SIZE = 2
"""Of like size is what has between a half and the double."""


def history_of(
    counts: Iterable[tuple[Name, int, Mapping[CountPath, int | None]]],
) -> History[Name]:
    """Arrange the counts of forms, each with its sender and fiscal year, for `changed_much`."""
    every: dict[CountPath, dict[Name, dict[int, int]]] = {path: {} for path in TESTED}
    for sender, year, of_form in counts:
        for path in TESTED:
            count = of_form[path]
            if count is not None:
                every[path].setdefault(sender, {})[year] = count
    return every


def counts_to_test(filed: FiledForm) -> dict[CountPath, int | None]:
    """Return the counts of a form that are tested."""
    return {path: filed.count(*path) for path in TESTED}


def changed_much(sender: Name, filed: FiledForm, every: History[Name], year: int) -> Finding | None:
    """Find whether the form of a sender and year has changes that are rare; `every` holds it."""
    rare = [path for path in TESTED if is_rare(sender, every[path], year)]
    if not rare:
        return None
    series = (every[path][sender] for path in rare)
    changes = [
        change_of_count(path, of_sender[year - 1], of_sender[year])
        for path, of_sender in zip(rare, series, strict=True)
    ]
    values = {
        "label": words.count_label(*rare[0]).ja,
        "changes": [change.ja for change in changes],
        "changes_en": [change.en for change in changes],
    }
    return Finding(entries.CHANGED_MUCH, "", filed.counts[rare[0]].place, values)


def is_rare(sender: Name, every: Mapping[Name, Series], year: int) -> bool:
    """Return whether a sender's newest change is rare; where nothing is known to compare, not."""
    own = every.get(sender, {})
    if year not in own or year - 1 not in own:
        return False
    newest = abs(own[year] - own[year - 1])
    past = [change for at, change in changes(own) if at < year]
    like = [
        change
        for name, series in every.items()
        if name != sender
        for at, change in changes(series)
        if at <= year and is_of_like_size(series[at - 1], own[year - 1])
    ]
    grounds = [past] if len(past) >= OWN_YEARS else []
    grounds += [like] if like else []
    return bool(grounds) and all(
        rarity(newest, ground) < RAREST / len(TESTED) for ground in grounds
    )


def changes(series: Series) -> list[tuple[int, int]]:
    """Return by how much a count changed in each year that follows another."""
    return [
        (year, abs(count - series[year - 1]))
        for year, count in series.items()
        if year - 1 in series
    ]


def is_of_like_size(one: int, other: int) -> bool:
    """Return whether a count is between a half and the double of another."""
    return one * LIKE_SIZE >= other and one <= other * LIKE_SIZE


def rarity(newest: int, past: Sequence[int]) -> float:
    """Return the chance of so many changes or more in one year, given all: exact binomial."""
    total, years = newest + sum(past), len(past)
    if newest * years <= sum(past):
        return 1.0  # no more than the usual, or nothing to compare with
    log_in, log_out = -log1p(years), log(years) - log1p(years)
    return sum(
        exp(
            lgamma(total + 1)
            - lgamma(count + 1)
            - lgamma(total - count + 1)
            + count * log_in
            + (total - count) * log_out
        )
        for count in range(newest, total + 1)
    )
