"""The plan's year-end tables as pages show them: words and figures by year."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shokibo.documents.blocks import Cell
from shokibo.documents.years import Group, Line, line
from shokibo.planning.outline import AuthorityYear, PlanYear, home_rows
from shokibo.planning.plan import Plan
from shokibo.planning.targets import Target
from shokibo.web.base import words
from shokibo.web.base.language import language

Rows = Sequence[PlanYear]
AuthorityRows = list[AuthorityYear]


@dataclass(frozen=True)
class YearTable:
    """A table with a column a fiscal year. `corner` heads its columns."""

    caption: str
    years: list[int]
    groups: list[Group]
    corner: str


@dataclass(frozen=True)
class Measure:
    """What an officer wants to see at once while typing, by year."""

    year: int
    places: str
    share: str
    gap: str
    is_short: bool


def authority_table(plan: Plan, rows: AuthorityRows) -> YearTable:
    """Lay out the authority's year ends with targets and need."""
    # units of three places or fewer have no target: they are shown where there are any
    smallest = [
        _line(word, rows, lambda row, part=part: getattr(row, part).three_or_fewer)
        for part, word in (
            ("main", _("本体施設(ユニット)")),
            ("group_homes", _("グループホーム(か所)")),
        )
        if any(getattr(row, part).three_or_fewer for row in rows)
    ]
    totals = [
        _line(_("目標"), rows, lambda row: roughly(row.target.total)),
        _line(_("施設の計画の合計"), rows, lambda row: row.total),
        _line(_("差"), rows, lambda row: signed(row.difference)),
    ]
    if any(row.target.total.reason for row in rows):
        totals.append(_text(_("差の理由"), rows, lambda row: row.target.total.reason or "—"))
    shares = [
        _line(_("目標"), rows, lambda row: _percent(row.target.share_percent)),
        _line(_("施設の計画"), rows, lambda row: _percent(row.share_percent)),
    ]
    need = [
        _line(_("必要量"), rows, lambda row: row.need),
        _line(_("目標と必要量の差"), rows, lambda row: signed(row.gap)),
        _line(_("施設の計画と必要量の差"), rows, lambda row: signed(row.gap_homes)),
    ]
    over_most = _("%(most)s人を超えるユニット") % {"most": plan.main_unit_most}
    elements = [
        _line(_("本体施設の定員"), rows, lambda row: row.main.capacity),
        _line(_("ユニット1か所あたりの定員"), rows, lambda row: row.elements.places_per_main_unit),
        _line(over_most, rows, lambda row: row.elements.main_units_over_six),
        _line(_("グループホームのか所数"), rows, lambda row: row.group_homes.count),
        _line(_("グループホームの定員"), rows, lambda row: row.group_homes.capacity),
    ]
    groups = [
        Group(_("目標:本体施設"), _targets(rows, _MAIN)),
        Group(_("目標:グループホーム"), _targets(rows, _GROUP)),
        *([Group(_("3人以下定員(施設の計画)"), smallest)] if smallest else []),
        Group(_("合計定員"), totals),
        Group(_("グループホームの定員の割合"), shares),
        Group(_("必要量(3歳以上)"), need),
        Group(_("小規模化の三つの要素(施設の計画)"), elements),
        Group(_("主な取組み"), [_initiatives(rows)]),
    ]
    return YearTable(_("年度末の姿(全施設)"), plan.years, groups, _("年度末"))


def home_table(plan: Plan, home_id: str, name: str) -> YearTable:
    """Lay out a home's year ends with its initiatives."""
    rows = home_rows(plan, home_id, language())
    groups = [
        Group(_("本体施設"), list(_bands(rows, "main"))),
        Group(_("グループホーム"), list(_bands(rows, "group_homes"))),
        Group(
            _("合計定員"),
            [
                _line(_("合計定員"), rows, lambda row: row.total),
                _line(_("グループホームの割合"), rows, lambda row: _percent(row.share_percent)),
            ],
        ),
        Group(_("主な取組み"), [_initiatives(rows)]),
    ]
    return YearTable(name, plan.years, groups, _("年度末"))


def measures(rows: AuthorityRows) -> list[Measure]:
    """Return the few figures that stay in sight while somebody types."""
    return [
        Measure(
            row.fiscal_year,
            figure(row.total),
            _percent(row.share_percent),
            signed(row.gap_homes),
            row.gap_homes is not None and row.gap_homes < 0,
        )
        for row in rows
    ]


_MAIN = {
    "main_six_or_more": gettext_noop("6人以上定員(ユニット)"),
    "main_five_to_four": gettext_noop("5～4人定員(ユニット)"),
    "main_capacity": gettext_noop("定員"),
}
_GROUP = {
    "group_six_or_more": gettext_noop("6人以上定員(か所)"),
    "group_five_to_four": gettext_noop("5～4人定員(か所)"),
    "group_count": gettext_noop("か所数"),
    "group_capacity": gettext_noop("定員"),
}


def _targets(rows: AuthorityRows, items: Mapping[str, str]) -> list[Line]:
    return [
        _line(_(words), rows, lambda row, item=item: roughly(getattr(row.target, item)))
        for item, words in items.items()
    ]


def _bands(rows: Rows, part: str) -> Iterator[Line]:
    words = {
        "six_or_more": _("6人以上定員"),
        "five_to_four": _("5～4人定員"),
        "three_or_fewer": _("3人以下定員"),
    }
    for band, word in words.items():
        if band != "three_or_fewer" or any(getattr(getattr(row, part), band) for row in rows):
            yield _line(word, rows, lambda row, band=band: getattr(getattr(row, part), band))
    if part == "group_homes":
        yield _line(_("か所数"), rows, lambda row: row.group_homes.count)
    yield _line(_("定員"), rows, lambda row: getattr(row, part).capacity)


def _initiatives(rows: Rows) -> Line:
    return _text(
        _("主な取組み"), rows, lambda row: "\n".join(one.text for one in row.initiatives) or "—"
    )


def _line(head: str, rows: Rows, cell: Callable[..., Any]) -> Line:
    return line(head, rows, lambda row: Cell(cell(row)))


def _text(head: str, rows: Rows, cell: Callable[..., str]) -> Line:
    return Line(head, tuple(Cell(cell(row)) for row in rows), is_text=True)


def figure(value: object) -> str:
    """Write a figure; a dash if it is not known."""
    return "—" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def signed(value: int | None) -> str:
    """Write a difference with its sign, as the document does; a dash if it is not known."""
    return "—" if value is None else words.signed(value)


def roughly(target: Target) -> str:
    """Write a target, marked where it is 程度."""
    value = figure(target.value)
    return _("%(value)s程度") % {"value": value} if target.approximate else value


def _percent(share: str | None) -> str:
    return "—" if share is None else f"{share}%"
