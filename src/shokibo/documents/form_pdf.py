"""Draw a form as a PDF, with fonts that packages bring, so that it is the same everywhere."""

import dataclasses
import json
import re
from importlib.resources import files

from shokibo.documents.form_layout import FormSheet
from shokibo.texts import Language, Text

_NOT_DRAWN = re.compile(r'the text `"(?P<text>.+)"` could not be displayed', re.DOTALL)


class MissingCharacterError(ValueError):
    """The form has characters that the fonts do not hold; they would be printed as boxes."""

    words = Text(
        "PDFの書体にない文字があります:「{text}」。その文字を改めるか、Excelで作成してください。",
        "The PDF's fonts lack a character: {text}. Write it otherwise, or make the workbook.",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Say which characters, and what to do."""
        return self.words.say(language, text=self.text)


def form_pdf(sheet: FormSheet) -> bytes:
    """Give a form as a tagged PDF (PDF/UA-1) on A4.

    The same form gives the same bytes. Raises MissingCharacterError where a name has a
    character that the fonts do not hold.
    """
    return typeset("form.typ", sheet=json.dumps(dataclasses.asdict(sheet), default=str))


def typeset(template: str, **inputs: str) -> bytes:
    """Typeset one of our templates as a tagged PDF, with `inputs` for its `sys.inputs`.

    Raises MissingCharacterError where the fonts lack a character.
    """
    import typst
    from pylopdf_fonts_jp import serif_path

    content = files("shokibo.documents").joinpath("templates", template).read_bytes()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[serif_path().parent])
    try:
        return typst.compile(
            content,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        not_drawn = _NOT_DRAWN.search(error.message)
        if not_drawn is None:
            raise
        raise MissingCharacterError(not_drawn["text"]) from error
