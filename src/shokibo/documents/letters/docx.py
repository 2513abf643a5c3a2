"""Write a letter of a decision as a Word document that an office edits further."""

from io import BytesIO
from typing import TYPE_CHECKING

from shokibo.documents.drawing.printable import require_printable
from shokibo.documents.letters.letter import CertificationLetter, printed

if TYPE_CHECKING:
    from docx.document import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_A4_MM = (210, 297)
_MARGIN_MM = 25
_COLUMNS_MM = (10, 34, 116)
_MARK = "C00000"


def letter_docx(letter: CertificationLetter) -> bytes:
    """Return the letter as .docx on A4; every text of it is plain text, never a field.

    Raises UnprintableError.
    """
    import docx  # slow to load

    from shokibo.documents.drawing.docx_styles import set_up_styles

    require_printable(printed(letter))
    document = docx.Document()
    set_up_styles(document)
    _set_up(document, letter)
    _head(document, letter)
    _body(document, letter)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: "Document", letter: CertificationLetter) -> None:
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _A4_MM)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    document.styles["Normal"].font.size = Pt(11)
    properties = document.core_properties
    properties.title, properties.language = letter.title, "ja-JP"
    properties.author = properties.last_modified_by = letter.sender[0]
    properties.comments = properties.keywords = ""
    if letter.mark:
        mark = section.header.paragraphs[0]
        mark.alignment = _align("CENTER")
        mark.add_run(letter.mark).font.color.rgb = RGBColor.from_string(_MARK)


def _head(document: "Document", letter: CertificationLetter) -> None:
    for line in (letter.number, letter.date):
        _line(document, line, "RIGHT")
    _line(document, "")
    for line in letter.addressee:
        _line(document, line)
    _line(document, "")
    for line in letter.sender:
        _line(document, line, "RIGHT")
    _line(document, letter.title, style="Subtitle").paragraph_format.space_before = _points(24)


def _body(document: "Document", letter: CertificationLetter) -> None:
    from docx.shared import Mm

    opening = _line(document, letter.opening, "JUSTIFY")
    opening.paragraph_format.first_line_indent = _points(11)
    opening.paragraph_format.space_before = _points(18)
    for text in ("", "記", ""):
        _line(document, text, "CENTER")
    rows = list(letter.facts)
    if letter.conditions:
        numbered = enumerate(letter.conditions, start=1)
        rows.append(("条件", "\n".join(f"({number}) {words}" for number, words in numbered)))
    table = document.add_table(rows=0, cols=len(_COLUMNS_MM))
    table.autofit = False
    for column, width in zip(table.columns, _COLUMNS_MM, strict=True):
        column.width = Mm(width)
    for number, (label, words) in enumerate(rows, start=1):
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (str(number), label, words), _COLUMNS_MM, strict=True):
            _fill(cell, text, width)
    if letter.remark:
        _line(document, "")
        for line in letter.remark.split("\n"):
            _line(document, line)


def _fill(cell: "_Cell", text: str, width: int) -> None:
    from docx.shared import Mm

    cell.width, cell.text = Mm(width), text
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = _points(5)


def _line(
    document: "Document", text: str, align: str = "LEFT", style: str | None = None
) -> "Paragraph":
    line = document.add_paragraph(text, style)
    if style is None:
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
