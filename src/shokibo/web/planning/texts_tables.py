"""The document's tables as a page draws them."""

from dataclasses import dataclass

from shokibo.documents.blocks import Cell, Table, placed


@dataclass(frozen=True)
class Laid:
    """A table whose cells know whether they name their row."""

    table: Table
    rows: list[list[tuple[Cell, bool, str]]]


def laid_out(table: Table) -> Laid:
    """Give each row's cells, whether they are of the columns that name rows, and their side."""
    rows: list[list[tuple[Cell, bool, str]]] = [[] for _ in table.rows]
    for row, column, cell in placed(table.rows):
        align = "left" if cell.is_list else table.aligns[column]
        rows[row].append((cell, column < table.stubs, align))
    return Laid(table, rows)
