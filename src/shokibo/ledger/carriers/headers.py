"""Which table a sheet or file holds, and which column a header names."""

import unicodedata
from collections.abc import Iterable, Iterator

from shokibo.ledger import problems
from shokibo.ledger.cells import Cell, folded, is_blank
from shokibo.ledger.columns import DELETE, Column, Table
from shokibo.ledger.raw import Carrier
from shokibo.ledger.tables import TABLES

HEADER_WITHIN = 10
"""Headers may follow a title, within this many filled rows."""


def name_key(text: str) -> str:
    """Normalise a name so that width, case, spaces and a required column's mark don't matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("*")


_TABLES = {name_key(name): table for table in TABLES for name in (table.name, table.sheet)}


def table_named(name: str) -> Table | None:
    """Find the table that a sheet or file name means."""
    return _TABLES.get(name_key(name))


def matched_tables(
    names: Iterable[tuple[str, str]], carried: Carrier
) -> Iterator[tuple[str, Table]]:
    """Match sheets or files, each with its label and name, to tables.

    A name that is not a table is noted in `carried`; a second one for a table is a problem there.
    """
    labels: dict[str, str] = {}
    for label, name in names:
        table = table_named(name)
        if table is None:
            carried.notes.append(problems.at("SHEET_UNKNOWN", "", label, name=label))
        elif first := labels.get(table.name):
            values = {"table": table.sheet, "first": first}
            carried.problems.append(problems.at("TABLE_TWICE", table.name, label, **values))
        else:
            labels[table.name] = label
            yield label, table


def column_named(table: Table, header: Cell) -> Column | None:
    """Find the column that a header means."""
    if is_blank(header):
        return None
    return _COLUMNS[table.name].get(name_key(folded(header)))


_COLUMNS = {
    table.name: {
        name_key(name): column
        for column in (*table.columns, DELETE)
        for name in (column.name, column.header)
    }
    for table in TABLES
}


def find_header(rows: list[list[Cell]], table: Table) -> int | None:
    """Find the header row: among the first rows, the one with the most known names."""
    names = _COLUMNS[table.name]

    def known(row: list[Cell]) -> int:
        return sum(not is_blank(cell) and name_key(folded(cell)) in names for cell in row)

    top = range(min(len(rows), HEADER_WITHIN))
    best = max(top, key=lambda at: (known(rows[at]), -at), default=None)
    return best if best is not None and known(rows[best]) else None
