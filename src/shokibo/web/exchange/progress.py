"""The progress of a run, recorded while the work goes on.

It has a row of its own, since the work locks the run while it writes. On SQLite nobody else can
write during that one transaction; there the page shows that it is being written, and how many rows.
"""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from shokibo.ledger.tables import TABLES
from shokibo.web.exchange.models import Run, RunProgress

_SHEETS = {table.sheet: table.name for table in TABLES}


class ProgressRecorder:
    """Records the progress of one run."""

    def __init__(self, run: Run) -> None:
        self.run_id = run.pk
        self.done = 0

    def reading(self, sheet: str) -> None:
        """Record which table is being read."""
        self._record(stage="reading", table=_SHEETS.get(sheet, ""))

    def comparing(self, table: str) -> None:
        """Record which table is being compared."""
        self._record(stage="comparing", table=table)

    def writing(self, total: int) -> None:
        """Record how many rows are to be written."""
        self._record(stage="writing", table="", done=0, total=total)

    def written(self, rows: int) -> None:
        """Record, outside of the writing transaction, how many more rows are written."""
        self.done += rows
        if rows and connection.vendor != "sqlite":
            with ThreadPoolExecutor(1) as other_connection:
                other_connection.submit(self._record_and_close).result()

    def _record(self, **values: object) -> None:
        RunProgress.objects.update_or_create(run_id=self.run_id, defaults=values)

    def _record_and_close(self) -> None:
        RunProgress.objects.filter(run=self.run_id).update(done=self.done)
        connection.close()
