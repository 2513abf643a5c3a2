"""Pieces of WordprocessingML that python-docx does not cover: runs, fields, tables, contents.

Text is inserted as an element's text, never as markup.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from shokibo.documents.blocks import TEXT_WIDTH_MM, Cell, Heading, Table, placed

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_TWIPS_PER_MM = 1440 / 25.4
_HEAD, _STUB = "D9D9D9", "F2F2F2"
_MOST_ROWS_TOGETHER = 24
_LAST_ENTRIES = 6  # entries of the contents that stay together
_HANGING, _ONE_CHARACTER = 180, 210  # twips
_MOST_UNBROKEN, _MOST_UNBROKEN_IN_TABLES = 19, 7  # signs, as in shared.typ
_LATIN, _MAY_BREAK = re.compile(r"[!-~\u00a1-\u024f]+"), "\u200b"
_SIDES = ("top", "left", "bottom", "right")
_BOX_MARGIN = round(2.5 * _TWIPS_PER_MM)


def made(tag: str, *children: "Element", **attributes: object) -> "Element":
    """Make an element of the main namespace with attributes of the same."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def run(text: str, *, bold: bool = False, most_unbroken: int = _MOST_UNBROKEN) -> "Element":
    """Make a run, keeping the text's line breaks.

    A longer run of Latin signs than `most_unbroken` may break after each, as in the PDF.
    """
    parts: list[Element] = []
    for number, line in enumerate(_breaking(text, most_unbroken).split("\n")):
        if number:
            parts.append(made("br"))
        parts.append(_text("t", line))
    properties = [made("rPr", made("b"), made("bCs"))] if bold else []
    return made("r", *properties, *parts)


def _breaking(text: str, most: int) -> str:
    def breaking(signs: re.Match[str]) -> str:
        is_word = len(signs[0]) > most and any(map(str.isalpha, signs[0]))
        return _MAY_BREAK.join(signs[0]) if is_word else signs[0]  # figures stay whole

    return _LATIN.sub(breaking, text)


def _text(tag: str, text: str) -> "Element":
    element = made(tag)
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def paragraph(
    style: str, *children: "Element", align: str = "", keep: bool = False, on_top: bool = False
) -> "Element":
    """Make a paragraph in a style.

    `keep` keeps it on the same page as the next one, `on_top` begins a new page with it.
    """
    properties = made("pPr", made("pStyle", val=style))
    if keep:
        properties.append(made("keepNext"))
    if on_top:
        properties.append(made("pageBreakBefore"))
    if align:
        properties.append(made("jc", val=align))
    return made("p", properties, *children)


def numbered(style: str, number: str, *children: "Element", keep: bool) -> "Element":
    """Make an item of a list whose own number (①) replaces the style's bullet."""
    item = paragraph(style, run(number), *children, keep=keep)
    no_bullet = made("numPr", made("ilvl", val=0), made("numId", val=0))
    level = 1 + (style == "ListBullet2")
    item[0].extend([no_bullet, made("ind", left=level * _ONE_CHARACTER, hanging=_ONE_CHARACTER)])
    return item


def field(instruction: str, shown: str) -> list["Element"]:
    """Make a field, with the text shown until it is updated."""
    return [*_opened(instruction), run(shown), _mark("end")]


def _opened(instruction: str) -> list["Element"]:
    code = made("r", _text("instrText", f" {instruction} "))
    return [_mark("begin"), code, _mark("separate")]


def _mark(kind: str) -> "Element":
    return made("r", made("fldChar", fldCharType=kind))


def caption(style: str, word: str, number: int, text: str) -> "Element":
    """Make a caption numbered by Word: 表 1, 図 1."""
    counted = field(f"SEQ {word} \\* ARABIC", str(number))
    return paragraph(style, run(word), *counted, run(f"　{text}"))


def contents(headings: Sequence[tuple[Heading, str]], pages: Sequence[int]) -> "Element":
    """Make a table of contents that shows page numbers when opened, and that Word can update."""
    lines = []
    last = len(headings) - 1
    for place, ((heading, name), page) in enumerate(zip(headings, pages, strict=True)):
        number = made("r", made("tab")), *field(f"PAGEREF {name} \\h", str(page))
        link = made("hyperlink", run(heading.text), *number, anchor=name, history=1)
        keep = last - _LAST_ENTRIES < place < last
        lines.append(paragraph(f"TOC{heading.level}", link, keep=keep))
    if lines:
        for place, piece in enumerate(_opened('TOC \\o "1-3" \\h \\z \\u'), start=1):
            lines[0].insert(place, piece)
        lines[-1].append(_mark("end"))
    gallery = made(
        "docPartObj",
        made("docPartGallery", val="Table of Contents"),
        made("docPartUnique"),
    )
    title = paragraph("TOCHeading", run("目次"))
    return made("sdt", made("sdtPr", gallery), made("sdtContent", title, *lines))


def box(inside: Sequence["Element"]) -> "Element":
    """Make a box around paragraphs: a one-cell table."""
    width = round(TEXT_WIDTH_MM * _TWIPS_PER_MM)
    properties = made(
        "tblPr",
        made("tblStyle", val="TableGrid"),
        made("tblW", w=width, type="dxa"),
        made("tblLayout", type="fixed"),
        made("tblCellMar", *(made(side, w=_BOX_MARGIN, type="dxa") for side in _SIDES)),
    )
    layout = made("tcPr", made("tcW", w=width, type="dxa"))
    row = made("tr", made("tc", layout, *inside))
    return made("tbl", properties, made("tblGrid", made("gridCol", w=width)), row)


def table(drawn: Table) -> "Element":
    """Make an editable table with a repeated head, and no row broken across pages."""
    widths = [round(width * _TWIPS_PER_MM) for width in drawn.widths]
    properties = made(
        "tblPr",
        made("tblStyle", val="TableGrid"),
        made("tblW", w=sum(widths), type="dxa"),
        made("jc", val="center"),
        made("tblLayout", type="fixed"),
        made("tblLook", firstRow=1, firstColumn=1),
        made("tblCaption", val=drawn.caption),
    )
    grid = made("tblGrid", *(made("gridCol", w=width) for width in widths))
    rows = [drawn.head, *drawn.rows]
    # the cell starting there in a row, and whether it starts above
    cells: list[list[tuple[Cell, bool] | None]] = [[None] * len(widths) for _ in rows]
    for row, column, cell in placed(rows):
        for below in range(cell.down):
            cells[row + below][column] = (cell, below > 0)
    together = len(drawn.rows) <= _MOST_ROWS_TOGETHER
    # whether a row stays with the next one: all of a short table, and those that a cell spans
    kept = [
        together or any(found is not None and found[1] for found in following)
        for following in cells[1:]
    ]
    kept.append(together and bool(drawn.notes))
    return made(
        "tbl",
        properties,
        grid,
        *(
            _row(drawn, widths, number, found, keep=keep)
            for number, (found, keep) in enumerate(zip(cells, kept, strict=True))
        ),
    )


def table_note(drawn: Table, text: str, *, keep: bool) -> "Element":
    """Make a note below a table, as wide as the table."""
    note = paragraph("TableNote", run(text), keep=keep)
    side = round((TEXT_WIDTH_MM - sum(drawn.widths)) / 2 * _TWIPS_PER_MM)
    note[0].append(made("ind", left=side + _HANGING, right=side, hanging=_HANGING))
    return note


def _row(
    drawn: Table,
    widths: Sequence[int],
    number: int,
    cells: Sequence[tuple[Cell, bool] | None],
    *,
    keep: bool,
) -> "Element":
    properties = made("trPr", made("cantSplit"))
    if number == 0:
        properties.append(made("tblHeader"))
    made_cells = []
    for column, found in enumerate(cells):
        if found is not None:
            cell, continued = found
            width = sum(widths[column : column + cell.across])
            stub = column < drawn.stubs
            shade = _HEAD if number == 0 else _STUB if stub else ""
            align = "center" if number == 0 else drawn.aligns[column]
            layout = made("tcPr", made("tcW", w=width, type="dxa"))
            if cell.across > 1:
                layout.append(made("gridSpan", val=cell.across))
            if cell.down > 1:
                layout.append(made("vMerge", val="continue" if continued else "restart"))
            if shade:
                layout.append(made("shd", val="clear", color="auto", fill=shade))
            layout.append(made("vAlign", val="center"))
            align = "left" if cell.is_list else align
            text = () if continued else (run(cell.text, most_unbroken=_MOST_UNBROKEN_IN_TABLES),)
            words = paragraph("TableText", *text, align=align, keep=keep)
            made_cells.append(made("tc", layout, words))
    return made("tr", properties, *made_cells)
