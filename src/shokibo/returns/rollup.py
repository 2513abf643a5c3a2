"""Many authorities' forms added up, as the ministry reads them."""

from collections.abc import Iterable, Mapping
from typing import Any


def roll_up(forms: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Add up the counts of forms, each as `forms.as_json` gives it.

    Gives `authorities` (how many forms), `units` and `backup` in the forms' own shape.
    """
    listed = list(forms)
    return {
        "authorities": len(listed),
        "units": _sum([form["units"] for form in listed]),
        "backup": _sum([form["backup"] for form in listed]),
    }


Counts = dict[str, "Counts"] | int
"""A count, or counts by name."""


def _sum(counts: list[Counts]) -> Counts:
    """Add counts that stand at the same place; a place that one lacks counts as none there."""
    numbers = [count for count in counts if isinstance(count, int)]
    if numbers:
        return sum(numbers)
    named = [count for count in counts if isinstance(count, dict)]
    names = dict.fromkeys(name for count in named for name in count)
    return {name: _sum([count[name] for count in named if name in count]) for name in names}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Give the counts that differ between two forms: the place (units.total.units), old, new."""
    old, new = _flat(before), _flat(after)
    return [
        (place, old.get(place), new.get(place))
        for place in {**old, **new}
        if old.get(place) != new.get(place)
    ]


def _flat(form: Mapping[str, Any]) -> dict[str, Any]:
    counts = {"units": form["units"], "backup": form["backup"]}
    found: dict[str, Any] = {}
    _flatten(counts, "", found)
    rows = {f"list.{row['home_name']}.{row['unit_name']}": _row(row) for row in form["list"]}
    return {**found, **rows}


def _flatten(counts: Mapping[str, Any], place: str, found: dict[str, Any]) -> None:
    for name, value in counts.items():
        here = f"{place}.{name}" if place else name
        if isinstance(value, Mapping):
            _flatten(value, here, found)
        else:
            found[here] = value


def _row(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("capacity", "dispersal", "staff", "backup"))
