"""The whole plan document: three chapters in the order of Setagaya City's Plan."""

from collections.abc import Callable, Iterable, Iterator

from shokibo import calendar
from shokibo.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    Item,
    PlanDocument,
    Run,
    Table,
    paragraph,
)
from shokibo.documents.plan.money import cost_tables
from shokibo.documents.plan.pictures import cost_figure, home_figure, places_figure, share_figure
from shokibo.documents.plan.sections import BY_KEY, OF_SUPPORT, SUPPORT, SUPPORT_TITLE
from shokibo.documents.plan.staff import staff_tables
from shokibo.documents.plan.tables import (
    children_tables,
    home_tables,
    need_tables,
    status_table,
)
from shokibo.documents.plan.targets import (
    differences,
    goal,
    places_tables,
    share_tables,
    target_tables,
)
from shokibo.documents.plan.texts import LEFT_OPEN, PlanTexts
from shokibo.planning import initiatives
from shokibo.planning.plan import Plan

_FULL_WIDTH = str.maketrans("():", "（）：")
_OF_TITLE = "小規模かつ"


def plan_document(plan: Plan, texts: PlanTexts, *, draft: bool = False) -> PlanDocument:
    """Compose the document that the authority publishes; findings are not part of it.

    A section without text, tables and charts is left out; in a draft it is left open for writing.
    """
    return PlanDocument(
        title=plan.title,
        cover=tuple(_cover(plan.title)),
        authority=plan.authority,
        adopted=plan.adopted,
        day=plan.day,
        fictitious=plan.fictitious,
        blocks=tuple(_chapters(plan, texts, LEFT_OPEN if draft else ())),
    )


def _cover(title: str) -> Iterator[str]:
    head, found, rest = title.partition(_OF_TITLE)
    if head and found:
        yield head
    name, bracket, draft = (found + rest if found else title).partition("（")
    yield name
    if bracket:
        yield bracket + draft


def _chapters(plan: Plan, texts: PlanTexts, missing: tuple[Block, ...]) -> Iterator[Block]:
    number = 0
    for chapter in texts.outline:
        sections = [(key, _section(plan, texts, key, missing)) for key in chapter.keys]
        written = [(key, blocks) for key, blocks in sections if blocks]
        if not written:
            continue
        number += 1
        yield Heading(1, f"第{number}　{chapter.title}")
        for count, (key, blocks) in enumerate(written, start=1):
            title = SUPPORT_TITLE if key == SUPPORT else BY_KEY[key].title
            yield Heading(2, f"{count}　{title.format(body=plan.body)}", key)
            yield from blocks


def _section(
    plan: Plan, texts: PlanTexts, key: str, missing: tuple[Block, ...]
) -> tuple[Block, ...]:
    if key == SUPPORT:
        return tuple(_support(plan, texts, missing))
    return texts.section(key, tuple(_BELOW[key](plan)) if key in _BELOW else ()) or missing


def _support(plan: Plan, texts: PlanTexts, missing: tuple[Block, ...]) -> Iterator[Block]:
    sections = [(one, _section(plan, texts, one.key, missing)) for one in OF_SUPPORT]
    written = [(section, blocks) for section, blocks in sections if blocks]
    for number, (section, blocks) in enumerate(written, start=1):
        yield Heading(3, f"（{number}）{section.title}", section.key)
        yield from blocks


def _status(plan: Plan) -> Iterator[Block]:
    for places in plan.status.homes:
        yield status_table(plan.headings.get(places.home_id, places.name), places)
    yield status_table(f"{len(plan.status.homes)}施設合計", plan.status.all)


def _homes(plan: Plan) -> Iterator[Block]:
    for home_id, name in plan.headings.items():
        yield from _home(plan, home_id, name)


def _costs(plan: Plan) -> Iterator[Block]:
    costs = cost_tables(plan)
    if costs:
        yield cost_figure(plan)
    yield from costs


def _home(plan: Plan, home_id: str, name: str) -> Iterator[Block]:
    yield Heading(3, f"＜{name}＞")
    yield home_figure(plan, home_id, name)
    yield from home_tables(plan, home_id, name)
    yield paragraph("【主な取組み】", bold=True)
    items = [
        Item(
            (Run(f"（{calendar.fiscal_year_label(year)}）"),),
            tuple(
                Item((Run(initiatives.sentence(each, "ja").translate(_FULL_WIDTH)),))
                for each in of_year
            ),
        )
        for year in plan.years
        if (of_year := plan.initiatives(year, home_id))
    ]
    yield Bullets(tuple(items)) if items else paragraph("計画期間中の取組みはない。")


def _targets(plan: Plan) -> Iterator[Block]:
    yield from target_tables(plan)
    if aim := goal(plan):
        yield paragraph(aim)
    if items := [Item((Run(each),)) for each in differences(plan)]:
        yield paragraph("【目標と施設の計画との違い】", bold=True)
        yield Bullets(tuple(items))
    yield places_figure(plan)
    yield from places_tables(plan)
    yield share_figure(plan)
    yield from share_tables(plan)


def schedule(plan: Plan) -> Table:
    """Lay out what is to be done in order of time; the last year ends with a review."""
    steps: dict[str, list[str]] = {}
    if plan.adopted:
        steps[plan.adopted] = [f"{plan.name}　策定"]
    for year in plan.years:
        for each in plan.initiatives(year):
            label = calendar.fiscal_year_label(year)
            steps.setdefault(label, []).append(initiatives.in_short(each, "ja"))
    last = calendar.fiscal_year_label(plan.years[-1])
    steps.setdefault(last, []).append("計画の進捗状況の検証と見直し")
    if plan.goal_year:
        until = f"概ね{calendar.fiscal_year_label(plan.goal_year)}まで"
        steps[until] = ["全てのグループホームの定員を5～4人とする（目途）"]
    return Table(
        "今後のスケジュール（予定）",
        (Cell("時期"), Cell("内容")),
        tuple((Cell(when), Cell("\n".join(what))) for when, what in steps.items()),
        (40, 130),
        ("left", "left"),
        "スケジュール",
    )


_BELOW: dict[str, Callable[[Plan], Iterable[Block]]] = {
    "状況-定員": _status,
    "状況-入所": lambda plan: children_tables(
        plan, "residents", "区域内の児童養護施設の入所児童数"
    ),
    "状況-個別的ケア": lambda plan: children_tables(
        plan, "placed", f"{plan.body}が措置した児童の入所状況"
    ),
    "必要量": need_tables,
    "各施設の取組": _homes,
    "目標": _targets,
    "支援-人材": staff_tables,
    "経費": _costs,
    "スケジュール": lambda plan: [schedule(plan)],
}
"""The tables and charts of each section that has any."""
