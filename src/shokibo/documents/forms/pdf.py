"""A form as a PDF, with fonts from packages, so that it is the same everywhere."""

import dataclasses
import json

from shokibo.documents.drawing.printable import require_printable
from shokibo.documents.drawing.typesetting import typeset
from shokibo.documents.forms.layout import FormSheet, printed


def form_pdf(sheet: FormSheet) -> bytes:
    """Return a form as a tagged PDF (PDF/UA-1) on A4. The same form gives the same bytes.

    Raises UnprintableError.
    """
    require_printable(printed(sheet))
    return typeset("form.typ", sheet=json.dumps(dataclasses.asdict(sheet), default=str))
