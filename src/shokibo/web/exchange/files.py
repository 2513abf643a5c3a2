"""Workbooks to download: the ledger, an empty one, a home's."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from shokibo.ledger.columns import Table
from shokibo.ledger.model import Ledger, empty_frame
from shokibo.ledger.tables import BY_NAME
from shokibo.ledger.workbook import tables_for, write_template
from shokibo.ledger.writing import write_folder
from shokibo.web.exchange.reach import Reach
from shokibo.web.register.models import Home
from shokibo.web.store.reading import ledger_of


def part(reach: Reach, home: Home | None = None) -> Ledger:
    """Return the ledger that a person may export: of all homes within reach, or of one."""
    names = reach.tables()
    homes = None if reach.is_wide else reach.homes
    if home is not None:
        homes = [home]
        names = [name for name in names if BY_NAME[name].maintained_by_home]
    found = ledger_of(reach.office.authority, homes, names, reach.centers)
    return Ledger(
        {name: found[name] if name in names else empty_frame(t) for name, t in BY_NAME.items()},
        sources=found.sources,
    )


def sheets_of(reach: Reach) -> list[Table]:
    """Return the tables of a person's workbook: those that a home keeps, or an office reads."""
    return [BY_NAME[name] for name in reach.tables()] if reach.is_wide else tables_for("home")


def workbook(ledger: Ledger | None, tables: Sequence[Table]) -> bytes:
    """Return some tables of a ledger as a workbook; None is empty."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_template(path, tables, ledger)
        return path.read_bytes()


def csv_zip(ledger: Ledger) -> bytes:
    """Return a ledger as CSV files in a zip."""
    content = io.BytesIO()
    with (
        TemporaryDirectory() as folder,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        write_folder(ledger, Path(folder) / "csv", "csv")
        for path in sorted((Path(folder) / "csv").iterdir()):
            archive.write(path, path.name)
    return content.getvalue()
