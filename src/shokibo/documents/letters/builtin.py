"""The built-in letter: a Word template with placeholders, from which an office starts."""

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from shokibo.documents.letters.placeholders import LABEL, NUMBER, OPENING, TITLE, WORDS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

_A4_MM = (210, 297)
_MARGIN_MM = 25
_ROW_MM = {NUMBER: 10, LABEL: 34, WORDS: 116}


@cache
def builtin_docx() -> bytes:
    """Return the template as .docx on A4."""
    import docx  # slow to load

    from shokibo.documents.drawing.docx_styles import set_up_styles

    document = docx.Document()
    set_up_styles(document)
    _set_up(document)
    _head(document)
    _body(document)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: "Document") -> None:
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _A4_MM)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    document.styles["Normal"].font.size = Pt(11)
    properties = document.core_properties
    properties.language, properties.comments, properties.keywords = "ja-JP", "", ""


def _head(document: "Document") -> None:
    for name in ("文書番号", "通知日"):
        _line(document, _named(name), "RIGHT")
    _line(document, "")
    for text in (_named("法人名"), _named("宛先"), f"（{_named('施設名')}）"):
        _line(document, text)
    _line(document, "")
    for name in ("自治体名", "発信者"):
        _line(document, _named(name), "RIGHT")
    title = document.add_paragraph(_named(TITLE), "Subtitle")
    title.paragraph_format.space_before = _points(24)


def _body(document: "Document") -> None:
    from docx.shared import Mm

    opening = _line(document, _named(OPENING), "JUSTIFY")
    opening.paragraph_format.first_line_indent = _points(11)
    opening.paragraph_format.space_before = _points(18)
    for text in ("", "記", ""):
        _line(document, text, "CENTER")
    table = document.add_table(rows=1, cols=len(_ROW_MM))
    table.autofit = False
    for column, cell, (name, width) in zip(
        table.columns, table.rows[0].cells, _ROW_MM.items(), strict=True
    ):
        column.width = cell.width = Mm(width)
        cell.text = _named(name)
        cell.paragraphs[0].paragraph_format.space_after = _points(5)
    _line(document, "")
    _line(document, _named("付記"))


def _named(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _line(document: "Document", text: str, align: str = "LEFT") -> "Paragraph":
    line = document.add_paragraph(text)
    line.alignment = _align(align)
    line.paragraph_format.space_after = _points(3)
    return line


def _align(name: str) -> "WD_ALIGN_PARAGRAPH":
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    side: WD_ALIGN_PARAGRAPH = getattr(WD_ALIGN_PARAGRAPH, name)
    return side


def _points(size: float) -> "Pt":
    from docx.shared import Pt

    return Pt(size)
