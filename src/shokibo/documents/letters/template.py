"""Letters in Word: the office's own template, or the built-in one, filled in.

`{{ name }}` is a placeholder of `placeholders` wherever a document has text: in its body, tables,
boxes, headers, footers and notes. Word may split a name into several runs.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from shokibo.documents.drawing.printable import require_printable
from shokibo.documents.letters.builtin import builtin_docx
from shokibo.documents.letters.letter import CertificationLetter, printed
from shokibo.documents.letters.placeholders import (
    BY_NAME,
    OPENING,
    PLACEHOLDERS,
    ROW,
    TITLE,
    rows_of,
)
from shokibo.documents.letters.problems import TemplateError, TemplateProblem
from shokibo.documents.letters.word_package import open_word
from shokibo.texts import Text, literal
from shokibo.wording import nearest

if TYPE_CHECKING:
    from docx.document import Document

Element = Any
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT, _ROW, _TABLE = (f"{_W}{tag}" for tag in ("p", "t", "tr", "tbl"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STORIES = {
    "document.main": Text("本文", "Body"),
    "header": Text("ヘッダー", "Header"),
    "footer": Text("フッター", "Footer"),
    "footnotes": Text("脚注", "Footnotes"),
    "endnotes": Text("文末脚注", "Endnotes"),
}
_STORY = re.compile(r"wordprocessingml\.(document\.main|header|footer|footnotes|endnotes)\+xml$")
_NAME = re.compile(r"[{｛]{2}(.*?)[}｝]{2}")
_BRACES = re.compile(r"[{｛]{2}|[}｝]{2}")
_IN_REVISION = [
    f"{_W}{tag}"
    for tag in (
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange"),
        *("trPrChange", "tcPrChange", "sectPrChange", "commentReference"),
    )
]
_LONGEST = 40  # characters of a paragraph that a message repeats
_MARK_COLOUR = "C00000"
_NOT_KNOWN = Text(
    "{place}:「{name}」という差し込み項目はありません。近い名前:{near}。",
    "{place}: there is no placeholder “{name}”. The nearest names: {near}.",
)
_NOT_CLOSED = Text(
    "{place}:「{{{{」と「}}}}」が対になっていません。差し込み項目は一つの段落の中に書きます。",
    "{place}: “{{{{” and “}}}}” do not match; a placeholder stands within one paragraph.",
)
_NOT_IN_ROW = Text(
    "{place}:「{name}」は、表の行の中に書きます。行が事項の数だけ繰り返されます。",
    "{place}: “{name}” stands in a row of a table, which is repeated for each fact.",
)
_REVISED = Text(
    "{story}に変更履歴かコメントが残っています。通知書とともに相手に渡るので、"
    "Wordの「校閲」で変更をすべて承諾するか元に戻し、コメントを削除してください。",
    "{story}: tracked changes or comments remain, and would go out with the letter; accept or "
    "reject all changes in Word, and delete the comments.",
)
_SAYS_NOTHING = Text(
    "「{{{{ 標題 }}}}」も「{{{{ 本文 }}}}」もありません。"
    "認定、不認定などの別が通知書に出るように、どちらかを書いてください。",
    "It has neither “{{{{ 標題 }}}}” nor “{{{{ 本文 }}}}”; write one, so that the letter says "
    "what was decided.",
)


@dataclass(frozen=True)
class LetterTemplate:
    """A template that can be filled in."""

    content: bytes

    @classmethod
    def read(cls, content: bytes) -> "LetterTemplate":
        """Read a .docx. Raises TemplateError with everything that is wrong."""
        problems: list[TemplateProblem] = []
        names: set[str] = set()
        for story in _stories(open_word(content)):
            if next(story.root.iter(*_IN_REVISION), None) is not None:
                problems.append(TemplateProblem(_REVISED, {"story": story.name}))
            for paragraph in story.paragraphs():
                problems += paragraph.problems()
                names |= paragraph.names()
        if not names & {TITLE, OPENING} and not problems:
            problems.append(TemplateProblem(_SAYS_NOTHING))
        if problems:
            raise TemplateError(*problems)
        return cls(content)

    def filled(self, letter: CertificationLetter) -> bytes:
        """Return a letter as .docx; its texts are plain text, never fields.

        Raises UnprintableError.
        """
        require_printable(printed(letter))
        document = open_word(self.content)
        values = {placeholder.name: placeholder.value(letter) for placeholder in PLACEHOLDERS}
        for story in _stories(document):
            story.fill(values, rows_of(letter))
        properties = document.core_properties
        properties.title = letter.title
        properties.author = properties.last_modified_by = letter.sender[0]
        if letter.mark:
            _mark(document, letter.mark)
        packed = BytesIO()
        document.save(packed)
        return packed.getvalue()


def letter_docx(letter: CertificationLetter, template: LetterTemplate | None = None) -> bytes:
    """Return a letter as .docx, made from the office's template if there is one.

    Raises UnprintableError.
    """
    return (template or LetterTemplate(builtin_docx())).filled(letter)


def _stories(document: "Document") -> Iterator["_Story"]:
    """Return the parts of a document that contain text."""
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml

    for part in document.part.package.iter_parts():
        kind = _STORY.search(part.content_type)
        if kind is None:
            continue
        if isinstance(part, XmlPart):
            yield _Story(_STORIES[kind[1]], part.element)
        else:  # notes, which python-docx keeps as bytes
            story = _Story(_STORIES[kind[1]], parse_xml(part.blob))
            yield story
            part._blob = story.xml()


@dataclass(frozen=True)
class _Story:
    """A part that contains text."""

    name: Text
    root: Element

    def paragraphs(self) -> Iterator["_Paragraph"]:
        for number, element in enumerate(self.root.iter(_PARAGRAPH), start=1):
            yield _Paragraph(element, self.name, number)

    def xml(self) -> bytes:
        from lxml import etree

        packed: bytes = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return packed

    def fill(self, values: Mapping[str, str], rows: list[dict[str, str]]) -> None:
        """Fill the placeholders in; a row that names one of ROW is repeated for each of `rows`."""
        paragraphs = list(self.paragraphs())
        repeated: dict[Element, None] = dict.fromkeys(
            each.row for each in paragraphs if each.names() & set(ROW)
        )
        for paragraph in paragraphs:  # once each: a value that looks like a placeholder stays
            if paragraph.row not in repeated:
                paragraph.fill(values)
        for row in repeated:
            for given in rows:
                copy = deepcopy(row)
                for element in copy.iter(_PARAGRAPH):
                    _Paragraph(element, self.name).fill({**values, **given})
                row.addprevious(copy)
            row.getparent().remove(row)


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph, whose text is split into runs."""

    element: Element
    story: Text
    number: int = 0

    @property
    def pieces(self) -> list[Element]:
        """Its pieces of text, without those in its boxes."""
        return [
            piece
            for piece in self.element.iter(_TEXT)
            if next(piece.iterancestors(_PARAGRAPH)) is self.element
        ]

    @property
    def text(self) -> str:
        return "".join(piece.text or "" for piece in self.pieces)

    @property
    def row(self) -> Element:
        """The table row that contains it; None if there is none."""
        return next(self.element.iterancestors(_ROW), None)

    def names(self) -> set[str]:
        return {_plain(found[1]) for found in _NAME.finditer(self.text)}

    @property
    def place(self) -> Text:
        """Where it is, and how it begins."""
        text = self.text if len(self.text) <= _LONGEST else f"{self.text[:_LONGEST]}…"
        return literal(
            f"{self.story.ja}の{self.number}番目の段落「{text}」",
            f"{self.story.en}, paragraph {self.number} “{text}”",
        )

    def problems(self) -> Iterator[TemplateProblem]:
        text = self.text
        for name in _NAME.findall(text):
            plain = _plain(name)
            values = {"place": self.place, "name": name.strip()}
            if plain not in BY_NAME and plain not in ROW:
                near = nearest(plain, [*BY_NAME, *ROW])
                yield TemplateProblem(_NOT_KNOWN, {**values, "near": near})
            elif plain in ROW and self.row is None:
                yield TemplateProblem(_NOT_IN_ROW, values)
        if _BRACES.search(_NAME.sub("", text)):
            yield TemplateProblem(_NOT_CLOSED, {"place": self.place})

    def fill(self, values: Mapping[str, str]) -> None:
        """Replace the names by their values, and remove the paragraph if that leaves it blank."""
        found = list(_NAME.finditer(self.text))
        if not found:
            return
        pieces = self.pieces
        for name in reversed(found):
            _replace(pieces, name.start(), name.end(), values[_plain(name[1])])
        for piece in pieces:
            _break_lines(piece)
        if not self.text.strip() and self._is_removable():
            self.element.getparent().remove(self.element)

    def _is_removable(self) -> bool:
        body = self.element.getparent().tag == f"{_W}body"
        holds_more = any(self.element.iter(f"{_W}sectPr", f"{_W}drawing", f"{_W}pict"))
        return body and not holds_more


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()


def _replace(pieces: list[Element], start: int, end: int, value: str) -> None:
    """Replace characters of a text that is split into pieces."""
    at, left = 0, value
    for piece in pieces:
        text = piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            piece.text = f"{text[:first]}{left}{text[last:]}"
            piece.set(_SPACE, "preserve")
            left = ""
        at += len(text)


def _break_lines(piece: Element) -> None:
    """Write the lines of a text as Word does, with a break after each but the last."""
    first, *lines = (piece.text or "").split("\n")
    piece.text = first
    for line in lines:
        following = deepcopy(piece)
        following.text = line
        line_break = piece.makeelement(f"{_W}br", {})
        piece.addnext(line_break)
        line_break.addnext(following)
        piece = following


def _mark(document: "Document", mark: str) -> None:
    """Write 架空 at the top of the document."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import RGBColor

    first = document.add_paragraph()
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    first.add_run(mark).font.color.rgb = RGBColor.from_string(_MARK_COLOUR)
    document.element.body.insert(0, first._p)
