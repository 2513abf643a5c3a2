"""Two plans side by side: what was added, removed or changed, row by row and figure by figure.

Nothing here is in words: a row's columns have the ledger's names, an action has its sentence.
A plan compared with itself has no differences, and swapping sides changes every sign.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

import polars as pl

from shokibo.ledger.columns import Column
from shokibo.ledger.tables import BY_NAME
from shokibo.planning.action_changes import ActionChange, Change, Row, action_changes
from shokibo.planning.plan import Plan
from shokibo.rounding import percent

Value = str | int | bool | Decimal | None


@dataclass(frozen=True)
class Side:
    """A plan to compare, with the Markdown of each section (the default if there is no other)."""

    plan: Plan
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """A column of a row on both sides, as declared by the ledger."""

    column: Column
    before: Value
    after: Value


@dataclass(frozen=True)
class RowChange:
    """A row of a table by its key: only on one side, or with the columns that differ."""

    table: str
    key: tuple[Value, ...]
    change: Change
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Pair:
    """A figure on both sides; None if there is none."""

    before: int | Decimal | None
    after: int | Decimal | None

    @property
    def differs(self) -> bool:
        """Whether the sides have different figures."""
        return self.before != self.after

    @property
    def difference(self) -> int | Decimal | None:
        """After minus before; None if one side has no figure."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True)
class Line:
    """A measure over the years of `Figures`."""

    measure: str
    pairs: tuple[Pair, ...]

    @property
    def differs(self) -> bool:
        """Whether any year differs."""
        return any(pair.differs for pair in self.pairs)


@dataclass(frozen=True)
class Figures:
    """The figures of a home, or of all together if `home_id` is None, by fiscal year."""

    home_id: str | None
    years: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def differs(self) -> bool:
        """Whether any line differs."""
        return any(line.differs for line in self.lines)


@dataclass(frozen=True)
class TextChange:
    """A section whose text differs: its lines, each kept, removed or added."""

    section: str
    lines: tuple[tuple[Literal["kept", "removed", "added"], str], ...]


@dataclass(frozen=True)
class Comparison:
    """All differences, and the figures of both sides. `homes` names the homes of either side."""

    homes: Mapping[str, str]
    actions: tuple[ActionChange, ...]
    rows: tuple[RowChange, ...]
    texts: tuple[TextChange, ...]
    figures: tuple[Figures, ...]

    @property
    def differs(self) -> bool:
        """Whether the sides differ in anything."""
        in_words = bool(self.actions or self.rows or self.texts)
        return in_words or any(part.differs for part in self.figures)


def compare(before: Side, after: Side) -> Comparison:
    """Compare two plans of one authority; homes come in the order of `after`."""
    years = tuple(sorted({*before.plan.years, *after.plan.years}))
    homes = {**after.plan.names, **before.plan.names} | after.plan.names
    return Comparison(
        homes,
        tuple(action_changes(before.plan, after.plan, list(homes))),
        tuple(_rows(before, after)),
        tuple(_texts(before.texts, after.texts)),
        (
            _figures(None, years, _of_all(before), _of_all(after)),
            *(
                _figures(home, years, _of_home(before, home), _of_home(after, home))
                for home in homes
            ),
        ),
    )


# Rows by their keys


def _rows(before: Side, after: Side) -> Iterator[RowChange]:
    for table in KEYS:
        all_old, all_new = _by_key(table, before), _by_key(table, after)
        for key in dict.fromkeys([*all_old, *all_new]):
            old, new = all_old.get(key, {}), all_new.get(key, {})
            fields = []
            for name in dict.fromkeys([*old, *new]):
                if old.get(name) != new.get(name):
                    # a unit's capacity is a column of another table
                    holder = "capacities" if (table, name) == ("units", "capacity") else table
                    column = BY_NAME[holder].column(name)
                    fields.append(Field(column, old.get(name), new.get(name)))
            if key not in all_old or key not in all_new:
                change: Change = "added" if key in all_new else "removed"
                yield RowChange(table, key, change, tuple(fields))
            elif fields:
                yield RowChange(table, key, "changed", tuple(fields))


KEYS: dict[str, tuple[str, ...]] = {
    "plan": (),
    "targets": ("fiscal_year", "item"),
    "need": ("fiscal_year", "age_band"),
    "population": ("fiscal_year", "age_band"),
    "care_rates": ("fiscal_year", "age_band"),
    "costs": ("fiscal_year", "item", "account", "timing", "basis"),
    "parameters": ("name", "effective_from"),
    "homes": ("home_id",),
    "units": ("home_id", "unit_id"),
    "occupancy": ("as_of", "population", "home_id", "place"),
}
"""The tables that are compared, with the columns that form the key of a row."""


def _by_key(table: str, side: Side) -> dict[tuple[Value, ...], Row]:
    """Return a table's compared rows by their keys; the authority is the same on both sides."""
    if table == "homes":
        return _homes(side)
    if table == "units":
        return _units(side)
    key = KEYS[table]
    others = [name for name in BY_NAME[table].schema if name not in (*key, "authority_code")]
    return {
        tuple(row[name] for name in key): {name: row[name] for name in others}
        for row in side.plan.ledger[table].iter_rows(named=True)
    }


def _homes(side: Side) -> dict[tuple[Value, ...], Row]:
    found = side.plan.ledger["homes"].join(side.plan.homes, on="home_id", how="semi")
    return {
        (row["home_id"],): {"name": row["name"], "operator": row["operator"]}
        for row in found.iter_rows(named=True)
    }


def _units(side: Side) -> dict[tuple[Value, ...], Row]:
    """Return the units open at the baseline, on which every figure is based."""
    names = dict(side.plan.ledger["units"].select("unit_id", "name").iter_rows())
    found = side.plan.events.units.filter(pl.col("born").is_null())
    return {
        (row["home_id"], row["unit"]): {
            "name": names[row["unit"]],
            "kind": row["kind"],
            "capacity": row["capacity"],
        }
        for row in found.iter_rows(named=True)
    }


# Texts by line


def _texts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[TextChange]:
    for section in dict.fromkeys([*before, *after]):
        old, new = (side.get(section, "").strip() for side in (before, after))
        if old != new:
            yield TextChange(section, tuple(_lines(old.splitlines(), new.splitlines())))


def _lines(
    old: list[str], new: list[str]
) -> Iterator[tuple[Literal["kept", "removed", "added"], str]]:
    for _, begin, end, start, stop in _steps(old, new):
        if old[begin:end] == new[start:stop]:
            yield from (("kept", line) for line in old[begin:end])
            continue
        yield from (("removed", line) for line in old[begin:end])
        yield from (("added", line) for line in new[start:stop])


def _steps(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Match lines the same way from either side: the smaller text is matched to the other."""
    if old <= new:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    turned = SequenceMatcher(None, new, old, autojunk=False).get_opcodes()
    return [(tag, start, stop, begin, end) for tag, begin, end, start, stop in turned]


# Figures by year

Measured = Mapping[int, Mapping[str, int | Decimal | None]]


def _figures(
    home_id: str | None, years: tuple[int, ...], before: Measured, after: Measured
) -> Figures:
    measures = dict.fromkeys(
        name for side in (before, after) for figures in side.values() for name in figures
    )
    return Figures(
        home_id,
        years,
        tuple(
            Line(
                name,
                tuple(
                    Pair(before.get(year, {}).get(name), after.get(year, {}).get(name))
                    for year in years
                ),
            )
            for name in measures
        ),
    )


def _of_home(side: Side, home_id: str) -> Measured:
    rows = side.plan.ends.filter(pl.col("home_id") == home_id)
    return {row["fiscal_year"]: _year_end(row) for row in rows.iter_rows(named=True)}


def _of_all(side: Side) -> Measured:
    plan = side.plan
    found: dict[int, dict[str, int | Decimal | None]] = {}
    for row, budget in zip(plan.all.iter_rows(named=True), plan.budgets, strict=True):
        year = row["fiscal_year"]
        targets, need = plan.targets_of(year), plan.need.get(year)
        target = targets.total.value
        found[year] = _year_end(row) | {
            "target": target,
            "target_share": _decimal(targets.share_percent),
            "need": need,
            "gap": None if need is None else target - need,
            "expenditure": budget.expenditure_total,
            "revenue": budget.revenue_total,
            "net": budget.net,
            "addons": sum(line.amount for line in budget.amounts),
        }
    return found


def _year_end(row: Row) -> dict[str, int | Decimal | None]:
    total = row["main_capacity"] + row["group_capacity"]
    return {
        **{name: row[name] for name in YEAR_END},
        "total": total,
        "share": _decimal(percent(row["group_capacity"], total)),
    }


def _decimal(printed: str | None) -> Decimal | None:
    return None if printed is None else Decimal(printed)


YEAR_END = (
    *("main_six_or_more", "main_five_to_four", "main_three_or_fewer", "main_capacity"),
    *("group_six_or_more", "group_five_to_four", "group_three_or_fewer"),
    *("group_count", "group_capacity"),
)
