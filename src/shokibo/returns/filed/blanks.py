"""Blanks of tables 1 and 2 where people mean 0."""

from collections.abc import Mapping
from dataclasses import replace

from shokibo.returns.counts import CountPath
from shokibo.returns.filed.figures import Filled
from shokibo.returns.forms import KINDS


def blanks_as_zero(counts: Mapping[CountPath, Filled[int]]) -> dict[CountPath, Filled[int]]:
    """Treat a table's blanks as 0; if no figure is written, none is known.

    A blank contradicted by one of the form's sums stays unknown: a sum whose parts are not 0, or a
    part that its sum needs to add up.
    """
    if not any(cell.written for cell in counts.values()):
        return dict(counts)
    number = {path: cell.value or 0 for path, cell in counts.items()}

    def is_zero(kind: str, name: str, part: str) -> bool:
        of_kinds = sum(number.get((one, name, part), 0) for one in KINDS)
        of_places = sum(
            count
            for path, count in number.items()
            if path[:2] == (kind, name) and path[2] not in ("", "total")
        )
        if part == "total" and of_places:
            return False
        total = counts.get(("total", name, part))
        if kind == "total" or (kind in KINDS and total and total.value is not None):
            return number["total", name, part] == of_kinds
        return True

    return {
        path: replace(cell, value=0) if not cell.written and is_zero(*path) else cell
        for path, cell in counts.items()
    }
