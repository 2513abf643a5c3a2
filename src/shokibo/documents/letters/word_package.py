"""A Word file from outside: inspected before it is opened, or refused with the reason."""

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from shokibo.documents.letters.problems import TemplateError
from shokibo.texts import Text

if TYPE_CHECKING:
    from docx.document import Document

MOST_BYTES = 5_000_000
_MOST_UNPACKED, _MOST_PARTS = 50_000_000, 1_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN, _TYPES = "word/document.xml", "[Content_Types].xml"
_MACROS = (b"macroEnabled", b"vbaProject")
_TEMPLATE = b"wordprocessingml.template.main"
_EMBEDDED = (b"oleObject", b"activeX", b"control+xml")
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError),
    *(RuntimeError, NotImplementedError),  # an encrypted part, or an unknown compression
    AttributeError,  # python-docx meets an unexpected element
)
_TOO_LARGE = Text(
    "ファイルが大きすぎます。5MBより小さくしてください。",
    "The file is too large; make it smaller than 5 MB.",
)
_OLD = Text(
    "パスワードで保護されているか、古い形式(.doc)のファイルです。"
    "パスワードを外し、「Word 文書(.docx)」として保存してください。",
    "It has a password or is an old .doc; remove the password and save it as a Word document "
    "(.docx).",
)
_NOT_WORD = Text(
    "Wordの文書(.docx)ではありません。Wordで「Word 文書(.docx)」として保存してください。",
    "This is not a Word document; save it in Word as a Word document (.docx).",
)
_DAMAGED = Text(
    "ファイルが壊れています。Wordで開き、「Word 文書(.docx)」として保存し直してください。",
    "The file is damaged; open it in Word and save it again as a Word document (.docx).",
)
_WITH_MACROS = Text(
    "マクロの入ったファイルは使えません。「Word 文書(.docx)」として保存してください。",
    "A file with macros can't be used; save it as a Word document (.docx).",
)
_IS_TEMPLATE = Text(
    "Wordのテンプレート(.dotx)です。Wordで「Word 文書(.docx)」として保存し直してください。",
    "This is a Word template (.dotx); save it in Word as a Word document (.docx).",
)
_WITH_OBJECTS = Text(
    "ほかのファイルを埋め込んだ文書(オブジェクト、ActiveX)は使えません。埋め込みを削除してください。",
    "A document with embedded objects or ActiveX can't be used; remove them.",
)
_WITH_LINKS = Text(
    "外にあるファイルを表示する文書は使えません({target})。図は文書の中に挿入してください。",
    "A document that shows files from elsewhere can't be used ({target}); insert its pictures.",
)
_LINK_KINDS = ("/hyperlink", "/attachedTemplate")
"""Relations to the outside that load nothing; the second kind is removed."""


def open_word(content: bytes) -> "Document":
    """Open a Word document. Raises TemplateError if it is not one, or contains anything active."""
    if len(content) > MOST_BYTES:
        raise TemplateError(_TOO_LARGE)
    if content.startswith(_OLE):
        raise TemplateError(_OLD)
    if not content.startswith(b"PK"):
        raise TemplateError(_NOT_WORD)
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _inspect(package)
        return _opened(content)
    except _DAMAGE as error:
        raise TemplateError(_DAMAGED) from error


def _inspect(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise TemplateError(_TOO_LARGE)
    if not {_MAIN, _TYPES} <= set(package.namelist()):
        raise TemplateError(_NOT_WORD)
    if any(b"<!DOCTYPE" in package.read(part) for part in parts):  # Word never writes one
        raise TemplateError(_DAMAGED)
    types = package.read(_TYPES)
    if any(sign in types for sign in _MACROS):
        raise TemplateError(_WITH_MACROS)
    if _TEMPLATE in types:
        raise TemplateError(_IS_TEMPLATE)
    if any(sign in types for sign in _EMBEDDED) or any(
        part.filename.startswith("word/embeddings/") for part in parts
    ):
        raise TemplateError(_WITH_OBJECTS)


def _opened(content: bytes) -> "Document":
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(BytesIO(content))
    except (XMLSyntaxError, PackageNotFoundError) as error:
        raise TemplateError(_DAMAGED) from error
    for part in document.part.package.iter_parts():
        for name, relation in list(part.rels.items()):
            if not relation.is_external:
                continue
            if not relation.reltype.endswith(_LINK_KINDS):
                raise TemplateError(_WITH_LINKS, target=relation.target_ref)
            if relation.reltype.endswith("/attachedTemplate"):
                part.rels.pop(name)
    settings = document.settings.element
    for attached in settings.findall("{*}attachedTemplate"):
        settings.remove(attached)
    return document
