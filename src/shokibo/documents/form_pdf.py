"""Draw a form as a PDF, with fonts that a package brings, so that it is the same everywhere."""

import dataclasses
import json
import re
from importlib.resources import files
from pathlib import Path

from shokibo.documents.form_layout import FormSheet
from shokibo.documents.saving import save

_NOT_DRAWN = re.compile(r"the text `(?P<text>.+?)` could not be displayed", re.DOTALL)


class MissingCharacterError(ValueError):
    """A character of the form that the fonts do not hold; it would be printed as a box."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


def write_form_pdf(sheet: FormSheet, path: Path) -> None:
    """Write a form as a tagged PDF (PDF/UA-1) on A4.

    The same form gives the same bytes. Raises MissingCharacterError where a name has a
    character that the fonts do not hold, OSError where the file can't be written.
    """
    save(path, _typeset(json.dumps(dataclasses.asdict(sheet), default=str)))


def _typeset(sheet: str) -> bytes:
    import typst
    from pylopdf_fonts_jp import serif_path

    template = files("shokibo.documents").joinpath("templates", "form.typ").read_bytes()
    try:
        return typst.compile(
            template,
            font_paths=typst.Fonts(
                include_system_fonts=False,
                font_paths=[serif_path().parent],
            ),
            ignore_system_fonts=True,
            sys_inputs={"sheet": sheet},
            format="pdf",
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        found = _NOT_DRAWN.search(error.message)
        if found is None:
            raise
        raise MissingCharacterError(json.loads(found["text"])) from error
