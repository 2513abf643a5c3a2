"""The plan as a PDF, with fonts that packages bring, so that it is the same everywhere."""

import json
from dataclasses import asdict
from typing import Any

from shokibo.documents.blocks import (
    Block,
    Bullets,
    Figure,
    Heading,
    Paragraph,
    PlanDocument,
    Table,
    placed,
    printed,
)
from shokibo.documents.charts import svg
from shokibo.documents.drawing.printable import require_printable
from shokibo.documents.drawing.typesetting import typeset


def plan_pdf(document: PlanDocument) -> bytes:
    """Return the document as a tagged PDF (PDF/UA-1) on A4: cover, contents, chapters.

    The same document gives the same bytes. Raises UnprintableError.
    """
    require_printable(printed(document))
    plan = {
        "title": document.title,
        "cover": document.cover,
        "authority": document.authority,
        "adopted": document.adopted,
        "mark": document.mark,
        "blocks": [_block(block) for block in document.blocks],
    }
    return typeset("plan.typ", plan=json.dumps(plan))


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "paragraph", "runs": [asdict(run) for run in block.runs]}
        case Bullets():
            return {"kind": "bullets", "items": [asdict(item) for item in block.items]}
        case Table():
            return {"kind": "table", **_table(block)}
        case Figure():
            drawn = {"svg": svg(block.chart), "caption": block.caption, "alt": block.alt}
            return {"kind": "figure", **drawn}


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
