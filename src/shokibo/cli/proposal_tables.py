"""A proposal on the screen: its results next to the current plan, and sentences."""

from collections.abc import Iterable

from shokibo.cli.printing import print_table, show, words
from shokibo.planning.proposal.answers import (
    Alternative,
    Compared,
    Objective,
    ObjectiveName,
    Proposal,
    Status,
)
from shokibo.planning.proposal.limits import LimitName
from shokibo.texts import Language, Text
from shokibo.wording import year_in_words, yen_in_words

OBJECTIVES: dict[ObjectiveName, Text] = {
    "shortage": Text("必要量に足りない定員(延べ人数)", "Places lacking, over the years"),
    "group_homes_over_five": Text(
        "最後の年度末の6人以上のグループホーム", "Group homes over five at the end"
    ),
    "places_outside_small_group_homes": Text(
        "最後の年度末の、5～4人のグループホームの外の定員",
        "Places outside group homes of 5 or 4 at the end",
    ),
    "net_cost": Text("自治体の負担(円、年度の合計)", "Net cost over the years, in yen"),
    "changes": Text("取組の数", "Actions"),
}
_STATUS: dict[Status, Text] = {
    "optimal": Text(
        "最もよい計画です(五つの目的のすべてを証明しました)。",
        "This is the best plan: all five objectives are proven.",
    ),
    "feasible": Text(
        "条件を満たす計画です。証明の済んでいない目的があります。",
        "This plan meets the limits; not all objectives are proven.",
    ),
    "infeasible": Text(
        "条件が互いに両立しないため、計画はできません。次のどれか一つを外すと、この組は両立します。",
        "The limits contradict each other, so there is no plan. These can be kept once any one of "
        "them is dropped.",
    ),
}
_PROVEN, _OPEN = Text("証明済み", "proven"), Text("未証明", "open")


def objective_in_words(name: ObjectiveName, value: int, language: Language) -> str:
    """Write an objective with its value."""
    return f"{OBJECTIVES[name].say(language)} {yen_in_words(value, language)}"


def print_proposal(found: Proposal, language: Language) -> None:
    """Print a proposal."""
    show(_STATUS[found.status].say(language))
    if found.conflict:
        _print_lines(None, (f"・{one.message}" for one in found.conflict), language)
    else:
        _print_objectives(found.objectives, language)
        _print_years(found, language)
        _print_lines(Text("年度ごとの取組", "Year by year"), found.reasons, language)
        _print_lines(
            Text("効いている条件", "What binds"), (one.message for one in found.binding), language
        )
    _print_beside(found, language)
    _print_lines(Text("注意", "Notes"), found.notes, language)


def _print_lines(title: Text | None, lines: Iterable[str], language: Language) -> None:
    shown = list(lines)
    if shown and title:
        show(f"{title.say(language)}:" if language == "en" else f"【{title.say(language)}】")
    for line in shown:
        show(f"  {line}")


def _print_objectives(objectives: Iterable[Objective], language: Language) -> None:
    print_table(
        Text("目的(上から順に最小にする)", "Objectives, each minimised before the next").say(
            language
        ),
        words(
            language,
            Text("目的", "Objective"),
            Text("値", "Value"),
            Text("下限", "Bound"),
            Text("証明", "Proof"),
        ),
        [
            (
                OBJECTIVES[one.name].say(language),
                yen_in_words(one.value, language),
                yen_in_words(one.bound, language),
                (_PROVEN if one.proven else _OPEN).say(language),
            )
            for one in objectives
        ],
        numbers=(1, 2),
    )


_COLUMNS = (
    Text("年度末", "End of"),
    Text("必要量", "Need"),
    Text("定員", "Places"),
    Text("本体", "Main"),
    Text("GH", "Group"),
    Text("GH6人以上", "Over 5"),
    Text("小GHの外", "Outside"),
    Text("新設", "Opened"),
    Text("負担(円)", "Yen"),
    Text("職員", "Staff"),
)


def _print_years(found: Proposal, language: Language) -> None:
    """Print the year ends, with the ledger's own plan in brackets if it differs."""

    def pair(here: int | None, there: int | None) -> str:
        written = ["-" if one is None else yen_in_words(one, language) for one in (here, there)]
        return written[0] if here == there else f"{written[0]} ({written[1]})"

    print_table(
        Text("年度末の姿(括弧は今の計画)", "The year ends (in brackets: the plan as it is)").say(
            language
        ),
        words(language, *_COLUMNS),
        [
            (
                year_in_words(here.fiscal_year, language),
                here.need,
                *(
                    pair(getattr(here, name), getattr(there, name))
                    for name in (
                        *("places", "main_capacity", "group_capacity", "group_homes_over_five"),
                        *("outside", "opened", "net_cost", "staff"),
                    )
                ),
            )
            for here, there in zip(found.years, found.planned, strict=True)
        ],
        numbers=range(1, len(_COLUMNS)),
    )


def _print_beside(found: Proposal, language: Language) -> None:
    """Print the comparisons that were requested."""
    _print_lines(
        Text("条件を一つ緩めると", "One more of a limit"),
        (one.message for one in found.gains),
        language,
    )
    for number, one in enumerate(found.alternatives, 1):
        _print_lines(_alternative(one, number, language), one.differences, language)
    if found.compared:
        _print_compared(found.compared, language)
    chance = Text(
        "{year}末の定員{places}人で足りる確率 {percent}%",
        "{year}: {places} {places:place suffices|places suffice} with a probability of {percent} %",
    )
    _print_lines(
        Text("定員が足りる見込み", "Whether places suffice"),
        (
            chance.say(
                language,
                year=year_in_words(one.fiscal_year, language),
                places=one.places,
                percent=one.chance_percent,
            )
            for one in found.chances
        ),
        language,
    )
    _print_lines(
        Text("どの場合分けでも最初の年度に行う取組", "Common to every scenario, in the first year"),
        found.first_steps_in_words,
        language,
    )


def _alternative(one: Alternative, number: int, language: Language) -> Text:
    values = "・".join(yen_in_words(each.value, language) for each in one.objectives)
    return Text(
        f"別の案{number}({values})で違うところ", f"Alternative {number} ({values}) does otherwise"
    )


_LIMITS: dict[LimitName, Text] = {
    "budget": Text("費用の上限 年{number}円", "{number} yen a year"),
    "openings_per_year": Text("開設 年{number}か所", "{number} {number:opening|openings} a year"),
}


def _print_compared(compared: Iterable[Compared], language: Language) -> None:
    print_table(
        Text("条件を変えた案", "With other limits").say(language),
        ["", *(text.say(language) for text in OBJECTIVES.values())],
        [
            (
                _LIMITS[one.limit].say(language, number=yen_in_words(one.number, language)),
                *(
                    (yen_in_words(each.value, language) for each in one.objectives)
                    if one.objectives
                    else [Text("計画はできません", "no plan").say(language)] + [""] * 4
                ),
            )
            for one in compared
        ],
        numbers=range(1, 6),
    )
