"""A form's counts, or those of many added up, as one mapping by position."""

from collections.abc import Mapping
from typing import Any

from shokibo.answers import plain
from shokibo.returns import words
from shokibo.returns.forms import FormFigures
from shokibo.returns.rollup import RollUp

CountPath = tuple[str, str, str]
"""Table 1: kind, name and part (blank for units); table 2: `backup`, name and a blank."""


def counts_of(form: FormFigures | RollUp) -> dict[CountPath, int]:
    """Return every count of tables 1 and 2, in the order of the form; a sum of none has none."""
    figures = plain(form)
    return {path: count_in(figures, path) or 0 for path in paths_in(figures)}


def paths_in(figures: Mapping[str, Any]) -> list[CountPath]:
    """Return where the counts of figures stand, in the order of the form.

    `figures` are those of a form as they are sent and stored.
    """
    units, backup = figures["units"], figures["backup"]
    return [
        *(
            (kind, name, part)
            for name in words.COUNTS
            for kind in words.KINDS
            if kind in units
            for part in (("",) if name == "units" else units[kind][name])
        ),
        *(("backup", name, "") for name in words.BACKUP if name in backup),
    ]


def count_in(figures: Mapping[str, Any], path: CountPath) -> int | None:
    """Return a count of figures as they are sent and stored, None if it is not known."""
    table, name, part = path
    found = figures["backup"] if table == "backup" else figures["units"][table]
    count: int | None = found[name].get(part) if part else found[name]
    return count
