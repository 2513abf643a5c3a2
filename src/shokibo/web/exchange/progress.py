"""How far the work on a run has come, told while it goes on.

It stands apart from the run, which the work keeps locked while it writes. On SQLite nobody else
can write during that one transaction; there the page says that it is being written, and how many
rows.
"""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from shokibo.ledger.tables import TABLES
from shokibo.web.exchange.models import Run, RunProgress

_SHEETS = {table.sheet: table.name for table in TABLES}


class Telling:
    """Tells the progress of one run."""

    def __init__(self, run: Run) -> None:
        self.run_id = run.pk
        self.done = 0

    def reading(self, sheet: str) -> None:
        """Say which table is being read."""
        self._tell(stage="reading", table=_SHEETS.get(sheet, ""))

    def comparing(self, table: str) -> None:
        """Say which table is being compared."""
        self._tell(stage="comparing", table=table)

    def writing(self, total: int) -> None:
        """Say that so many rows are to be written."""
        self._tell(stage="writing", table="", done=0, total=total)

    def written(self, rows: int) -> None:
        """Say that so many more rows are written, from beside the transaction."""
        self.done += rows
        if rows and connection.vendor != "sqlite":
            with ThreadPoolExecutor(1) as beside:
                beside.submit(self._tell_and_close).result()

    def _tell(self, **values: object) -> None:
        RunProgress.objects.update_or_create(run_id=self.run_id, defaults=values)

    def _tell_and_close(self) -> None:
        RunProgress.objects.filter(run=self.run_id).update(done=self.done)
        connection.close()
