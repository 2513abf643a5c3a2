"""The plan, its budget and its review as tables on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shokibo.calendar import fiscal_year_label
from shokibo.cli.printing import print_table, show, words
from shokibo.documents.blocks import Heading, PlanDocument, Table, placed
from shokibo.documents.plan.report import lines
from shokibo.planning.budget import Budget
from shokibo.planning.outline import PlanYear, authority_rows, home_rows
from shokibo.planning.plan import Plan
from shokibo.planning.review import RESULTS, Review
from shokibo.planning.support.measures import UNITS
from shokibo.planning.support.report import SupportFigure
from shokibo.planning.support.words import recorded
from shokibo.texts import Language, Text
from shokibo.wording import day_in_words


@dataclass(frozen=True)
class _Column:
    """A column of a plan's years; a `rare` one is left out if no year has a figure in it."""

    header: Text
    value: Callable[..., object]
    rare: bool = False


_COLUMNS = (
    _Column(Text("本体 6人以上", "Main 6+"), lambda row: row.main.six_or_more),
    _Column(Text("5～4人", "5-4"), lambda row: row.main.five_to_four),
    _Column(Text("3人以下", "3-"), lambda row: row.main.three_or_fewer, rare=True),
    _Column(Text("定員", "Places"), lambda row: row.main.capacity),
    _Column(Text("GH 6人以上", "Group 6+"), lambda row: row.group_homes.six_or_more),
    _Column(Text("5～4人", "5-4"), lambda row: row.group_homes.five_to_four),
    _Column(Text("3人以下", "3-"), lambda row: row.group_homes.three_or_fewer, rare=True),
    _Column(Text("か所", "Homes"), lambda row: row.group_homes.count),
    _Column(Text("定員", "Places"), lambda row: row.group_homes.capacity),
    _Column(Text("合計", "Total"), lambda row: row.total),
    _Column(Text("GH割合%", "Share %"), lambda row: row.share_percent),
)
_AGAINST = (
    _Column(
        Text("目標", "Target"),
        lambda row: f"{row.target.total.value}{'程度' if row.target.total.approximate else ''}",
    ),
    _Column(Text("差", "Difference"), lambda row: row.difference),
    _Column(Text("必要量", "Need"), lambda row: row.need),
    _Column(Text("計画-必要量", "Homes - need"), lambda row: row.gap_homes),
)


def print_plan(plan: Plan, language: Language) -> None:
    """Print the years of every home, and of all together compared with targets and need."""
    for home_id, name in plan.names.items():
        _print_years(name, home_rows(plan, home_id, language), _COLUMNS, language)
    together = Text("自治体合計と目標", "All homes, and targets").say(language)
    _print_years(together, authority_rows(plan, language), (*_COLUMNS, *_AGAINST), language)
    if unknown := max((plan.all["main_unknown"] + plan.all["group_unknown"]).to_list()):
        text = Text(
            "定員の分からない生活単位が{count}か所あり、定員に含めていません。",
            "{count} {count:unit|units} of unknown capacity {count:is|are} left out of the places.",
        )
        show(text.say(language, count=unknown))


def _print_years(
    title: str, rows: Sequence[PlanYear], columns: Sequence[_Column], language: Language
) -> None:
    shown = [one for one in columns if not one.rare or any(one.value(row) for row in rows)]
    year_end = Text("{year}末", "End of {year}")
    print_table(
        title,
        ["", *(one.header.say(language) for one in shown)],
        [
            (
                year_end.say(language, year=fiscal_year_label(row.fiscal_year)),
                *(one.value(row) for one in shown),
            )
            for row in rows
        ],
        numbers=range(1, len(shown) + 1),
    )
    for row in rows:
        for initiative in row.initiatives:
            show(f"  ({fiscal_year_label(row.fiscal_year)}) {initiative.text}")


_BUDGET = Text(
    "{year}の経費{estimated}:新設{opened}か所、開設後の運営{running}か所",
    "{year}{estimated}: {opened} opened, {running} running",
)


def print_report(document: PlanDocument) -> None:
    """Print a document as text: headings, lines, tables."""
    show(document.title)
    for block in document.blocks:
        if isinstance(block, Heading):
            show(f"\n{block.text}")
        elif isinstance(block, Table):
            rows = [[""] * len(block.widths) for _ in (block.head, *block.rows)]
            for row, column, cell in placed((block.head, *block.rows)):
                rows[row][column] = cell.text
            print_table(block.caption, rows[0], rows[1:])
        else:
            for line in lines(block):
                show(f"  {line}")


def print_budget(budget: Budget, language: Language) -> None:
    """Print what is spent, what the State bears, and what remains for the authority."""
    total, yen = Text("合計", "Total").say(language), "{:,}".format
    print_table(
        _BUDGET.say(
            language,
            year=fiscal_year_label(budget.fiscal_year),
            estimated=Text("(概算)", " (estimate)").say(language) if budget.estimated else "",
            opened=budget.opened,
            running=budget.running,
        ),
        words(
            language,
            Text("科目", "Account"),
            Text("項目", "Item"),
            Text("数", "Number"),
            Text("金額(円)", "Yen"),
        ),
        [
            *(
                (line.account, line.item, line.homes, yen(line.amount))
                for line in budget.expenditure
            ),
            (Text("歳出", "Expenditure").say(language), total, "", yen(budget.expenditure_total)),
            *(
                (line.account, f"{line.programme} {line.share}", "", yen(line.amount))
                for line in budget.revenue
            ),
            (Text("歳入", "Revenue").say(language), total, "", yen(budget.revenue_total)),
            (
                "",
                Text("自治体の負担", "Left to the authority").say(language),
                "",
                yen(budget.net),
            ),
        ],
        numbers=(2, 3),
    )


_TRAININGS = Text(
    "記録した補助対象の研修{trainings}回(うち費用の不明{unknown}回)の費用は{amount}円、国の負担は{national}"
    "({programme})。歳出・歳入に含めません。",
    "Subsidised trainings on record: {trainings} ({unknown} of unknown cost), {amount} yen, the "
    "State's share {national} ({programme}); no part of the totals.",
)
_UNKNOWN, _YEN = Text("不明", "unknown"), Text("{yen:,}円", "{yen:,} yen")
_NO_PROGRAMME = Text("制度は不明", "no programme known")
_LEADS = Text(
    "新設{homes}か所は、契約した物件の額によります。",
    "Contracted leads give the amounts of {homes} {homes:home|homes}.",
)


def print_beside(budget: Budget, language: Language) -> None:
    """Print what is based on contracted leads, and the trainings on record."""
    if homes := max((line.contracted for line in budget.expenditure), default=0):
        show(_LEADS.say(language, homes=homes))
    if held := budget.trainings:
        national = (
            _UNKNOWN.say(language)
            if held.national is None
            else _YEN.say(language, yen=held.national)
        )
        show(
            _TRAININGS.say(
                language,
                trainings=held.trainings,
                unknown=held.unknown,
                amount=f"{held.amount:,}",
                national=national,
                programme=held.programme or _NO_PROGRAMME.say(language),
            )
        )


_REVIEW = Text(
    "{year}末の計画と実績({day}現在)", "Plan and actual at the end of {year}, as of {day}"
)


def print_review(review: Review, plan: Plan, language: Language) -> None:
    """Print each action's outcome, and the places planned and actual."""
    day = day_in_words(review.as_of, language)
    print_table(
        _REVIEW.say(language, year=fiscal_year_label(review.fiscal_year), day=day),
        words(
            language,
            Text("施設", "Home"),
            Text("年度", "Year"),
            Text("取組", "Action"),
            Text("生活単位ID", "Unit"),
            Text("実績の定員", "Actual"),
            Text("結果", "Result"),
        ),
        [
            (
                plan.names[one.home_id],
                fiscal_year_label(one.fiscal_year),
                one.text,
                one.unit_id,
                one.actual,
                RESULTS[one.result].say(language),
            )
            for one in review.actions
        ],
        numbers=(4,),
    )
    print_table(
        Text("年度末の定員", "Places at the year's end").say(language),
        words(
            language,
            Text("施設", "Home"),
            Text("区分", "Kind"),
            Text("本体定員", "Main places"),
            Text("グループホームのか所数", "Group homes"),
            Text("グループホームの定員", "Group places"),
        ),
        [
            (
                plan.names[home.home_id],
                label.say(language),
                end.main.capacity,
                end.group_homes.count,
                end.group_homes.capacity,
            )
            for home in review.homes
            for label, end in (
                (Text("計画", "plan"), home.planned),
                (Text("実績", "actual"), home.actual),
            )
        ],
        numbers=range(2, 5),
    )
    print_table(
        Text("支援の状況", "Support").say(language),
        [
            *words(language, Text("柱", "Head"), Text("項目", "Figure")),
            *(fiscal_year_label(year) for year in (review.fiscal_year - 1, review.fiscal_year)),
            Text("単位", "Unit").say(language),
        ],
        [
            (head.name, *figure_row(figure, language))
            for head in review.support
            for figure in recorded(head.figures)
        ],
        numbers=(2, 3),
    )


def figure_row(figure: SupportFigure, language: Language) -> tuple[object, ...]:
    """Return a figure of support as a row: name, the year before, the year, unit."""
    values = (figure.last_year, figure.this_year)
    unit = UNITS[figure.unit].say(language)
    return figure.name, *(None if value is None else f"{value:,}" for value in values), unit
