"""Two versions of the plan, or a version and the draft, in the words of the page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shokibo.law.own_values import meaning_of
from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.tables import BY_NAME
from shokibo.planning.action_changes import Planned
from shokibo.planning.comparing import (
    KEYS,
    Comparison,
    RowChange,
    compare,
)
from shokibo.planning.initiatives import sentence
from shokibo.web.base.language import language
from shokibo.web.base.words import circle, comma, day_or_month, month, nendo, signed, wareki
from shokibo.web.planning.contents import Contents
from shokibo.web.planning.models import PlanVersion
from shokibo.web.register.models import Authority

DRAFT = "draft"
"""How an address names the draft; a version is named by its number."""

MEASURES = {
    "main_six_or_more": gettext_noop("本体施設 6人以上(か所)"),
    "main_five_to_four": gettext_noop("本体施設 5～4人(か所)"),
    "main_three_or_fewer": gettext_noop("本体施設 3人以下(か所)"),
    "main_capacity": gettext_noop("本体施設の定員(人)"),
    "group_six_or_more": gettext_noop("グループホーム 6人以上(か所)"),
    "group_five_to_four": gettext_noop("グループホーム 5～4人(か所)"),
    "group_three_or_fewer": gettext_noop("グループホーム 3人以下(か所)"),
    "group_count": gettext_noop("グループホーム(か所)"),
    "group_capacity": gettext_noop("グループホームの定員(人)"),
    "total": gettext_noop("合計定員(人)"),
    "share": gettext_noop("グループホームの割合(％)"),
    "target": gettext_noop("目標の定員(人)"),
    "target_share": gettext_noop("目標のグループホームの割合(％)"),
    "need": gettext_noop("必要量(人、3歳以上)"),
    "gap": gettext_noop("目標と必要量の差(人)"),
    "expenditure": gettext_noop("歳出(円)"),
    "revenue": gettext_noop("歳入(円)"),
    "net": gettext_noop("差引(円)"),
    "addons": gettext_noop("認定した加算の金額(円)"),
}
CHANGES = {
    "added": gettext_noop("追加"),
    "removed": gettext_noop("削除"),
    "changed": gettext_noop("変更"),
}


@dataclass(frozen=True)
class Cell:
    """A figure of a year on both sides; `difference` is blank if it does not differ."""

    before: str
    after: str
    difference: str

    @property
    def differs(self) -> bool:
        """Whether the sides differ."""
        return self.before != self.after


@dataclass(frozen=True)
class Change:
    """A change in words: what it is about, what happened, how it was and how it is."""

    subject: str
    change: str
    label: str
    lines: tuple[tuple[str, str, str], ...]


def compared(before: Contents, after: Contents) -> Comparison:
    """Compare one with the other. Raises NoPlanError, NoHomesError."""
    return compare(before.side, after.side)


def in_words(found: Comparison) -> list[tuple[str, list[Change]]]:
    """Describe what changed, in groups with headings; a group without a change is left out."""
    groups = [(_("取組"), list(_actions(found)))]
    for table in KEYS:
        rows = [_row(row, found.homes) for row in found.rows if row.table == table]
        groups.append((_(BY_NAME[table].sheet), rows))
    return [(heading, changes) for heading, changes in groups if changes]


def _actions(found: Comparison) -> Iterator[Change]:
    columns = BY_NAME["actions"]
    for one in found.actions:
        before, after = (_planned(side) for side in (one.before, one.after))
        lines = [("", before, after)] if before != after else []
        if one.before and one.after:
            details = (
                ("unit_id", one.before.unit_id, one.after.unit_id),
                ("announced", circle(one.before.announced), circle(one.after.announced)),
                ("note", one.before.note, one.after.note),
            )
            lines += [
                (_(columns.column(name).header), old or "—", new or "—")
                for name, old, new in details
                if (old or "") != (new or "")
            ]
        yield Change(
            found.homes.get(one.home_id, one.home_id),
            one.change,
            _(CHANGES[one.change]),
            tuple(lines),
        )


def _planned(side: Planned | None) -> str:
    if side is None:
        return ""
    words = f"{nendo(side.fiscal_year)} {sentence(side.initiative, language())}"
    return words if side.effective else words + _("(効果のない取組)")


def _row(row: RowChange, homes: Mapping[str, str]) -> Change:
    table = BY_NAME[row.table]
    key = [
        meaning_of(str(value)).say(language())
        if (row.table, name) == ("parameters", "name")
        else _shown(table.column(name), value, homes)
        for name, value in zip(KEYS[row.table], row.key, strict=True)
        if value is not None
    ]
    lines = tuple(
        (
            _(each.column.header),
            _shown(each.column, each.before, homes),
            _shown(each.column, each.after, homes),
        )
        for each in row.fields
    )
    return Change(" ".join(key) or _(table.sheet), row.change, _(CHANGES[row.change]), lines)


def _shown(column: Column, value: Any, homes: Mapping[str, str]) -> str:
    """Write a value of a column as a page does."""
    if value is None:
        return ""
    if column.name == "home_id":
        return homes.get(value, value)
    if column.codes is not None:
        return str(_(column.codes.get(value, value)))
    return _WRITTEN.get(column.kind, str)(value)


_WRITTEN: dict[Kind, Callable[[Any], str]] = {
    Kind.FISCAL_YEAR: nendo,
    Kind.YES_NO: circle,
    Kind.DATE: wareki,
    Kind.DATE_OR_MONTH: day_or_month,
    Kind.MONTH: month,
    Kind.YEN: comma,
    Kind.INTEGER: comma,
}


def in_figures(found: Comparison, *, all_rows: bool) -> list[dict[str, Any]]:
    """Lay figures out by home and year: rows that differ, or all; a home without any left out."""
    parts = []
    for part in found.figures:
        rows = [
            (
                _(MEASURES[line.measure]),
                [
                    Cell(
                        _figure(pair.before),
                        _figure(pair.after),
                        signed(pair.difference) if pair.difference else "",
                    )
                    for pair in line.pairs
                ],
            )
            for line in part.lines
            if all_rows or line.differs
        ]
        if rows:
            name = _("自治体合計") if part.home_id is None else found.homes[part.home_id]
            parts.append({"name": name, "years": part.years, "rows": rows})
    return parts


def _figure(value: int | Decimal | None) -> str:
    return "—" if value is None else comma(value)


@dataclass(frozen=True)
class Chosen:
    """One side as a page names it."""

    name: str
    label: str
    contents: Contents


def choices(authority: Authority) -> list[tuple[str, str]]:
    """Return what can be compared, the draft first."""
    rows = PlanVersion.objects.filter(authority=authority).defer("snapshot", "figures")
    return [
        (DRAFT, _("作業中の計画")),
        *((str(row.number), label_of(row)) for row in rows.order_by("-number")),
    ]


def label_of(version: PlanVersion) -> str:
    """Name a version with its state."""
    return _("第%(n)s版(%(state)s)") % {
        "n": version.number,
        "state": version.get_state_display(),
    }


def chosen(authority: Authority, name: str) -> Chosen:
    """Return a side by its name, which is one of `choices`."""
    if name == DRAFT:
        return Chosen(DRAFT, _("作業中の計画"), Contents.of_draft(authority))
    row = PlanVersion.objects.get(authority=authority, number=int(name))
    return Chosen(name, label_of(row), Contents.of_version(row))
