"""Random workbooks that an officer may bring in: rows added, changed and removed in every table."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl
from hypothesis import strategies as st

from shokibo.ledger.columns import Column, Kind, Table
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import TABLES
from tests.ledger.random_ledgers import IDS, KINDS, TEXTS, decimals

Row = dict[str, Any]
PAGES_ALONE = ("authorities", "applications", "parameters", "episodes")
"""Tables of which an officer's workbook brings nothing in."""
_IN_USE = {"homes": ("h", "s"), "units": ("m6", "u4", "b5")}
"""Homes with people, and units with applications: they stay."""
_VALUES: Mapping[Kind, st.SearchStrategy[Any]] = {
    **KINDS,
    Kind.TEXT: TEXTS.filter(lambda text: len(text) <= 200),
    Kind.ID: IDS.filter(lambda text: len(text) <= 20),
    Kind.DECIMAL: decimals(2),
    Kind.INTEGER: st.integers(1, 10**15 - 1),
    Kind.FISCAL_YEAR: st.integers(1990, 2020),
    Kind.DATE: st.dates(dt.date(1990, 1, 1), dt.date(2020, 12, 31)),
    Kind.DATE_OR_MONTH: st.dates(dt.date(1990, 1, 1), dt.date(2020, 12, 31)),
}
_LATER = st.dates(dt.date(2021, 1, 1), dt.date(2090, 12, 31))
_BY_NAME: Mapping[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("closed_on", "ended_on", "expires_on", "state_on"), _LATER),
    "to_year": st.integers(2021, 2040),
}


@dataclass
class _Book:
    """The rows of a workbook while they are drawn, and the ids that they may name."""

    kept: dict[str, list[Row]] = field(default_factory=dict)
    removed: dict[str, list[Row]] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    standing_units: list[Row] = field(default_factory=list)

    def is_removed(self, row: Row) -> bool:
        """Say whether a row names a home or unit that is to be removed."""
        return any(
            row.get(owner.columns[0].name) == gone[owner.columns[0].name]
            for owner in TABLES
            if owner.name in _IN_USE
            for gone in self.removed.get(owner.name, ())
        )

    def at_home(self, row: Row) -> Row:
        """Return a row with the home of its unit; one without a unit stands where it is."""
        homes = {unit["unit_id"]: unit["home_id"] for unit in self.standing_units}
        home = homes.get(row.get("unit_id"))
        return {**row, "home_id": home} if home and "home_id" in row else row

    def ledger(self) -> Ledger:
        """Return it as a ledger that can be written."""
        made = ledger_of(_frames(self.kept))
        return replace(made, removed=ledger_of(_frames(self.removed)).tables)


@st.composite
def imports(draw: st.DrawFn, held: Ledger) -> Ledger:
    """Return a workbook's ledger: a few rows of each table of what is held, and a few new ones."""
    book = _Book(ids={"authorities": held["authorities"]["authority_code"].to_list()})
    for table in TABLES:
        if table.name not in PAGES_ALONE:
            _draw_table(draw, table, held, book)
    return book.ledger()


def _draw_table(draw: st.DrawFn, table: Table, held: Ledger, book: _Book) -> None:
    standing = list(held[table.name].drop(ROW).iter_rows(named=True))
    touched = draw(st.sets(st.integers(0, len(standing) - 1), max_size=2)) if standing else set()
    kept: list[Row] = []
    removed: list[Row] = []
    for number, row in enumerate(standing):
        if book.is_removed(row):
            removed.append(row)
        elif number in touched:
            may_go = row[table.columns[0].name] not in _IN_USE.get(table.name, ())
            is_gone = may_go and draw(st.booleans())
            (removed if is_gone else kept).append(row if is_gone else _changed(draw, table, row))
    stays = [row[table.columns[0].name] for row in standing if row not in removed]
    ids = {table.name: stays, **book.ids}
    cells = {c.name: _cell(c, ids, required=c.required) for c in table.columns}
    if table.name == "absences":  # leave is of somebody who is posted
        people = {row["staff_id"] for row in (*held["staff"].to_dicts(), *book.kept["staff"])}
        gone = {row["staff_id"] for row in book.removed["staff"]}
        cells["staff_id"] = st.sampled_from(sorted(people - gone))
    if all(c.refers is None or ids[c.refers] or not c.required for c in table.columns):
        rows = st.lists(
            st.fixed_dictionaries(cells), max_size=2, unique_by=_key(table) if table.key else None
        )
        new = [book.at_home(row) for row in draw(rows)]
        taken = {_key(table)(row) for row in standing} if table.key else set()
        kept += [row for row in new if not table.key or _key(table)(row) not in taken]
    book.kept[table.name], book.removed[table.name] = kept, removed
    if table.name == "units":
        book.standing_units = [*standing, *kept]
    if table.name in _IN_USE:
        book.ids[table.name] = sorted({*stays, *(row[table.key[0]] for row in kept)})


def _changed(draw: st.DrawFn, table: Table, row: Row) -> Row:
    own = [c for c in table.columns if c.name not in table.key and c.refers is None]
    chosen = draw(st.lists(st.sampled_from(own), max_size=2, unique_by=lambda c: c.name))
    return {**row, **{c.name: draw(_cell(c, {}, required=c.required)) for c in chosen}}


def _key(table: Table) -> Callable[[Row], tuple[Any, ...]]:
    names = [name for name in table.key if name != "authority_code"]
    return lambda row: tuple(row[name] for name in names)


def _cell(
    column: Column, ids: Mapping[str, list[str]], *, required: bool
) -> st.SearchStrategy[Any]:
    if column.refers:
        known = ids[column.refers]
        cells: st.SearchStrategy[Any] = st.sampled_from(known) if known else st.none()
    elif column.codes is not None:
        cells = st.sampled_from(list(column.codes))
    else:
        cells = _BY_NAME[column.name] if column.name in _BY_NAME else _VALUES[column.kind]
    return cells if required else st.none() | cells


def _frames(rows: Mapping[str, list[Row]]) -> dict[str, pl.DataFrame]:
    return {
        table.name: pl.DataFrame(rows.get(table.name, []), table.schema, orient="row")
        for table in TABLES
    }
