"""The command forecast."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from shokibo.cli.executors import executor_of
from shokibo.cli.ledgers import Carrier, carrier_of, write_ledger
from shokibo.cli.options import (
    DAY_SHOWN,
    DEFAULT,
    ArgumentError,
    AuthorityCode,
    Common,
    LedgerArgument,
    OptionalFiscalYear,
    OptionalOutputFile,
    Scheduler,
    Workers,
    help_text,
    integer,
)
from shokibo.cli.printing import WRITTEN, computing, count_findings, print_json, print_message, say
from shokibo.cli.scenarios import read_scenarios
from shokibo.texts import Language, Text
from shokibo.wording import fill

if TYPE_CHECKING:
    import polars as pl

    from shokibo.documents.forecast.fan import FanChart
    from shokibo.ledger.findings import Finding
    from shokibo.ledger.model import Ledger

PATHS, MOST_PATHS = 10_000, 1_000_000
AHEAD = 5
"""Fiscal year ends to forecast if neither an option nor the plan asks for more."""

AsOf = Annotated[
    str | None,
    Parameter(
        metavar=DAY_SHOWN,
        help=help_text(
            "基準日。後に分かったことは見ない。省けば記録の最後の月の末日",
            "The day; nothing later is used. Default: the end of the record's last month",
        ),
    ),
]
ToYear = Annotated[
    OptionalFiscalYear,
    Parameter(
        help=help_text(
            "どの年度末まで見通すか。例:2029、R11。省けば5年先、計画の終わりが後ならそこまで",
            "Last fiscal year: 2029, R11; default: the fifth, or the plan's last if later",
        )
    ),
]
Scenarios = Annotated[
    list[Path] | None,
    Parameter(
        name="--scenario",
        negative="",
        help=help_text(
            "場合分けのファイル(YAML)。繰り返してよい", "A scenario (YAML); may be repeated"
        ),
    ),
]
Chart = Annotated[
    Path | None,
    Parameter(
        help=help_text("図を書き出す先(.svg、.png)", "Where to write the chart (.svg, .png)")
    ),
]


def forecast(
    ledger: LedgerArgument,
    /,
    *,
    as_of: AsOf = None,
    to: ToYear = None,
    paths: Annotated[
        int, integer(100, MOST_PATHS, "試す経過の数", "How many courses to simulate")
    ] = PATHS,
    seed: Annotated[
        int,
        integer(
            0, 2**31 - 1, "乱数の種。同じ種なら同じ答え", "Seed: the same gives the same answer"
        ),
    ] = 1,
    scenario: Scenarios = None,
    backtest: Annotated[
        bool,
        Parameter(
            negative="",
            help=help_text(
                "過去の時点から見通して、実際と比べた成績も示す",
                "Also forecast from earlier days, and compare with what came",
            ),
        ),
    ] = False,
    workers: Workers = None,
    scheduler: Scheduler = None,
    chart: Chart = None,
    output: OptionalOutputFile = None,
    quantile: Annotated[
        int,
        integer(
            1,
            99,
            "--output の必要量にする百分位。50 は中央",
            "Percentile that --output takes as the need; 50 is the middle",
        ),
    ] = 50,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Forecast the children in care at the coming year ends, with the uncertainty."""
    from shokibo.checking import check
    from shokibo.cli.forecast_tables import print_forecast
    from shokibo.cli.opening import day_of, one_authority, open_ledger
    from shokibo.documents.forecast.panels import fan_chart
    from shokibo.need.adopting import need_at
    from shokibo.need.forecast import as_of_default
    from shokibo.need.forecast import draw as draw_courses
    from shokibo.need.forecast import forecast as compute
    from shokibo.planning.targets import need_by_group

    draw = _drawn_as(chart, common.lang) if chart else None
    carrier = carrier_of(output, common.lang) if output else None
    scenarios = read_scenarios(scenario or [], common.lang)
    whole, law = open_ledger(ledger, common)
    part, own_law = one_authority(whole, law, authority, common)
    day = day_of(as_of, common) if as_of else as_of_default(part)
    last = _last_year(part, day) if to is None else to
    with executor_of(workers, scheduler, common.lang) as executor, computing(common.lang):
        drawn = draw_courses(part, day, last, paths=paths, seed=seed, executor=executor)
        found = compute(
            part,
            drawn,
            scenarios=scenarios,
            executor=executor,
            backtest=backtest,
            language=common.lang,
        )
    need = need_by_group(part)
    if chart and draw:
        _write_chart(chart, draw, fan_chart(found, need, common.lang), common.lang)
    if output and carrier:
        _write_need(whole, part, need_at(drawn.counts, quantile), output, carrier, common.lang)
    if common.format == "json":
        print_json(found)
    else:
        print_forecast(found, need, common.lang)
    findings = check(part, own_law)
    _warn_of_record(findings, common.lang)
    count_findings(findings, common.lang)


def _last_year(ledger: "Ledger", day: dt.date) -> int:
    """Return the last fiscal year to forecast if none is named."""
    from shokibo.calendar import fiscal_year_of
    from shokibo.need.outlook import FARTHEST

    first = fiscal_year_of(day + dt.timedelta(days=1))
    planned: list[int] = [year for year in ledger["plan"]["to_year"] if year < first + FARTHEST]
    return max([first + AHEAD - 1, *planned])


_SUFFIX = Text("図の拡張子は .svg か .png にしてください。", "The chart ends in .svg or .png.")
_NAMES = Text("場合分けの名前", "a scenario's name")


def _drawn_as(chart: Path, language: Language) -> Callable[["FanChart"], bytes]:
    """Return the function that draws a chart in its suffix's format. Raises ArgumentError."""
    from shokibo.documents.forecast.fan import png, svg

    draw = {".svg": lambda fan: svg(fan).encode(), ".png": png}.get(chart.suffix.casefold())
    if draw is None:
        raise ArgumentError(_SUFFIX.say(language))
    return draw


def _write_chart(
    path: Path, draw: Callable[["FanChart"], bytes], fan: "FanChart", language: Language
) -> None:
    from shokibo.documents.drawing.printable import UnprintableError, require_printable
    from shokibo.files import save

    try:
        require_printable([(_NAMES, fan)])
    except UnprintableError as error:
        raise ArgumentError(error.message(language)) from error
    save(path, draw(fan))
    say(WRITTEN, language, path=path)


_ACTUAL = Text(
    "必要量の実績がある年度は、そのままにしました:{years:years}",
    "Years for which the need is known are left unchanged: {years:years}",
)


def _write_need(
    whole: "Ledger",
    part: "Ledger",
    rows: "pl.DataFrame",
    output: Path,
    carrier: Carrier,
    language: Language,
) -> None:
    """Write the ledger with the forecast as the need of its years."""
    from shokibo.need.adopting import with_need, years_with_actual

    is_only = whole["authorities"].height <= 1
    code = None if is_only else part["authorities"]["authority_code"][0]
    for path in write_ledger(with_need(whole, rows, code), output, carrier):
        say(WRITTEN, language, path=path)
    kept = sorted({*years_with_actual(whole, code)} & {*rows["fiscal_year"]})
    if kept:
        print_message(fill(_ACTUAL, language, {"years": kept}))


_RECORD = Text(
    "養育の経過に誤りが{count}件あります。修正するまで、見通しはあてになりません。",
    "The episodes have {count} {count:error|errors}; until they are corrected, do not rely on "
    "the forecast.",
)


def _warn_of_record(found: Sequence["Finding"], language: Language) -> None:
    """Warn of errors in the record, with the first places."""
    wrong = [one for one in found if one.table == "episodes" and one.severity == "error"]
    if wrong:
        say(_RECORD, language, count=len(wrong))
        for one in wrong[:3]:
            say(_PLACE, language, place=one.place, message=one.message(language))


_PLACE = Text("  {place}  {message}", "  {place}  {message}")
