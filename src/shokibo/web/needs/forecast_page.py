"""The page of a forecast: its record first, then charts, tables and scenarios.

The answer holds counts alone. For a small group only intervals are shown: a figure with decimals
would pretend to know more about a few children.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.documents.forecast import fan
from shokibo.documents.forecast.panels import GROUPS, fan_chart, groups_shown
from shokibo.need.answers import Forecast, GroupForecast, GroupRecord, YearForecast
from shokibo.need.assumptions import assumptions
from shokibo.need.scenarios import Change
from shokibo.planning.targets import need_by_group
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.base.words import as_text, month
from shokibo.web.needs.asked import PERCENTILES, ForecastAsked, forecast_of, read
from shokibo.web.needs.grounds import is_outdated
from shokibo.web.needs.models import Calculation
from shokibo.web.needs.words import FLOWS
from shokibo.web.planning.contents import plan_ledger

SMALL = 10
"""Groups with fewer children are shown by intervals alone, records with fewer as "fewer"."""
PLANNED_BY = ("in_homes", "three_and_over", "foster_care", "all")
"""The groups by which an office plans, shown before the others."""
Needs = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True)
class FanPicture:
    """The fan chart of a group: interactive where scripts run, otherwise the SVG at its address."""

    name: str
    caption: str
    alt: str
    chart: fan.FanChart
    address: str

    @property
    def spec(self) -> dict[str, Any]:
        """The chart in Vega-Lite."""
        return fan.spec(self.chart, coloured=True)

    @cached_property
    def svg(self) -> str:
        """The chart as SVG."""
        return fan.svg(self.chart, coloured=True)


@dataclass(frozen=True)
class YearLine:
    """A group at a fiscal year's end: the expected number, three intervals, the stated need."""

    year: int
    expected: str
    intervals: list[str]
    need: str


@dataclass(frozen=True)
class GroupShown:
    """A group of the forecast with its table and, unless it is small, its chart."""

    code: str
    name: str
    lines: list[YearLine]
    picture: FanPicture | None


@dataclass(frozen=True)
class Sides:
    """The scenarios of a group side by side: their names, and their figures by year."""

    code: str
    name: str
    heads: list[str]
    rows: list[tuple[int, list[str]]]


def shown(office: Office, calculation: Calculation) -> dict[str, Any]:
    """Return the context of a forecast's page."""
    found = forecast_of(calculation.answer).forecast
    drawn = pictures(office, calculation, found)
    needs = _needs(office)
    groups = [
        GroupShown(
            group,
            as_text(GROUPS[group]),
            _lines(found.years, group, needs),
            drawn.get(group),
        )
        for group in groups_shown(found)
    ]
    sides = list(_scenarios(found))
    children = found.known.children
    return {
        "calculation": calculation,
        "found": found,
        "day": found.as_of,
        "outdated": is_outdated(calculation),
        "children": (_("%(n)s人未満") if children < SMALL else _("%(n)s人"))
        % {"n": max(children, SMALL)},
        "record": _record(found),
        "groups": [one for one in groups if one.code in PLANNED_BY],
        "rest": [one for one in groups if one.code not in PLANNED_BY],
        "scenarios": [one for one in sides if one.code in PLANNED_BY],
        "scenarios_rest": [one for one in sides if one.code not in PLANNED_BY],
        "scenario_words": list(_scenario_words(read(calculation.asked, ForecastAsked))),
        "percentiles": PERCENTILES,
        "assumptions": assumptions(language()),
        "may_write": office.may(Permission.PLAN_WRITE),
    }


def pictures(office: Office, calculation: Calculation, found: Forecast) -> dict[str, FanPicture]:
    """Draw the groups by which an office plans and that are not small, by name."""
    chart, drawn = fan_chart(found, _needs(office), language()), {}
    names = {as_text(text): group for group, text in GROUPS.items()}
    for panel in chart.panels:
        group = names[panel.title]
        if is_small(found.years, group):
            continue
        last = found.years[-1].groups[group]
        alt = _(
            "%(group)sの見通し。最後の年度末に期待される人数は%(n)s人、80%%の幅は%(span)s。"
        ) % {
            "group": panel.title,
            "n": last.expected,
            "span": _span(last.interval_80),
        }
        drawn[group] = FanPicture(
            f"picture-{group}",
            panel.title,
            alt,
            replace(chart, panels=(replace(panel, title=""),)),
            reverse("needs:forecast_picture", args=[office.authority.code, calculation.pk, group]),
        )
    return drawn


def is_small(years: list[YearForecast], group: str) -> bool:
    """Whether a group is so small that only its intervals are shown."""
    return all(Decimal(year.groups[group].expected) < SMALL for year in years)


def _needs(office: Office) -> Needs:
    return need_by_group(plan_ledger(office.authority))


def _lines(years: list[YearForecast], group: str, needs: Needs) -> list[YearLine]:
    small, stated = is_small(years, group), needs.get(group, {})
    lines = []
    for year in years:
        one, need = year.groups[group], stated.get(year.fiscal_year)
        spans = [_span(ends) for ends in (one.interval_50, one.interval_80, one.interval_95)]
        lines.append(
            YearLine(
                year.fiscal_year,
                "—" if small else one.expected,
                spans,
                "—" if need is None else f"{need:,}",
            )
        )
    return lines


def _span(ends: tuple[int, int]) -> str:
    low, high = ends
    return f"{low:,}" if low == high else f"{low:,}～{high:,}"


def _record(found: Forecast) -> dict[str, Any] | None:
    """Return how earlier forecasts would have done; None if the record is too short."""
    past = found.backtest
    if past is None or not past.origins:
        return None
    shown = groups_shown(found)
    return {
        "origins": past.origins,
        "groups": list(_records(past.groups, [one for one in shown if one in PLANNED_BY])),
        "rest": list(_records(past.groups, [one for one in shown if one not in PLANNED_BY])),
        "horizons": [(one.years_ahead, list(_records(one.groups, shown))) for one in past.horizons],
        "of_homes": past.groups.get("in_homes"),
        "is_worse": [
            as_text(GROUPS[group])
            for group in shown
            if group in PLANNED_BY and _is_worse(past.groups[group])
        ],
    }


def _is_worse(one: GroupRecord) -> bool:
    """Whether “as it is today” would have erred less."""
    return Decimal(one.error) >= Decimal(one.error_as_today)


def _records(
    records: Mapping[str, GroupRecord], groups: list[str]
) -> Iterator[tuple[str, GroupRecord]]:
    for group in groups:
        if group in records:
            yield as_text(GROUPS[group]), records[group]


def _scenarios(found: Forecast) -> Iterator[Sides]:
    """Lay the scenarios side by side, a group a table."""
    if not found.scenarios:
        return
    names = [_("変わらない場合"), *(one.name for one in found.scenarios)]
    for group in groups_shown(found):
        small, rows = is_small(found.years, group), []
        for number, year in enumerate(found.years):
            courses = [year, *(one.years[number] for one in found.scenarios)]
            sides = [_side(one.groups[group], small=small) for one in courses]
            rows.append((year.fiscal_year, sides))
        yield Sides(group, as_text(GROUPS[group]), names, rows)


def _scenario_words(asked: ForecastAsked) -> Iterator[str]:
    """Describe the changes of each scenario, a sentence each."""
    for scenario in asked.scenarios:
        for change in scenario.changes:
            words = _("「%(name)s」:%(month)sから、%(group)sで%(flow)s児童が%(size)s")
            yield words % {
                "name": scenario.name,
                "month": month(scenario.from_month),
                "group": as_text(GROUPS[change.group]),
                "flow": _(FLOWS[change.flow]),
                "size": _size(change),
            }


def _size(change: Change) -> str:
    factor = _("%(n)s倍") % {"n": f"{change.factor:g}"} if change.factor != 1 else ""
    add = _("1年に%(n)s人増") % {"n": f"{change.add:+g}"} if change.add else ""
    return _("、").join(filter(None, (factor, add))) or _("変わらない")


def _side(one: GroupForecast, *, small: bool) -> str:
    """Format the expected number with its 80 % interval; for a small group the interval alone."""
    span = _span(one.interval_80)
    return span if small else f"{one.expected}({span})"
