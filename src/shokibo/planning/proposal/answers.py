"""The answer of a proposal."""

from typing import Annotated, Literal

from msgspec import field

from shokibo.answers import Answer, about
from shokibo.planning.proposal.limits import ActionKind, LimitName

ObjectiveName = Literal[
    "shortage",
    "group_homes_over_five",
    "places_outside_small_group_homes",
    "net_cost",
    "changes",
]
Status = Literal["optimal", "feasible", "infeasible"]


class Objective(Answer, frozen=True):
    """A quantity to minimise, after those before it."""

    title = "目的"
    name: ObjectiveName
    value: Annotated[int, about("値", "as counted by `plan` and `budget`; yen for `net_cost`")]
    bound: Annotated[int, about("これより小さくできないと分かった値", "no plan has less")]
    proven: Annotated[bool, about("証明済みか", "value and bound meet, and the exact check agrees")]


class ProposedAction(Answer, frozen=True):
    """An action, as a row of the actions table."""

    title = "提案の取組"
    home_id: str
    fiscal_year: int
    action: ActionKind
    unit_id: Annotated[str | None, about("生活単位。新設では null", "null for an opening")]
    unit_kind: Annotated[str | None, about("新設する種別", "null except for an opening")]
    count: Annotated[int, about("か所数")]
    capacity: Annotated[int | None, about("定員。廃止では null", "places of each; null: closed")]


class ProposedYear(Answer, frozen=True):
    """All homes at a year's end."""

    title = "提案の年度末"
    fiscal_year: int
    main_capacity: Annotated[int, about("本体施設の定員")]
    group_capacity: Annotated[int, about("グループホームの定員")]
    group_count: Annotated[int, about("グループホームのか所数")]
    places: Annotated[int, about("定員の合計")]
    need: Annotated[int | None, about("必要量。不明は null", "children of three and over")]
    shortage: Annotated[int | None, about("必要量に足りない人数", "null if the need is not known")]
    group_homes_over_five: Annotated[int, about("6人以上のグループホーム")]
    outside: Annotated[
        int, about("5～4人のグループホームの外の定員", "places not in group homes of 5 or 4")
    ]
    opened: Annotated[int, about("その年度に新設するグループホーム")]
    net_cost: Annotated[int, about("その年度の自治体の負担(円)", "as in `budget`")]
    staff: Annotated[int, about("生活単位に必要な職員数", "without backup workers")]


class BindingLimit(Answer, frozen=True):
    """A limit that the proposal reaches in a given year."""

    title = "効いている条件"
    limit: LimitName
    fiscal_year: int | None
    message: str


class ConflictingLimit(Answer, frozen=True):
    """One of a minimal set of limits that contradict each other."""

    title = "両立しない条件"
    limit: LimitName
    fiscal_year: Annotated[int | None, about("その条件が両立しない年度。複数なら null")]
    home_id: Annotated[str | None, about("その条件が両立しない施設。複数なら null")]
    number: Annotated[int | None, about("今の値", "null if the limit has no number")]
    suffices: Annotated[
        int | None,
        about(
            "これだけを変えて計画ができる最小の緩め方",
            "the nearest number with which this limit alone makes a plan possible; null: none does",
        ),
    ]
    enough: Annotated[
        bool, about("これだけを緩めれば計画ができるか", "whether easing this alone is enough")
    ]
    message: str


class Alternative(Answer, frozen=True):
    """Another plan of nearly the same value."""

    title = "別の案"
    objectives: list[Objective]
    actions: list[ProposedAction]
    years: list[ProposedYear]
    differences: Annotated[list[str], about("提案と違うところ", "what it does differently")]


class Gain(Answer, frozen=True):
    """What one more unit of a limit brings."""

    title = "条件を一つ緩めると"
    limit: LimitName
    number: Annotated[int, about("緩めた値")]
    objective: Annotated[
        ObjectiveName | None, about("よくなる最初の目的。なければ null", "the first to get better")
    ]
    before: int | None
    after: int | None
    message: str


class Compared(Answer, frozen=True):
    """The same question with another number for one limit."""

    title = "条件を変えた案"
    limit: LimitName
    number: Annotated[int, about("変えた値")]
    status: Status
    objectives: list[Objective]


class YearChance(Answer, frozen=True):
    """How sure it is that the places of a year suffice."""

    title = "定員が足りる見込み"
    fiscal_year: int
    places: Annotated[int, about("定員の合計")]
    chance_percent: Annotated[
        str, about("定員が足りる確率(%)", "per cent of the forecast's paths, one decimal", "83.4")
    ]


class Proposal(Answer, frozen=True, kw_only=True):
    """The best actions within the limits; for `infeasible` limits, those that contradict."""

    title = "計画の提案"
    status: Annotated[
        Status, about("optimal、feasible、infeasible", "`optimal`: every objective is proven")
    ]
    from_year: int
    to_year: int
    objectives: Annotated[list[Objective], about("目的", "in order of priority")]
    actions: list[ProposedAction]
    years: Annotated[list[ProposedYear], about("年度末", "empty where no plan is possible")]
    planned: Annotated[list[ProposedYear], about("今の計画の年度末", "the ledger's own plan")]
    reasons: Annotated[list[str], about("何をなぜ選んだか", "in sentences, year by year")]
    binding: list[BindingLimit]
    conflict: Annotated[list[ConflictingLimit], about("両立しない条件", "empty unless infeasible")]
    alternatives: list[Alternative]
    gains: Annotated[list[Gain], about("条件を一つ緩めると何がよくなるか")]
    compared: Annotated[list[Compared], about("条件を変えた案", "with other budgets or paces")] = (
        field(default_factory=list)
    )
    chances: Annotated[
        list[YearChance], about("年度末の定員が足りる確率", "only with the forecast's need")
    ] = field(default_factory=list)
    scenarios: Annotated[
        list[str], about("調べた場合分けの名前", "names of the scenarios that were examined")
    ] = field(default_factory=list)
    first_steps: Annotated[
        list[ProposedAction],
        about(
            "どの場合分けでも最初の年度に行う取組",
            "actions of the first year that are in the proposal of every scenario",
        ),
    ] = field(default_factory=list)
    first_steps_in_words: Annotated[
        list[str], about("その取組の文", "the same in sentences, by home")
    ] = field(default_factory=list)
    notes: Annotated[list[str], about("注意", "what could not be examined, and why")]
