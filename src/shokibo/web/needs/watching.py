"""A calculation while it is worked on: how far it has come, and whether the best so far suffices.

Both are on the calculation's row, which the work does not lock, so that pages can read and set
them meanwhile.
"""

import time

from shokibo.planning.proposal.levels import Progress
from shokibo.web.needs.models import Calculation

PAUSE = 0.5
"""Seconds between two looks at the database."""


class Watch:
    """Tells a calculation's row of the progress, and asks it whether to stop."""

    def __init__(self, calculation: Calculation) -> None:
        self._rows = Calculation.objects.filter(pk=calculation.pk)
        self._recorded = self._asked = -PAUSE
        self._is_to_stop = False

    def stage(self, name: str) -> None:
        """Record what is being done."""
        self._rows.update(progress={"stage": name})

    def progress(self, now: Progress) -> None:
        """Record the objective that is being solved, and how well."""
        if time.monotonic() - self._recorded >= PAUSE:
            self._recorded = time.monotonic()
            progress = {"stage": "solving", "objective": now.objective, "value": now.value}
            self._rows.update(progress=progress)

    def stop(self) -> bool:
        """Return whether somebody asked to stop."""
        if not self._is_to_stop and time.monotonic() - self._asked >= PAUSE:
            self._asked = time.monotonic()
            self._is_to_stop = self._rows.filter(is_to_stop=True).exists()
        return self._is_to_stop
