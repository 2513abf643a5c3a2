"""Typeset letters of decisions as one PDF, each from a new page."""

import dataclasses
import json
from collections.abc import Sequence

from shokibo.documents.certification_letter import CertificationLetter
from shokibo.documents.form_pdf import typeset


def letters_pdf(letters: Sequence[CertificationLetter]) -> bytes:
    """Give one tagged PDF (PDF/UA-1) on A4. Raises MissingCharacterError."""
    told = json.dumps([dataclasses.asdict(letter) for letter in letters])
    return typeset("certification_letter.typ", letters=told)
