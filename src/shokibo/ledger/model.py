"""A ledger that has been read: typed frames, and the place of each row in its carrier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from shokibo.ledger.columns import Table
from shokibo.ledger.findings import Entry, Finding, Value
from shokibo.ledger.raw import ROW, ROW_DTYPE, TableSource
from shokibo.ledger.tables import BY_NAME


@dataclass(frozen=True)
class Ledger:
    """Everything an authority knows about its homes.

    `tables` holds a frame for every declared table, empty if the carrier has none; each has the
    table's columns and `_row`. `removed` holds the rows marked 削除. `notes` are the findings of
    the reading.
    """

    tables: Mapping[str, pl.DataFrame]
    removed: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    sources: Mapping[str, TableSource] = field(default_factory=dict)
    notes: tuple[Finding, ...] = ()
    _found: dict[tuple[str, str], pl.Series] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __repr__(self) -> str:
        """Show the filled cells of each table's first ten rows."""
        kept, removed = (
            {
                name: [
                    {column: cell for column, cell in row.items() if cell is not None}
                    for row in frame.drop(ROW).head(10).iter_rows(named=True)
                ]
                for name, frame in frames.items()
                if not frame.is_empty()
            }
            for frames in (self.tables, self.removed)
        )
        return f"Ledger({kept}, removed={removed}, notes={self.notes})"

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table's frame. Raises KeyError for a name that is not declared."""
        return self.tables[name]

    def rows_of(self, table: str, key: str) -> pl.Series:
        """Return for each row the `_row` of the home or unit that it refers to, null for none.

        `key` is home_id or unit_id; the result is home_row or unit_row. Found once in a ledger's
        life, so that whoever asks again joins by numbers.
        """
        if (table, key) not in self._found:
            referred = self["homes" if key == "home_id" else "units"].select(key, ROW)
            self._found[table, key] = _looked_up(self[table][key], referred)
        return self._found[table, key]

    def repeated(self, table: str, column: str) -> pl.DataFrame:
        """Return the rows whose text in a column other rows have too. Found once, as above."""
        if (table, column) not in self._found:
            self._found[table, column] = _repeated(self[table][column])
        return self[table][self._found[table, column]]

    def place(self, table: str, row: int | None = None, column: str | None = None) -> str:
        """Name a place in the carrier as a person sees it."""
        return self.sources[table].place(row, column)

    def finding(
        self, entry: Entry, table: str, row: int | None, column: str | None, /, **values: Value
    ) -> Finding:
        """Make a finding at a row and column of a table."""
        return Finding(entry, table, self.place(table, row, column), values, row, column)


def ledger_of(frames: Mapping[str, pl.DataFrame]) -> Ledger:
    """Make a ledger from frames that were built, not read; missing columns are blank."""
    tables = {name: _complete(frames.get(name), table) for name, table in BY_NAME.items()}
    sources = {
        name: TableSource(name, is_sheet=False, columns={c.name: c.name for c in table.columns})
        for name, table in BY_NAME.items()
    }
    return Ledger(tables, sources=sources)


def _looked_up(ids: pl.Series, referred: pl.DataFrame) -> pl.Series:
    """Return the `_row` of each id, the first if it is given twice; a run of equal ids once."""
    key = ids.name
    runs = ids.rle().struct.field("value").to_frame(key)
    found = runs.join(referred, on=key, how="left", maintain_order="left")
    if found.height > runs.height:
        once = referred.unique(key, keep="first", maintain_order=True)
        found = runs.join(once, on=key, how="left", maintain_order="left")
    return found[ROW].gather(ids.rle_id()).alias(f"{key.removesuffix('_id')}_row")


def _repeated(texts: pl.Series) -> pl.Series:
    """Return the positions of texts that occur twice; sorted hashes narrow them down quickly."""
    hashes = texts.hash()
    ordered = hashes.sort()
    perhaps = hashes.is_in(ordered.filter(ordered == ordered.shift()).implode()).arg_true()
    return perhaps.filter(texts.gather(perhaps).is_duplicated())


def _complete(frame: pl.DataFrame | None, table: Table) -> pl.DataFrame:
    if frame is None:
        return empty_frame(table)
    columns = [
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in table.schema.items()
    ]
    rows = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(ROW)
    return frame.select(*columns, rows)


def empty_frame(table: Table) -> pl.DataFrame:
    """Return a table's frame without rows."""
    return _empty_frame(table.name)


@cache
def _empty_frame(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema={**BY_NAME[name].schema, ROW: ROW_DTYPE})
