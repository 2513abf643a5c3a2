"""A forecast made by hand, for what is drawn and printed of one."""

import datetime as dt
from collections.abc import Mapping

from shokibo.need.answers import (
    Backtest,
    Forecast,
    GroupForecast,
    GroupRecord,
    HorizonRecord,
    Known,
    ScenarioForecast,
    YearForecast,
)
from shokibo.need.scenarios import GROUPS, PLACES

NOW = {"children_home": 64, "infant_home": 5, "foster": 20, "family_home": 4,
       "temporary_protection": 9, "other": 0}  # fmt: skip


def forecast(
    now: Mapping[str, int] = NOW, scenarios: Mapping[str, int] | None = None, *, tested: bool = True
) -> Forecast:
    """Return a forecast of 令和3年度 to 令和8年度; a scenario has so many more in each place."""
    there = {place: now.get(place, 0) for place in PLACES}
    groups: dict[str, int] = {
        group: sum(there[place] for place in GROUPS[group]) for group in GROUPS
    }
    record = GroupRecord(30, "50.0", "80.0", "96.7", "2.31", "3.87", "1.52")
    records = dict.fromkeys(groups, record)
    backtest = Backtest(
        [dt.date(2011, 3, 31), dt.date(2012, 3, 31)], records, [HorizonRecord(1, records)]
    )
    return Forecast(
        dt.date(2021, 9, 30),
        Known(dt.date(2006, 4, 1), 800, 700, groups),
        _years(groups, 0),
        10_000,
        1,
        backtest if tested else None,
        [],
        [ScenarioForecast(name, _years(groups, more)) for name, more in (scenarios or {}).items()],
    )


def _years(groups: Mapping[str, int], more: int) -> list[YearForecast]:
    return [
        YearForecast(
            year,
            dt.date(year + 1, 3, 31),
            {group: _group(now + more if now else 0, ahead) for group, now in groups.items()},
        )
        for ahead, year in enumerate(range(2021, 2027), start=1)
    ]


def _group(middle: int, ahead: int) -> GroupForecast:
    def ends(width: int) -> tuple[int, int]:
        return (max(middle - width * ahead, 0), middle + width * ahead if middle else 0)

    return GroupForecast(f"{middle:.1f}", ends(1), ends(2), ends(3))
