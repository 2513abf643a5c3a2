"""What the forecast answers: children by group at each fiscal year's end, and how sure that is."""

import datetime as dt
from typing import Annotated

import msgspec

from shokibo.answers import Answer, about

Interval = Annotated[tuple[int, int], about("人数の幅。両端を含む", "children, both ends inside")]
Share = Annotated[str, about("%", "per cent, one decimal", "79.8")]


class GroupForecast(Answer, frozen=True):
    """Children of one group on one day: the expected number and where it will probably lie."""

    title = "区分の見通し"
    expected: Annotated[str, about("期待される児童数", "one decimal", "63.4")]
    interval_50: Interval
    interval_80: Interval
    interval_95: Interval


class YearForecast(Answer, frozen=True):
    """All groups at the end of one fiscal year."""

    title = "年度末の見通し"
    fiscal_year: int
    on: Annotated[dt.date, about("年度の末日")]
    groups: Annotated[dict[str, GroupForecast], about("区分ごとの見通し", "by group")]


class Known(Answer, frozen=True):
    """The record that the forecast is based on."""

    title = "予測のもとにした記録"
    from_month: Annotated[
        dt.date, about("記録がそろう最初の月", "the record is complete from this day on")
    ] = msgspec.field(name="from")
    episodes: Annotated[int, about("養育の経過の数", "begun on or before the day")]
    children: Annotated[int, about("児童数")]
    now: Annotated[dict[str, int], about("基準日の区分ごとの児童数", "children by group that day")]


class GroupRecord(Answer, frozen=True):
    """How well earlier forecasts of one group would have done."""

    title = "区分の予測の成績"
    forecasts: Annotated[int, about("比べた予測の数", "forecasts compared with the outcome")]
    within_50: Annotated[Share, about("50%の幅に入った割合")]
    within_80: Annotated[Share, about("80%の幅に入った割合")]
    within_95: Annotated[Share, about("95%の幅に入った割合")]
    error: Annotated[str, about("平均の誤差(人)", "mean absolute error, children", "2.31")]
    error_as_today: Annotated[
        str,
        about(
            "今のままと見たときの平均の誤差(人)",
            "the same for the count on the day itself",
            "3.87",
        ),
    ]
    interval_score: Annotated[
        str, about("幅の採点(小さいほどよい)", "weighted interval score, children", "1.52")
    ]


class HorizonRecord(Answer, frozen=True):
    """The record of forecasts this many fiscal year ends ahead."""

    title = "何年先かごとの成績"
    years_ahead: int
    groups: Annotated[dict[str, GroupRecord], about("区分ごとの成績", "by group")]


class Backtest(Answer, frozen=True):
    """Forecasts made as of earlier fiscal year ends, each from what was known at the time."""

    title = "過去にさかのぼった予測の成績"
    origins: Annotated[list[dt.date], about("予測した日", "each preceded by five years of record")]
    groups: Annotated[dict[str, GroupRecord], about("区分ごとの成績", "all horizons together")]
    horizons: Annotated[list[HorizonRecord], about("何年先かごとの成績")]


class Assumption(Answer, frozen=True):
    """What the forecast takes for granted."""

    title = "予測の前提"
    code: str
    what: Annotated[str, about("何を前提にしたか")]
    why: Annotated[str, about("なぜか")]
    sure: Annotated[str, about("どれほど確かか")]
    matters: Annotated[str, about("外れるとどれほど響くか")]


class ScenarioForecast(Answer, frozen=True):
    """The same forecast where something changes."""

    title = "場合分けの見通し"
    name: str
    years: Annotated[list[YearForecast], about("年度末ごとの見通し")]


class Forecast(Answer, frozen=True):
    """Children in care at the fiscal year ends to come."""

    title = "見通し"
    as_of: Annotated[dt.date, about("この日までに知られたことによる", "nothing later is looked at")]
    known: Annotated[Known, about("もとにした記録")]
    years: Annotated[list[YearForecast], about("年度末ごとの見通し")]
    paths: Annotated[int, about("試した経過の数", "simulated courses")]
    seed: Annotated[int, about("乱数の種", "the same seed gives the same answer")]
    backtest: Annotated[Backtest | None, about("成績。求めたときだけ", "only where asked for")]
    assumptions: Annotated[list[Assumption], about("前提")]
    scenarios: Annotated[list[ScenarioForecast], about("場合分け")]
