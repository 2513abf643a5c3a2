"""The plan put together: three chapters in the order of the Plan of Setagaya City."""

from collections.abc import Iterator

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
from shokibo.documents.plan.texts import PlanTexts
from shokibo.planning import initiatives
from shokibo.planning.plan import Plan

_OF_TITLE = "小規模かつ"
_STAFF = "支援-人材"
_SUPPORT = (
    ("支援-住宅", "グループホーム設置にかかる民間住宅の確保等にかかる支援"),
    (_STAFF, "職員の確保及び人材育成にかかる支援"),
    ("支援-児童相談所", "児童相談所との緊密な連携による養育支援の実施"),
    ("支援-地域", "地域との連携にかかる支援"),
)


def plan_document(plan: Plan, texts: PlanTexts) -> PlanDocument:
    """Put the document together that the authority publishes; findings are no part of it."""
    return PlanDocument(
        title=plan.title,
        cover=tuple(_cover(plan.title)),
        authority=plan.authority,
        adopted=plan.adopted,
        day=plan.day,
        fictitious=plan.fictitious,
        blocks=(
            *_outline(texts),
            *_status(plan, texts),
            *_plan(plan, texts),
        ),
    )


def _cover(title: str) -> Iterator[str]:
    head, found, rest = title.partition(_OF_TITLE)
    if head and found:
        yield head
    name, bracket, draft = (found + rest if found else title).partition("（")
    yield name
    if bracket:
        yield bracket + draft


def _outline(texts: PlanTexts) -> Iterator[Block]:
    yield Heading(1, "第1　計画の概要")
    for number, (key, title) in enumerate(
        (
            ("趣旨", "計画策定の趣旨"),
            ("経緯", "児童養護施設の小規模かつ地域分散化に係るこれまでの経緯"),
            ("考え方", "計画の基本的な考え方"),
            ("目指すもの", "小規模かつ地域分散化により目指すもの"),
            ("計画期間", "計画期間"),
        ),
        start=1,
    ):
        yield _section(number, title, key)
        yield from texts.section(key)


def _section(number: int, title: str, key: str = "") -> Heading:
    return Heading(2, f"{number}　{title}", key)


def _status(plan: Plan, texts: PlanTexts) -> Iterator[Block]:
    residents = children_tables(plan, "residents", "区域内の児童養護施設の入所児童数")
    placed = children_tables(plan, "placed", f"{plan.body}が措置した児童の入所状況")
    yield Heading(1, f"第2　{plan.body}における児童養護施設の状況")
    yield _section(1, "児童養護施設の定員数と小規模化の状況", "状況-定員")
    yield from texts.section("状況-定員")
    for places in plan.status.homes:
        yield status_table(plan.headings.get(places.home_id, places.name), places)
    yield status_table(f"{len(plan.status.homes)}施設合計", plan.status.all)
    yield _section(2, "児童養護施設の入所状況", "状況-入所")
    yield from texts.section("状況-入所", shown=bool(residents))
    yield from residents
    yield _section(3, "個別的ケアが必要な児童の入所状況", "状況-個別的ケア")
    yield from texts.section("状況-個別的ケア", shown=bool(placed))
    yield from placed


def _plan(plan: Plan, texts: PlanTexts) -> Iterator[Block]:
    need, costs = need_tables(plan), cost_tables(plan)
    yield Heading(1, "第3　小規模かつ地域分散化計画と推進の方策")
    yield _section(1, "施設養育の必要量", "必要量")
    yield from texts.section("必要量", shown=bool(need))
    yield from need
    yield _section(
        2, "各児童養護施設における小規模かつ地域分散化に向けた今後の取組み", "各施設の取組"
    )
    yield from texts.section("各施設の取組")
    for home_id, name in plan.headings.items():
        yield from _home(plan, home_id, name)
    yield _section(3, f"{plan.body}における小規模かつ地域分散化の目標", "目標")
    yield from texts.section("目標")
    yield from _targets(plan)
    yield _section(4, f"計画の推進に向けた{plan.body}の支援（取組み）")
    for number, (key, title) in enumerate(_SUPPORT, start=1):
        yield Heading(3, f"（{number}）{title}", key)
        yield from texts.section(key)
        if key == _STAFF:
            yield from staff_tables(plan)
    yield _section(5, "必要経費（概算）", "経費")
    yield from texts.section("経費", shown=bool(costs))
    if costs:
        yield cost_figure(plan)
    yield from costs
    yield _section(6, "今後のスケジュール（予定）", "スケジュール")
    yield from texts.section("スケジュール")
    yield _schedule(plan)


def _home(plan: Plan, home_id: str, name: str) -> Iterator[Block]:
    yield Heading(3, f"＜{name}＞")
    yield home_figure(plan, home_id, name)
    yield from home_tables(plan, home_id, name)
    yield paragraph("【主な取組み】", bold=True)
    items = [
        Item(
            (Run(f"（{calendar.fiscal_year_label(year)}）"),),
            tuple(Item((Run(initiatives.sentence(each, "ja")),)) for each in of_year),
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


def _schedule(plan: Plan) -> Table:
    """Lay out what is to be done by its time; the last year ends with a review."""
    steps: dict[str, list[str]] = {}
    if plan.adopted:
        steps[plan.adopted] = [f"{plan.title}　策定"]
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
