"""Write the plan as a Word document that an office edits further."""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from shokibo.documents.plan_document import (
    TEXT_WIDTH_MM,
    Block,
    Bullets,
    Figure,
    Heading,
    Item,
    Paragraph,
    PlanDocument,
    Table,
)
from shokibo.files import replacing

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element
    from docx.section import Section

_A4_MM = (210, 297)
_SIDE_MM, _TOP_MM, _BOTTOM_MM = 20, 25, 22
_PICTURE_MM = 155


def write_plan_docx(document: PlanDocument, path: Path) -> None:
    """Write the document as .docx: cover, contents, chapters, charts as pictures.

    Raises OSError where the file can't be written.
    """
    drawn = _Writer(document).draw()
    with replacing(path) as beside:
        drawn.save(str(beside))


class _Writer:
    """Draws a document from the top down; tables, figures and headings are counted."""

    def __init__(self, plan: PlanDocument) -> None:
        from docx import Document

        from shokibo.documents.charts import pngs

        self.plan = plan
        self.document: Document = Document()
        self.body = self.document.element.body
        self.tables = 0
        self.figures = 0
        charts = [block.chart for block in plan.blocks if isinstance(block, Figure)]
        self.pictures = iter(pngs(charts))
        headings = [block for block in plan.blocks if isinstance(block, Heading)]
        self.names = [(heading, f"_Toc{number:08}") for number, heading in enumerate(headings, 1)]
        self.heads = iter(enumerate(self.names, 1))

    def draw(self) -> "Document":
        from docx.enum.section import WD_SECTION

        from shokibo.documents.plan_docx_styles import set_up_styles

        set_up_styles(self.document)
        self._properties()
        front = self.document.sections[0]
        _page(front)
        self._cover()
        main = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._running(front, main)
        for block in self.plan.blocks:
            for element in self._block(block):
                self._add(element)
        return self.document

    def _add(self, element: "Element") -> None:
        self.body.insert(len(self.body) - 1, element)

    def _properties(self) -> None:
        told = self.document.core_properties
        told.title, told.author, told.language = self.plan.title, self.plan.authority, "ja-JP"
        told.last_modified_by, told.comments, told.keywords = self.plan.authority, "", ""
        told.created = told.modified = dt.datetime.combine(self.plan.day, dt.time())

    def _cover(self) -> None:
        from docx.shared import Pt

        from shokibo.documents.plan_docx_parts import contents

        lines = [*(("Title", line) for line in self.plan.cover)]
        lines += [("Subtitle", line) for line in (self.plan.adopted, self.plan.authority) if line]
        kind = ""
        for style, text in lines:
            line = self.document.add_paragraph(text, style)
            if style != kind:
                line.paragraph_format.space_before = Pt(190)
            kind = style
        self._add(contents(self.names))

    def _running(self, front: "Section", main: "Section") -> None:
        """Say on every page what it belongs to, and from the first chapter on count pages."""
        from docx.oxml.ns import qn

        from shokibo.documents.plan_docx_parts import field, made

        for section, title in ((front, ""), (main, self.plan.title)):
            section.header.is_linked_to_previous = False
            section.footer.is_linked_to_previous = False
            section.header.paragraphs[0].text = f"{title}\t{self.plan.mark}"
        for piece in field("PAGE", "1"):
            main.footer.paragraphs[0]._p.append(piece)  # noqa: SLF001
        properties = main._sectPr  # noqa: SLF001
        numbering = made("pgNumType", start=1)
        margins = properties.find(qn("w:pgMar"))
        margins.addnext(numbering)

    def _block(self, block: Block) -> Iterator["Element"]:
        from shokibo.documents import plan_docx_parts as parts

        match block:
            case Heading():
                number, (heading, name) = next(self.heads)
                text = parts.bookmark(name, number, parts.run(heading.text))
                yield parts.paragraph(f"Heading{heading.level}", *text)
            case Paragraph():
                style = "OpenText" if block.open else "BodyText"
                if block.runs and all(run.bold for run in block.runs):
                    yield parts.paragraph("Strong", *(parts.run(run.text) for run in block.runs))
                else:
                    yield parts.paragraph(style, *parts.runs(block.runs))
            case Bullets():
                yield from self._items(block.items, "ListBullet")
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)

    def _items(self, items: tuple[Item, ...], style: str) -> Iterator["Element"]:
        from shokibo.documents import plan_docx_parts as parts

        for item in items:
            yield parts.paragraph(style, *parts.runs(item.runs))
            yield from self._items(item.items, "ListBullet2")

    def _table(self, table: Table) -> Iterator["Element"]:
        from shokibo.documents import plan_docx_parts as parts

        self.tables += 1
        yield parts.caption("Caption", "表", self.tables, table.caption)
        yield parts.table(table)
        for note in table.notes:
            yield parts.paragraph("TableNote", parts.run(note))

    def _figure(self, figure: Figure) -> Iterator["Element"]:
        from docx.shared import Mm

        from shokibo.documents import plan_docx_parts as parts

        self.figures += 1
        holder = self.document.add_paragraph(style="Picture")
        width = Mm(min(_PICTURE_MM, TEXT_WIDTH_MM))
        picture = holder.add_run().add_picture(BytesIO(next(self.pictures)), width=width)
        described = picture._inline.docPr  # noqa: SLF001
        described.set("descr", figure.alt)
        described.set("name", f"図{self.figures}")
        self.body.remove(holder._p)  # noqa: SLF001
        yield holder._p  # noqa: SLF001
        yield parts.caption("FigureCaption", "図", self.figures, figure.caption)


def _page(section: "Section") -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = (Mm(side) for side in _A4_MM)
    section.left_margin = section.right_margin = Mm(_SIDE_MM)
    section.top_margin, section.bottom_margin = Mm(_TOP_MM), Mm(_BOTTOM_MM)
    section.header_distance, section.footer_distance = Mm(12), Mm(12)
