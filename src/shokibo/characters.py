"""Characters that nobody sees are taken out of a text; those that can't be printed are named.

What a document prints is drawn with the two fonts that a package brings, and only with them: the
fonts themselves state which characters they have.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

Found = tuple[tuple[int, str], ...]
"""Characters of a text, each after its position."""

_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNSEEN = (  # Default_Ignorable_Code_Point of Unicode, and the marks of an interlinear annotation
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BREAK = re.compile("\r\n|[\n\v\f\r\u0085\u2028\u2029]")
_SPACES = "\t\x1c-\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f"
_ODD = re.compile(f"[{_UNSEEN}{_SPACES}]|{_BREAK.pattern}")
_HAS_DIGIT = re.compile(r"\d")
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]")
_IS_SELECTOR = re.compile(f"[{_SELECTORS}]")
_DRAWN_BY_ANOTHER_FONT = frozenset("≒")
"""What the Japanese fonts lack and the templates draw with a third font, and nothing else."""


def clean(text: str, *, lines: bool = False) -> str:
    """Take out what nobody sees; every odd space, and a line's end, is a plain space.

    With `lines` a line's end stays one. A variation selector stays where the fonts have the form
    that it selects. Space at either end is taken off.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    parts = _BREAK.split(text) if lines else (text,)
    return "\n".join(_ODD.sub(_instead, part) for part in parts).strip()


def plain_figures(text: str) -> str:
    """Give a text of figures after NFKC, its full-width digits plain ones.

    Raises ValueError where a raised, lowered or circled figure would become one of the digits:
    neither 6² nor 6② is 62.
    """
    if text.isascii():
        return text.strip()
    for character in text:
        if not character.isdecimal() and _HAS_DIGIT.search(_nfkc(character)):
            raise ValueError(text)
    return _nfkc(text).strip()


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _instead(odd: re.Match[str]) -> str:
    if _IS_UNSEEN.fullmatch(odd[0]):
        return odd[0] if _selects(odd.string, odd.start()) else ""
    return " "


def invisible(text: str, *, lines: bool = False) -> Found:
    """Name what `clean` takes out of a text or makes a space, but for the space at its ends."""
    return tuple(
        (odd.start(), odd[0])
        for odd in _ODD.finditer(text.strip())
        if not _selects(odd.string, odd.start())
        if not (lines and _BREAK.fullmatch(odd[0]))
    )


def unprintable(text: str) -> Found:
    """Name the characters of a text that the fonts of the documents can't draw.

    Private ones (外字), U+FFFD, control characters, those not assigned, emoji, unseen ones.
    """
    if text.isascii() and text.isprintable():
        return ()
    return tuple(
        (position, character)
        for position, character in enumerate(text)
        if not (character == "\n" or _is_printed(text, position))
    )


def label(character: str) -> str:
    """Write a character for a message: itself where it can be seen, and its number."""
    number = " ".join(f"U+{ord(part):04X}" for part in character)
    hidden = unicodedata.category(character[0])[0] in "CZ" or _IS_UNSEEN.match(character)
    return number if hidden else f"{character} ({number})"


def _is_printed(text: str, position: int) -> bool:
    character = text[position]
    if _ODD.match(character):
        return _selects(text, position)
    return _is_of_shift_jis(character) or ord(character) in _drawn()


def _is_of_shift_jis(character: str) -> bool:
    """Tell whether it is of a set that the fonts hold as a whole: reading them is slow."""
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return character == "\u3000" or (character.isprintable() and not _is_private(character))


def _is_private(character: str) -> bool:
    return unicodedata.category(character) == "Co"


def _selects(text: str, position: int) -> bool:
    """Tell whether a variation selector follows a character of which the fonts have that form."""
    selector = text[position]
    return (
        position > 0
        and _IS_SELECTOR.match(selector) is not None
        and (ord(selector), ord(text[position - 1])) in _variants()
    )


@cache
def _drawn() -> frozenset[int]:
    """Give the code points that every font of the documents has."""
    return frozenset.intersection(*(frozenset(font.getBestCmap()) for font in _fonts()))


@cache
def _variants() -> frozenset[tuple[int, int]]:
    """Give each variation selector and character before it of which all fonts have the form."""
    return frozenset.intersection(
        *(
            frozenset(
                (selector, base)
                for table in font["cmap"].tables
                if table.format == 14
                for selector, forms in table.uvsDict.items()
                for base, _ in forms
            )
            for font in _fonts()
        )
    )


@cache
def _fonts() -> tuple["TTFont", ...]:
    from fontTools.ttLib import TTFont
    from pylopdf_fonts_jp import sans_path, serif_path

    return tuple(TTFont(path, lazy=True) for path in (serif_path(), sans_path()))
