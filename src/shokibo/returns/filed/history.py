"""RETURN_CHANGED_MUCH: a form compared with its sender's own years and similar authorities.

A count changes from year to year by openings and closings. Given the total of all changes, under a
constant yearly rate (Poisson) the newest change is binomial: each of all `d + D` changes in
`1 + K` years falls into the newest with probability 1 / (1 + K). A change that is that rare both by
the sender's own years and by similar authorities is questioned. The probability is the only float.
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
"""A form with a change rarer than this, over everything tested, is questioned."""
OWN_YEARS = 3
"""An authority's own changes count from this number on; fewer say nothing about its rate."""
LIKE_SIZE = 2
"""Similar size means between half and double."""


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
    """Return whether a sender's newest change is rare; false without anything to compare with."""
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
    """Return how much a count changed in each year that follows another."""
    return [
        (year, abs(count - series[year - 1]))
        for year, count in series.items()
        if year - 1 in series
    ]


def is_of_like_size(one: int, other: int) -> bool:
    """Return whether a count is between half and double another."""
    return one * LIKE_SIZE >= other and one <= other * LIKE_SIZE


def rarity(newest: int, past: Sequence[int]) -> float:
    """Return the exact binomial probability of at least this many changes in one year."""
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
