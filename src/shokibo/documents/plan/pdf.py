"""The plan as a PDF, with fonts from packages, so that it is the same everywhere."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from shokibo.documents.blocks import (
    PART,
    Block,
    Box,
    Bullets,
    Figure,
    Heading,
    Item,
    Picture,
    PlanDocument,
    Table,
    placed,
    printed,
)
from shokibo.documents.drawing.printable import require_printable
from shokibo.documents.drawing.typesetting import queried, typeset
from shokibo.documents.drawn_charts import svg


def plan_pdf(document: PlanDocument) -> bytes:
    """Return the document as a tagged PDF (PDF/UA-1) on A4: cover, contents, chapters.

    The same document gives the same bytes. Raises UnprintableError.
    """
    require_printable(printed(document))
    return typeset("plan.typ", plan=_given(document))


@dataclass(frozen=True)
class Paging:
    """Where the PDF breaks its pages, by page number.

    `headings` are the headings' pages in order, `tops` whether each of them begins its page;
    `sections` are the first and last page of each section by key.
    """

    headings: tuple[int, ...]
    tops: tuple[bool, ...]
    sections: dict[str, tuple[int, int]]


def paging(document: PlanDocument) -> Paging:
    """Typeset a document, and return its paging. Raises UnprintableError."""
    require_printable(printed(document))
    found: dict[str, list[Any]] = queried("plan.typ", "<pages>", plan=_given(document))
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    begun = [
        (heading.section, page)
        for heading, page in zip(headings, found["headings"], strict=True)
        if heading.level < PART
    ]
    ended = found["ends"][1:]  # the first is what comes before the first heading
    sections = {key: (first, last) for (key, first), last in zip(begun, ended, strict=True) if key}
    return Paging(tuple(found["headings"]), tuple(found["tops"]), sections)


def _given(document: PlanDocument) -> str:
    plan = {
        "title": document.title,
        "cover": document.cover,
        "authority": document.authority,
        "adopted": document.adopted,
        "mark": document.mark,
        "blocks": [_block(block) for block in document.blocks],
    }
    return json.dumps(plan)


def _block(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__.lower(), **_content(block)}


def _content(block: Block) -> dict[str, Any]:
    match block:
        case Box():
            return {"blocks": [_block(each) for each in block.blocks]}
        case Bullets():
            return {"items": [_item(item) for item in block.items]}
        case Table():
            return _table(block)
        case Picture():
            return {**vars(block), "content": list(block.content)}
        case Figure():
            return {"svg": svg(block.chart), "caption": block.caption, "alt": block.alt}
        case _:
            return asdict(block)


def _item(item: Item) -> dict[str, Any]:
    number, runs = item.numbered
    return {
        "number": number,
        "runs": [asdict(run) for run in runs],
        "items": [_item(below) for below in item.items],
    }


def _table(table: Table) -> dict[str, Any]:
    rows: list[list[dict[str, Any]]] = [[] for _ in table.rows]
    for row, column, cell in placed(table.rows):
        rows[row].append(
            {
                "text": cell.text,
                "row": row + 1,
                "column": column,
                "down": cell.down,
                "across": cell.across,
                "align": "left" if cell.is_list else table.aligns[column],
                "stub": column < table.stubs,
            }
        )
    return {
        "caption": table.caption,
        "widths": table.widths,
        "head": [
            {"text": cell.text, "across": cell.across, "down": cell.down} for cell in table.head
        ],
        "rows": rows,
        "notes": table.notes,
    }
