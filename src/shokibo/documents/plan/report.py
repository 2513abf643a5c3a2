"""The report on the plan to a committee: the plan's texts in brief, its costs and schedule."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated

from shokibo.answers import Answer, about
from shokibo.documents.blocks import (
    Block,
    Box,
    Bullets,
    Heading,
    Paragraph,
    PlanDocument,
    paragraph,
)
from shokibo.documents.plan.chapters import schedule
from shokibo.documents.plan.money import opening_costs_tables, years_of_own_costs
from shokibo.documents.plan.sections import BY_KEY, OF_REPORT, OF_SUPPORT, SUPPORT
from shokibo.documents.plan.targets import target_tables
from shokibo.documents.plan.texts import PlanTexts
from shokibo.planning.budget import Budget
from shokibo.planning.plan import Plan

Pages = Mapping[str, tuple[int, int]]
"""The first and last page of each section of the plan's document, by key."""
_PURPOSE, _COSTS = "報告-主旨", "報告-経費"


def report_document(plan: Plan, texts: PlanTexts, pages: Pages) -> PlanDocument:
    """Compose the report; `pages` are those of the plan's document, to which it refers."""
    draft = "案" if plan.is_draft else ""
    sections = (
        (BY_KEY[_PURPOSE].title, texts.section(_PURPOSE)),
        (f"計画{draft}の概要", tuple(_outline(plan, texts, pages))),
        (BY_KEY[_COSTS].title, texts.section(_COSTS, opening_costs_tables(plan))),
        (BY_KEY["スケジュール"].title, (replace(schedule(plan), caption=""),)),
    )
    written = [(title, blocks) for title, blocks in sections if blocks]
    return PlanDocument(
        title=f"{plan.name}{draft}の策定について",
        cover=(),
        authority=plan.authority,
        adopted=plan.adopted,
        day=plan.day,
        fictitious=plan.fictitious,
        blocks=tuple(
            block
            for number, (title, blocks) in enumerate(written, start=1)
            for block in (Heading(1, f"{number}　{title}"), *blocks)
        ),
    )


class ReportSection(Answer, frozen=True):
    """A section of the report: its text line by line, without tables."""

    title = "報告の節"
    heading: Annotated[str, about("見出し", "with the plan's page, as printed")]
    lines: Annotated[list[str], about("文章")]


class CommitteeReport(Answer, frozen=True):
    """The report on the plan to a committee."""

    title = "計画の策定の報告"
    heading: Annotated[str, about("題名")]
    sections: list[ReportSection]
    costs: Annotated[list[Budget], about("必要経費", "the years whose costs are printed")]


def committee_report(plan: Plan, document: PlanDocument) -> CommitteeReport:
    """Return the report as an answer."""
    sections: list[ReportSection] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            sections.append(ReportSection(block.text, []))
        else:
            sections[-1].lines.extend(lines(block))
    return CommitteeReport(document.title, sections, years_of_own_costs(plan))


def lines(block: Block) -> Iterator[str]:
    """Return the lines of text of a paragraph or list."""
    if isinstance(block, Paragraph):
        yield "".join(run.text for run in block.runs)
    elif isinstance(block, Bullets):
        for item in block.items:
            for each in (item, *item.items):
                yield "".join(run.text for run in each.runs)
    elif isinstance(block, Box):
        for inside in block.blocks:
            yield from lines(inside)


def _outline(plan: Plan, texts: PlanTexts, pages: Pages) -> Iterator[Block]:
    number = 0
    for section in OF_REPORT:
        if section.key in (_PURPOSE, _COSTS):
            continue
        blocks = _section(plan, texts, section.key)
        if blocks:
            number += 1
            title = section.title.format(body=plan.body)
            place = _place(pages, section.short_of)
            yield Heading(2, f"（{number}）{title}{place}", section.key)
            yield from blocks


def _section(plan: Plan, texts: PlanTexts, key: str) -> tuple[Block, ...]:
    if BY_KEY[key].short_of == SUPPORT and key not in texts.own:
        return tuple(_support(texts))
    tables = [replace(one, caption=f"＜{one.caption}＞") for one in target_tables(plan)]
    return texts.section(key, tables if BY_KEY[key].short_of == "目標" else ())


def _support(texts: PlanTexts) -> Iterator[Block]:
    for section in OF_SUPPORT:
        if blocks := texts.section(section.key):
            yield paragraph(section.title, bold=True)
            yield from blocks


def _place(pages: Pages, key: str) -> str:
    """Refer to the page of the plan's document; to all pages for a section with many parts."""
    if key not in pages:
        return ""
    first, last = pages[key]
    return f"（別紙P{first}～{last}）" if key == SUPPORT and last > first else f"（別紙P{first}）"
