"""The words of the forecast's fan chart: its groups, and the names of lines and bands."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from shokibo import calendar
from shokibo.documents.charts import Series
from shokibo.documents.forecast.fan import Band, FanChart, Panel
from shokibo.need.answers import Forecast, YearForecast
from shokibo.texts import Language, Text
from shokibo.wording import year_in_words

GROUPS = {
    "in_homes": Text("施設(児童養護施設と乳児院)", "In homes (children's and infant homes)"),
    "three_and_over": Text("児童養護施設(3歳以上)", "Children's homes (three and over)"),
    "infant_home": Text("乳児院(3歳未満)", "Infant homes (under three)"),
    "foster_care": Text("里親とファミリーホーム", "Foster care and family homes"),
    "foster": Text("里親", "Foster care"),
    "family_home": Text("ファミリーホーム", "Family homes"),
    "temporary_protection": Text("一時保護", "Temporary protection"),
    "other": Text("その他", "Other places"),
    "all": Text("全体", "All places"),
}
"""The groups in display order; the one of children's homes is three and over."""
_DRAWN = ("in_homes", "three_and_over", "foster_care")
_LEVELS = (("95%", "interval_95"), ("80%", "interval_80"), ("50%", "interval_50"))
_EXPECTED = Text("期待される人数", "Expected")
_NEED = Text("必要量", "Need")
_TODAY = Text("基準日", "The day")
_CHILDREN = Text("人", "children")


def groups_shown(found: Forecast, groups: Iterable[str] = GROUPS) -> list[str]:
    """Leave out groups that never have a child, and a total with only one part."""

    def is_empty(group: str) -> bool:
        later = any(year.groups[group].interval_95[1] for year in found.years)
        return not later and not found.known.now[group]

    same = "in_homes" if is_empty("infant_home") else ""
    return [group for group in groups if group != same and not is_empty(group)]


def fan_chart(
    found: Forecast, need: Mapping[str, Mapping[int, int]], language: Language
) -> FanChart:
    """Draw homes and foster care from the forecast's day on; `need` by group and fiscal year."""
    groups, years = groups_shown(found, _DRAWN), [year.fiscal_year for year in found.years]
    stated = {group: [need.get(group, {}).get(year) for year in years] for group in groups}
    is_stated = any(value is not None for values in stated.values() for value in values)
    panels = []
    for group in groups:
        lines = [_line(_EXPECTED.say(language), found, found.years, group)]
        if is_stated:
            lines.append(Series(_NEED.say(language), (None, *stated[group])))
        lines += [_line(one.name, found, one.years, group) for one in found.scenarios]
        panels.append(Panel(GROUPS[group].say(language), _bands(found, group), tuple(lines)))
    return FanChart(
        (_day(found, language), *(_year(year, language) for year in years)),
        tuple(panels),
        _CHILDREN.say(language),
    )


def _bands(found: Forecast, group: str) -> tuple[Band, ...]:
    now = found.known.now[group]
    return tuple(
        Band(name, ((now, now), *(getattr(year.groups[group], level) for year in found.years)))
        for name, level in _LEVELS
    )


def _line(name: str, found: Forecast, years: Iterable[YearForecast], group: str) -> Series:
    expected = (Decimal(year.groups[group].expected) for year in years)
    return Series(name, (found.known.now[group], *expected))


def _day(found: Forecast, language: Language) -> str:
    day = found.as_of.isoformat() if language == "en" else calendar.short_date(found.as_of)
    return f"{_TODAY.say(language)}\n{day}"


def _year(year: int, language: Language) -> str:
    if language == "en":
        return year_in_words(year, language)
    return calendar.fiscal_year_label(year).replace("年度", "\n年度末")
