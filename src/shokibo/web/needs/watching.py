"""A running calculation: its progress, and whether it is to stop with the best so far.

Both are in the calculation's row, which the work does not lock, so that pages can read and set them
meanwhile.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import Any

from shokibo.planning.proposal.levels import Progress
from shokibo.web.needs.models import Calculation

PAUSE = 0.5
"""Seconds between two queries of the database."""


class StoppedError(Exception):
    """Somebody stopped a calculation that has no answer before its end."""


class Watch:
    """Records the progress in a calculation's row, and reads from it whether to stop."""

    def __init__(self, calculation: Calculation) -> None:
        self._rows = Calculation.objects.filter(pk=calculation.pk)
        self._recorded = self._asked = -PAUSE
        self._is_to_stop = False
        self._stage = ""

    def stage(self, name: str) -> None:
        """Record what is being done."""
        self._stage = name
        self._rows.update(progress={"stage": name})

    def progress(self, now: Progress) -> None:
        """Record the objective that is being solved, and how well."""
        self._record(objective=now.objective, value=now.value)

    def percent(self, done: int, of: int) -> None:
        """Record how many parts of the work are done. Raises StoppedError if it is to stop."""
        self._record(percent=min(100 * done // of, 99))
        if self.stop():
            raise StoppedError

    def _record(self, **values: object) -> None:
        if time.monotonic() - self._recorded >= PAUSE:
            self._recorded = time.monotonic()
            self._rows.update(progress={"stage": self._stage, **values})

    def stop(self) -> bool:
        """Return whether somebody asked to stop."""
        if not self._is_to_stop and time.monotonic() - self._asked >= PAUSE:
            self._asked = time.monotonic()
            self._is_to_stop = self._rows.filter(is_to_stop=True).exists()
        return self._is_to_stop


class WatchedExecutor(Executor):
    """Runs parts of the work here, one after the other, each watched."""

    def __init__(self, watch: Watch, parts: int) -> None:
        self._watch, self._parts, self._done = watch, parts, 0

    def map(self, fn: Callable[..., Any], *iterables: Any, **_: Any) -> Iterator[Any]:
        """Yield each part's result. Raises StoppedError if the work is to stop."""
        for values in zip(*iterables, strict=False):
            self._watch.percent(self._done, self._parts)
            yield fn(*values)
            self._done += 1
