"""The plan as a Word document that an office edits further."""

import zipfile
from io import BytesIO

from shokibo.documents.blocks import PlanDocument, printed
from shokibo.documents.drawing.printable import require_printable


def plan_docx(document: PlanDocument) -> bytes:
    """Give the document as .docx: cover, contents, chapters, charts as pictures.

    The same document gives the same bytes. Raises UnprintableError.
    """
    require_printable(printed(document))
    from shokibo.documents.plan.docx_writer import drawn  # loads python-docx

    content = BytesIO()
    drawn(document).save(content)
    return _undated(content)


def _undated(package: BytesIO) -> bytes:
    """Pack the files of a package anew without the hour in which they were packed."""
    packed = BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()
