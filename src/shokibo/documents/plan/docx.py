"""The plan as a Word document that an office can edit."""

import zipfile
from io import BytesIO

from shokibo.documents.blocks import PlanDocument, printed
from shokibo.documents.drawing.printable import require_printable


def plan_docx(document: PlanDocument) -> bytes:
    """Return the document as .docx: cover, contents, chapters, charts as pictures.

    The same document gives the same bytes. Raises UnprintableError.
    """
    require_printable(printed(document))
    from shokibo.documents.plan.docx_writer import drawn  # loads python-docx

    content, packed = BytesIO(), BytesIO()
    drawn(document).save(content)
    # repacked without timestamps
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()
