"""Draw the plan with python-docx: headings, fields, tables and pictures that an office can edit."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

from shokibo.documents.blocks import (
    Block,
    Box,
    Bullets,
    Figure,
    Heading,
    Item,
    Paragraph,
    Picture,
    PlanDocument,
    Run,
    Table,
)
from shokibo.documents.drawing.docx_styles import set_up_styles
from shokibo.documents.drawn_charts import pngs
from shokibo.documents.plan import docx_parts as parts
from shokibo.documents.plan.docx_footnotes import Footnotes
from shokibo.documents.plan.pdf import paging
from shokibo.documents.plan.text_pictures import as_png

_A4_MM = (210, 297)
_SIDE_MM, _TOP_MM, _BOTTOM_MM, _EDGE_MM = 20, 25, 22, 12
_PICTURE_MM = 155
_COVER_GAP = 190  # points above the title and above the date
_MOST_TOGETHER = 6  # items of a list that stay on one page
_LAST_ITEMS = 3  # lines of a list that stay together
_MARK = "C00000"


def drawn(plan: PlanDocument) -> Document:
    """Draw a plan."""
    return _Writer(plan).draw()


class _Writer:
    """Draws a document from the top down; tables, figures and headings are counted."""

    def __init__(self, plan: PlanDocument) -> None:
        self.plan = plan
        self.document = docx.Document()
        self.body = self.document.element.body
        self.footnotes = Footnotes()
        self.tables = 0
        self.figures = 0
        self.pictures = iter(pngs(tuple(figure.chart for figure in plan.figures)))
        headings = [block for block in plan.blocks if isinstance(block, Heading)]
        self.names = [(heading, f"_Toc{number:08}") for number, heading in enumerate(headings, 1)]
        self.paging = paging(plan)
        self.heads = iter(enumerate(zip(self.names, self.paging.tops, strict=True), 1))

    def draw(self) -> Document:
        set_up_styles(self.document)
        properties, authority = self.document.core_properties, self.plan.authority
        properties.title, properties.language = self.plan.title, "ja-JP"
        properties.author = properties.last_modified_by = authority
        properties.comments = properties.keywords = ""
        properties.created = properties.modified = dt.datetime.combine(self.plan.day, dt.time())
        relations = self.document.part.package.rels
        for key in [key for key, each in relations.items() if each.reltype == _THUMBNAIL]:
            del relations[key]  # a thumbnail from python-docx's template
        page = self.document.sections[0]
        page.page_width, page.page_height = (Mm(side) for side in _A4_MM)
        page.left_margin = page.right_margin = Mm(_SIDE_MM)
        page.top_margin, page.bottom_margin = Mm(_TOP_MM), Mm(_BOTTOM_MM)
        page.header_distance = page.footer_distance = Mm(_EDGE_MM)
        if self.plan.cover:
            self._cover()
            # page numbers as in the PDF; Word computes its own when it opens the file
            self._add(parts.contents(self.names, self.paging.headings))
            compatibility = self.document.settings.element.find(qn("w:compat"))
            compatibility.addprevious(parts.made("updateFields", val="true"))
            self._header(self.document.sections[0], "")
            self.document.add_section(WD_SECTION.NEW_PAGE)
        else:
            self._title()
        # page numbers start with the first chapter
        main = self.document.sections[-1]
        self._header(main, self.plan.title if self.plan.cover else "")
        for piece in parts.field("PAGE", "1"):
            main.footer.paragraphs[0]._p.append(piece)
        main._sectPr.find(qn("w:pgMar")).addnext(parts.made("pgNumType", start=1))
        for block in self.plan.blocks:
            for element in self._block(block):
                self._add(element)
        self.footnotes.add_to(self.document)
        return self.document

    def _add(self, element: Element) -> None:
        self.body.insert(len(self.body) - 1, element)

    def _cover(self) -> None:
        lines = [*(("Title", line) for line in self.plan.cover)]
        lines += [("Subtitle", line) for line in (self.plan.adopted, self.plan.authority) if line]
        before = ""
        for style, text in lines:
            line = self.document.add_paragraph(text, style)
            if style != before:
                line.paragraph_format.space_before = Pt(_COVER_GAP)
            before = style

    def _title(self) -> None:
        self.document.add_paragraph(self.plan.title, "Report Title")
        for text in filter(None, (self.plan.adopted, self.plan.authority)):
            self.document.add_paragraph(text, "Report Sender")

    def _header(self, section: Section, title: str) -> None:
        section.header.is_linked_to_previous = False
        section.footer.is_linked_to_previous = False
        header = section.header.paragraphs[0]
        header.add_run(f"{title}\t")
        mark = header.add_run(self.plan.mark).font
        mark.size, mark.color.rgb = Pt(10), RGBColor.from_string(_MARK)

    def _block(self, block: Block) -> Iterator[Element]:
        match block:
            case Heading():
                number, ((heading, name), on_top) = next(self.heads)
                begin = parts.made("bookmarkStart", id=number, name=name)
                end = parts.made("bookmarkEnd", id=number)
                text = parts.run(heading.text)
                level = heading.level if self.plan.cover else heading.level + 1
                yield parts.paragraph(f"Heading{level}", begin, text, end, on_top=on_top)
            case Paragraph() if block.runs and all(run.bold for run in block.runs):
                plain = [replace(run, bold=False) for run in block.runs]
                yield parts.paragraph("Lead", *self._runs(plain))
            case Paragraph():
                style = "OpenText" if block.open else "BodyText"
                yield parts.paragraph(style, *self._runs(block.runs))
            case Bullets():
                yield from self._bullets(block)
            case _:
                yield from self._inserted(block)

    def _inserted(self, block: Block) -> Iterator[Element]:
        match block:
            case Box():
                inside = [element for each in block.blocks for element in self._block(each)]
                yield parts.paragraph("Gap")
                yield parts.box(inside)
                yield parts.paragraph("Gap")
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Picture():
                yield self._picture(as_png(block.content, block.format), block.alt, block.caption)
                if block.caption:
                    yield parts.paragraph("FigureCaption", parts.run(block.caption))

    def _bullets(self, bullets: Bullets) -> Iterator[Element]:
        count = len(bullets.items)
        for place, item in enumerate(bullets.items, 1):
            # so that no page has only two lines
            keep = bool(item.items) or count - _LAST_ITEMS < place < count
            yield self._item("ListBullet", item, keep=keep)
            for number, below in enumerate(item.items, 1):
                keep = number < len(item.items) <= _MOST_TOGETHER
                yield self._item("ListBullet2", below, keep=keep)

    def _item(self, style: str, item: Item, *, keep: bool) -> Element:
        number, runs = item.numbered
        words = self._runs(runs)
        if not number:
            return parts.paragraph(style, *words, keep=keep)
        return parts.numbered(style, number, *words, keep=keep)

    def _runs(self, pieces: Sequence[Run]) -> Iterator[Element]:
        """Make a run of each piece, including a lone line break, with its footnote."""
        for piece in pieces:
            if piece.text == "\n":
                yield parts.made("r", parts.made("br"))
            else:
                yield parts.run(piece.text, bold=piece.bold)
            if piece.note:
                yield self.footnotes.reference(piece.note)

    def _table(self, table: Table) -> Iterator[Element]:
        if self.plan.cover and table.caption:
            self.tables += 1
            yield parts.caption("Caption", "表", self.tables, table.caption)
        elif table.caption:
            yield parts.paragraph("Caption", parts.run(table.caption))
        yield parts.table(table)
        for number, note in enumerate(table.notes, 1):
            keep = number < len(table.notes)
            yield parts.table_note(table, note, keep=keep)
        yield parts.paragraph("Gap")

    def _figure(self, figure: Figure) -> Iterator[Element]:
        self.figures += 1
        yield self._picture(next(self.pictures), figure.alt, f"図{self.figures}")
        yield parts.caption("FigureCaption", "図", self.figures, figure.caption)

    def _picture(self, png: bytes, alt: str, name: str) -> Element:
        holder = self.document.add_paragraph(style="Picture")
        inline = holder.add_run().add_picture(BytesIO(png), width=Mm(_PICTURE_MM))._inline
        inline.docPr.set("descr", alt)
        inline.docPr.set("name", name)
        self.body.remove(holder._p)
        return holder._p


_THUMBNAIL = RELATIONSHIP_TYPE.THUMBNAIL
