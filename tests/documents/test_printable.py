"""No document prints another character than the one that was asked for: any other is refused."""

import dataclasses
import datetime as dt
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pylopdf_fonts_jp import serif_path
from pypdf import PdfReader

from shokibo.characters import unprintable
from shokibo.documents.blocks import Figure
from shokibo.documents.charts import Chart, Series
from shokibo.documents.drawing.printable import UnprintableError, require_printable
from shokibo.documents.forms.pdf import form_pdf
from shokibo.documents.forms.xlsx import form_xlsx
from shokibo.documents.letters.letter import CertificationLetter
from shokibo.documents.letters.pdf import letters_pdf
from shokibo.documents.letters.template import letter_docx
from shokibo.documents.plan.chart_files import chart_files
from shokibo.texts import Text

from .sheets import form, made_row, sheet_of, sheet_with_rows
from .test_plan_cases import FORMATS, made

PRIVATE = ("\ue000", "\uf8ff", "\U000f0000", "\U000ffffd", "\U00100000", "\U0010fffd")
REFUSED = (
    *PRIVATE,
    "\ufffd",
    "\u200b",
    "\x01",
    "🏠",
    "\U0001f468\u200d\U0001f469",
    "𓀀",
    "\U000e0fff",
)
ASKED = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if not 0xD800 <= code < 0xE000 and not unprintable(chr(code)) and not chr(code).isspace()
]


def letter(remark: str) -> CertificationLetter:
    """Return a letter that prints a text."""
    return CertificationLetter("題", "1", "日", ("甲",), ("乙",), "本文", (), (), remark, "")


def fonts_of(content: bytes) -> set[str]:
    """Name the fonts that a PDF brings."""
    resources: list[Any] = [page["/Resources"] for page in PdfReader(BytesIO(content)).pages]
    return {
        str(descendant.get_object()["/FontDescriptor"]["/FontName"]).split("+")[1].split("-")[0]
        for each in resources
        for font in each["/Font"].values()
        for descendant in font["/DescendantFonts"]
    }


def test_of_all_planes_what_is_not_refused_is_printed_as_itself() -> None:
    lines = [" ".join(ASKED[start : start + 30]) for start in range(0, len(ASKED), 30)]
    content = letters_pdf([letter("\n".join(lines).replace("≒", ""))])
    assert fonts_of(content) == {"NotoSerifJP"}
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    with TTFont(serif_path(), lazy=True) as font:
        glyphs = font.getBestCmap()
    drawn = {glyphs.get(ord(character)) for character in printed}
    of_this_font = set(ASKED) - {"≒"}
    assert {c for c in of_this_font if glyphs[ord(c)] not in drawn} == {"―"}
    assert "—" in printed  # in Japanese the font draws both as one
    assert len(ASKED) > 10_000


def test_the_one_sign_of_a_third_font_is_the_only_one() -> None:
    assert fonts_of(letters_pdf([letter("0.75名 ≒ 0.8名 ∫∑α")])) == {"NotoSerifJP", "NewCMMath"}


DRAWN: dict[str, Callable[[str], object]] = {
    "form, name of a unit": lambda text: sheet_with_rows(1, made_row(unit_name=text)),
    "form, name of a home": lambda text: sheet_with_rows(1, made_row(home_name=text)),
    "form, number": lambda text: sheet_of(form(), number=text),
    "form, authority": lambda text: sheet_of(form(), authority=text),
    "form, officer": lambda text: sheet_of(form(), officer=text),
}


@pytest.mark.parametrize("character", REFUSED)
@pytest.mark.parametrize("place", DRAWN)
@pytest.mark.parametrize("draw", [form_pdf, form_xlsx])
def test_a_form_with_any_other_is_refused_whatever_the_format(
    draw: Callable[[Any], bytes], place: str, character: str
) -> None:
    with pytest.raises(UnprintableError) as refused:
        draw(DRAWN[place](f"甲{character}乙"))
    (one,) = refused.value.texts
    assert one.text == f"甲{character}乙"
    assert all(f"U+{ord(part):04X}" in one.characters for part in character)


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_a_plan_with_any_other_is_refused_whatever_the_format(suffix: str) -> None:
    with pytest.raises(UnprintableError) as refused:
        FORMATS[suffix](made(1, 1, name="\ue000"))
    assert "表「" in refused.value.message("ja")
    assert "自治体名「\ue000県」:U+E000" in refused.value.message("ja")


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"number": "\ufffd"}, "文書番号"),
        ({"addressee": ("甲", "\ufffd")}, "宛名"),
        ({"sender": ("\ufffd",)}, "発信者"),
        ({"facts": (("理由", "\ufffd"),)}, "理由"),
        ({"conditions": ("\ufffd",)}, "条件"),
        ({"remark": "一行目\n\ufffd"}, "付記"),
    ],
)
@pytest.mark.parametrize("draw", [lambda one: letters_pdf([one]), letter_docx])
def test_a_letter_with_any_other_is_refused_with_its_place(
    draw: Callable[[Any], bytes], more: dict[str, Any], where: str
) -> None:
    with pytest.raises(UnprintableError) as refused:
        draw(dataclasses.replace(letter(""), **more))
    assert [one.where.ja for one in refused.value.texts] == [where]


def test_a_chart_with_any_other_is_refused() -> None:
    chart = Chart(("甲",), (Series("\ue000", (1,)),))
    with pytest.raises(UnprintableError, match=r"figure 定員, .*U\+E000"):
        chart_files([Figure(chart, "定員", "", "図")])


@given(st.text(max_size=30))
def test_any_text_is_refused_or_holds_only_what_can_be_printed(text: str) -> None:
    try:
        require_printable([(Text("甲", "a"), {"b": [text]})])
    except UnprintableError as error:
        (one,) = error.texts
        assert (one.text, one.where.ja) == (text, "甲")
        assert unprintable(text)
    else:
        assert not unprintable(text)


def test_of_a_long_text_the_message_shows_where_it_is() -> None:
    with pytest.raises(UnprintableError) as refused:
        require_printable([(Text("甲", "a"), "あ" * 500 + "\ue000い" + "う" * 500)])
    assert "\ue000い" in refused.value.message("ja")
    assert len(refused.value.message("ja")) < 200


def test_texts_of_no_kind_are_passed_over() -> None:
    require_printable([(Text("甲", "a"), (1, None, dt.date(2022, 4, 1), True))])
