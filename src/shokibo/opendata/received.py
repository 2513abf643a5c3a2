"""What was received of a form as a data package: CSV, JSON, and their description."""

import datetime as dt

from shokibo.opendata.table import Column, OpenTable
from shokibo.opendata.writing import Package, files
from shokibo.returns.filed.nation import nation_tables
from shokibo.returns.filed.received import Received
from shokibo.texts import NOTHING, Language


def received_files(received: Received, day: dt.date, language: Language) -> dict[str, bytes]:
    """Write every table of what was received, and the package that describes them, by file name."""
    package = Package(
        f"form{received.form}-{received.year}",
        f"様式{received.form}",
        day,
        edition=1,
        threshold=None,
        licence="",
    )
    tables = [
        OpenTable(
            table.name,
            table.title,
            NOTHING,
            tuple(Column(name, kind, title) for name, kind, title in table.columns),
            table.rows,
        )
        for table in nation_tables(received, language)
    ]
    return files(package, tables)
