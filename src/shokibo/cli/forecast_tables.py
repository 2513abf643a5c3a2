"""The forecast as tables and small fans on the screen, preceded by its track record."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from shokibo.cli.printing import print_table, show, words
from shokibo.documents.forecast.panels import GROUPS, groups_shown
from shokibo.need.answers import Backtest, Forecast, GroupForecast, Interval
from shokibo.texts import Language, Text
from shokibo.wording import day_in_words, listed, month_in_words, year_in_words

_KNOWN = Text(
    "{day}までの記録による見通し:{month}からの養育の経過{episodes}件、児童{children}人。"
    "{paths}通りの経過を試した(乱数の種{seed})。",
    "Forecast from what was known on {day}: {episodes} {episodes:episode|episodes} of {children} "
    "{children:child|children} since "
    "{month}; {paths} {paths:course|courses}, seed {seed}.",
)
_END = Text("{year}末", "End of {year}")
_TODAY = Text("基準日", "The day")
_COLUMNS = (
    Text("期待される人数", "Expected"),
    Text("50%の幅", "50%"),
    Text("80%の幅", "80%"),
    Text("95%の幅", "95%"),
)
_NEED = Text("必要量", "Need")
_SCENARIO = Text("{name}(80%の幅)", "{name} (80%)")


def print_forecast(
    found: Forecast, need: Mapping[str, Mapping[int, int]], language: Language
) -> None:
    """Print how good earlier forecasts were, then each group's figures and fan."""
    known = found.known
    show(
        _KNOWN.say(
            language,
            day=day_in_words(found.as_of, language),
            month=month_in_words(known.from_month, language),
            episodes=f"{known.episodes:,}",
            children=f"{known.children:,}",
            paths=f"{found.paths:,}",
            seed=found.seed,
        )
    )
    if found.backtest:
        _print_record(found.backtest, groups_shown(found), language)
    for group in groups_shown(found):
        _print_group(found, group, need.get(group, {}), language)
    show(_HOW_TO_READ.say(language))


_HOW_TO_READ = Text(
    "80%の幅は、同じような見通しを10回したときに8回ほど実際の人数が入る範囲(両端を含む)。"
    "記録にない変化(制度、方針)は入っていない。前提は --format json の assumptions。",
    "The 80% interval, both ends inside, holds what comes about eight times in ten. Changes of law "
    "or policy are not in it. What is taken for granted: `assumptions` of --format json.",
)


# The record


_RECORD = Text(
    "過去の見通しの成績({first}から{last}までの年度末{count}回から見通して、実際と比べた)",
    "How good earlier forecasts were (as of {count} {count:year end|year ends}, {first} to {last})",
)
_RECORD_COLUMNS = (
    Text("区分", "Group"),
    Text("比べた数", "Compared"),
    Text("50%の幅に入った", "In 50%"),
    Text("80%の幅に入った", "In 80%"),
    Text("95%の幅に入った", "In 95%"),
    Text("平均の誤差(人)", "Error"),
    Text("今のままの誤差", "As today"),
    Text("幅の採点", "Score"),
)
_NO_RECORD = Text(
    "過去の見通しの成績:記録が短く、前に5年ある時点がないため、分からない。",
    "How good earlier forecasts were is not known: no day has five years of record before it.",
)

_NO_BETTER = Text(
    "「これからも今の人数」と見るより誤差が小さくなかった区分:{groups}。この区分の期待される人数は、"
    "今の人数より頼りになるとは言えない。",
    "No better than the count of the day itself: {groups}. Of these, do not rely on what is "
    "expected more than on today's count.",
)


def _print_record(record: Backtest, groups: Sequence[str], language: Language) -> None:
    if not record.origins:
        show(_NO_RECORD.say(language))
        return
    first, last = (day_in_words(record.origins[end], language) for end in (0, -1))
    print_table(
        _RECORD.say(language, first=first, last=last, count=len(record.origins)),
        words(language, *_RECORD_COLUMNS),
        [
            (
                GROUPS[group].say(language),
                one.forecasts,
                *(f"{share}%" for share in (one.within_50, one.within_80, one.within_95)),
                one.error,
                one.error_as_today,
                one.interval_score,
            )
            for group in groups
            for one in [record.groups[group]]
        ],
        numbers=range(1, len(_RECORD_COLUMNS)),
    )
    no_better = [
        GROUPS[group].say(language)
        for group in groups
        for one in [record.groups[group]]
        if Decimal(one.error) >= Decimal(one.error_as_today)
    ]
    if no_better:
        show(_NO_BETTER.say(language, groups=listed(no_better, language)))


# A group


def _print_group(found: Forecast, group: str, need: Mapping[int, int], language: Language) -> None:
    scenarios = [_SCENARIO.say(language, name=one.name) for one in found.scenarios]
    stated = [_NEED.say(language)] if need else []
    now = found.known.now[group]
    ends = [_END.say(language, year=year_in_words(y.fiscal_year, language)) for y in found.years]
    title = GROUPS[group].say(language)
    print_table(
        title,
        ["", *words(language, *_COLUMNS), *stated, *scenarios],
        [
            (_TODAY.say(language), now),
            *(
                (
                    end,
                    *_figures(year.groups[group]),
                    *([need.get(year.fiscal_year)] if need else ()),
                    *(_scenario(one.years[number].groups[group]) for one in found.scenarios),
                )
                for number, (end, year) in enumerate(zip(ends, found.years, strict=True))
            ),
        ],
        numbers=range(1, 1 + len(_COLUMNS) + len(stated) + len(scenarios)),
    )
    for line in fan_lines(ends, [year.groups[group] for year in found.years]):
        show(line)


def _figures(one: GroupForecast) -> tuple[str, ...]:
    intervals = (one.interval_50, one.interval_80, one.interval_95)
    return (one.expected, *map(_interval, intervals))


def _scenario(one: GroupForecast) -> str:
    return f"{one.expected} ({_interval(one.interval_80)})"


def _interval(ends: Interval) -> str:
    low, high = ends
    return f"{low}～{high}" if low < high else f"{low}"


# The fan


_WIDTH = 48
_BANDS = (("interval_95", "░"), ("interval_80", "▒"), ("interval_50", "▓"))
_AT_EXPECTED = "┃"


def fan_lines(heads: Sequence[str], groups: Iterable[GroupForecast]) -> list[str]:
    """Draw a group's intervals as bars on one scale: 95, 80 and 50 per cent, and expected."""
    from rich.cells import cell_len

    drawn = list(groups)
    least = min(one.interval_95[0] for one in drawn)
    most = max(one.interval_95[1] for one in drawn)
    scale = (_WIDTH - 1) / max(most - least, 1)

    def at(count: float) -> int:
        return round((min(max(count, least), most) - least) * scale)

    widest = max(map(cell_len, heads))
    lines = []
    for head, one in zip(heads, drawn, strict=True):
        bar = [" "] * _WIDTH
        for level, sign in _BANDS:
            low, high = (at(end) for end in getattr(one, level))
            bar[low : high + 1] = sign * (high - low + 1)
        bar[at(float(one.expected))] = _AT_EXPECTED
        room = " " * (widest - cell_len(head))
        lines.append(f"  {head}{room} {least:>4} {''.join(bar)} {most}")
    return lines
