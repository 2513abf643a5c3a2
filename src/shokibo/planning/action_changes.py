"""The actions of two plans side by side; an action has no key of its own."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import BY_NAME
from shokibo.planning.initiatives import Initiative
from shokibo.planning.plan import Plan

Change = Literal["added", "removed", "changed"]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Planned:
    """An action as one side has it; `effective` if it changes anything there."""

    fiscal_year: int
    unit_id: str | None
    initiative: Initiative
    announced: bool
    note: str | None
    effective: bool


@dataclass(frozen=True)
class ActionChange:
    """An action of a home that is on one side only or differs between the sides."""

    home_id: str
    before: Planned | None
    after: Planned | None

    @property
    def change(self) -> Change:
        """Whether it was added, removed or changed."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def action_changes(before: Plan, after: Plan, homes: list[str]) -> Iterator[ActionChange]:
    """Pair off equal actions, then those of one unit, then similar ones; the rest is one-sided."""
    all_old, all_new = (side.ledger["actions"].to_dicts() for side in (before, after))
    old = _beyond(all_old, Counter(map(_content, all_new)))
    new = _beyond(all_new, Counter(map(_content, all_old)))
    found: list[tuple[Row | None, Row | None]] = []
    for key in _ALIKE:
        paired: tuple[set[int], set[int]] = (set(), set())
        for one in dict.fromkeys(filter(None, map(key, old))):
            alike = [[n for n, row in enumerate(rows) if key(row) == one] for rows in (old, new)]
            for first, second in zip(*alike, strict=False):  # what one side has more of is left
                found.append((old[first], new[second]))
                paired[0].add(first)
                paired[1].add(second)
        old, new = (
            [row for n, row in enumerate(rows) if n not in gone]
            for rows, gone in zip((old, new), paired, strict=True)
        )
    found += [*((row, None) for row in old), *((None, row) for row in new)]
    planned_before, planned_after = _planned(before), _planned(after)
    changes = [
        ActionChange(
            (row or other or {})["home_id"],
            planned_before[row[ROW]] if row else None,
            planned_after[other[ROW]] if other else None,
        )
        for row, other in found
    ]
    order = {home: position for position, home in enumerate(homes)}
    yield from sorted(changes, key=lambda one: (order.get(one.home_id, len(order)), _year(one)))


def _year(change: ActionChange) -> int:
    return min(side.fiscal_year for side in (change.before, change.after) if side)


_ALIKE: tuple[Callable[[Row], tuple[Any, ...] | None], ...] = (
    lambda row: row["unit_id"] and (row["home_id"], row["unit_id"], row["action"]),
    lambda row: (row["home_id"], row["action"], row["fiscal_year"], row["unit_kind"]),
    lambda row: (row["home_id"], row["action"], row["unit_kind"], row["capacity"]),
)
"""Keys by which two actions are taken to be one that changed, surest first; None pairs nothing."""


def _content(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _CONTENT)


_CONTENT = [name for name in BY_NAME["actions"].schema if name != "authority_code"]


def _beyond(rows: Sequence[Row], others: Counter[tuple[Any, ...]]) -> list[Row]:
    """Return the rows left after each of the others has cancelled one equal row."""
    left = []
    for row in rows:
        if others[_content(row)]:
            others[_content(row)] -= 1
        else:
            left.append(row)
    return left


def _planned(plan: Plan) -> dict[int, Planned]:
    """Describe a plan's actions by their `_row`."""
    effective = {row[ROW]: row for row in plan.done.iter_rows(named=True)}
    kinds = dict(plan.ledger["units"].select("unit_id", "kind").iter_rows())
    planned = {}
    for row in plan.ledger["actions"].iter_rows(named=True):
        effect = effective.get(row[ROW], {})
        kind = row["unit_kind"] or kinds.get(row["unit_id"])
        planned[row[ROW]] = Planned(
            row["fiscal_year"],
            row["unit_id"],
            Initiative(
                row["action"],
                "main" if kind == "main_unit" else "group_home",
                row["count"] or 1,
                effect.get("before"),
                effect.get("after", row["capacity"]),
                row["new_function"],
            ),
            row["announced"] is not False,
            row["note"],
            bool(effect),
        )
    return planned
