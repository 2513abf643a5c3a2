"""Typeset letters about decisions as one PDF, each starting on a new page."""

import dataclasses
import json
from collections.abc import Sequence

from shokibo.documents.drawing.printable import require_printable
from shokibo.documents.drawing.typesetting import typeset
from shokibo.documents.letters.letter import CertificationLetter, printed


def letters_pdf(letters: Sequence[CertificationLetter]) -> bytes:
    """Return one tagged PDF (PDF/UA-1) on A4. Raises UnprintableError."""
    for letter in letters:
        require_printable(printed(letter))
    content = json.dumps([dataclasses.asdict(letter) for letter in letters])
    return typeset("certification_letter.typ", letters=content)
