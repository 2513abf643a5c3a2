"""Footnotes of the Word document: a separate part, which python-docx does not create."""

from typing import TYPE_CHECKING

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from shokibo.documents.plan.docx_parts import made, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


class Footnotes:
    """The footnotes of a document, counted from 1."""

    def __init__(self) -> None:
        self.notes: list[Element] = []

    def reference(self, text: str) -> "Element":
        """Add a footnote, and return the run that refers to it."""
        number = len(self.notes) + 1
        words = paragraph("FootnoteText", _raised(made("footnoteRef")), run(f" {text}"))
        self.notes.append(made("footnote", words, id=number))
        return _raised(made("footnoteReference", id=number))

    def add_to(self, document: "Document") -> None:
        """Put the footnotes into a document, if there are any."""
        if not self.notes:
            return
        from lxml import etree

        separators = [
            made("footnote", made("p", made("r", made(kind))), type=kind, id=number)
            for number, kind in _SEPARATORS.items()
        ]
        root = etree.fromstring(f"<w:footnotes {nsdecls('w')}/>")
        root.extend([*separators, *self.notes])
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = document.part.package
        name = PackURI("/word/footnotes.xml")
        document.part.relate_to(Part(name, _CONTENT, content, package), _RELATION)


def _raised(sign: "Element") -> "Element":
    return made("r", made("rPr", made("vertAlign", val="superscript")), sign)
