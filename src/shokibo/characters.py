"""Invisible characters are removed from a text; those that can't be printed are reported.

Documents are printed only with the two fonts of a package; the fonts themselves state which
characters they have.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib.tables._c_m_a_p import table__c_m_a_p

Positions = tuple[tuple[int, str], ...]
"""Characters of a text, each with its position."""

_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_INVISIBLE = (  # Default_Ignorable_Code_Point of Unicode, and marks of an interlinear annotation
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BREAK = re.compile("\r\n|[\n\v\f\r\u0085\u2028\u2029]")
_SPACES = "\t\x1c-\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f"
_ODD = re.compile(f"[{_INVISIBLE}{_SPACES}]|{_BREAK.pattern}")
_HAS_DIGIT = re.compile(r"\d")
_IS_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_DASH = "—"
"""Printed for a blank in every document. The fonts have it, though Shift_JIS does not."""
_IS_SELECTOR = re.compile(f"[{_SELECTORS}]")


def clean(text: str, *, lines: bool = False) -> str:
    """Remove invisible characters and surrounding space; other white space becomes plain spaces.

    With `lines` line ends are kept. A variation selector is kept if the fonts have the form it
    selects.
    """
    if (text.isascii() and text.isprintable()) or not _ODD.search(text):
        return text.strip()
    parts = _BREAK.split(text) if lines else (text,)
    return "\n".join(_ODD.sub(_replacement, part) for part in parts).strip()


def plain_figures(text: str) -> str:
    """Normalise numeric text by NFKC: full-width digits become half-width.

    Raises ValueError if a superscript, subscript or circled digit would become one of the digits:
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


def _replacement(odd: re.Match[str]) -> str:
    if _IS_INVISIBLE.fullmatch(odd[0]):
        return odd[0] if _is_supported_variant(odd.string, odd.start()) else ""
    return " "


def invisible(text: str, *, lines: bool = False) -> Positions:
    """List what `clean` removes or turns into a space, except for surrounding space."""
    return tuple(
        (odd.start(), odd[0])
        for odd in _ODD.finditer(text.strip())
        if not _is_supported_variant(odd.string, odd.start())
        if not (lines and _BREAK.fullmatch(odd[0]))
    )


def unprintable(text: str) -> Positions:
    """List the characters of a text that the fonts of the documents lack.

    Private-use (外字), U+FFFD, control, unassigned and invisible characters, and emoji.
    """
    if text.isascii() and text.isprintable():
        return ()
    return tuple(
        (position, character)
        for position, character in enumerate(text)
        if not (character == "\n" or _is_printed(text, position))
    )


def label(character: str) -> str:
    """Format a character for a message: itself if it is visible, and its code point."""
    number = " ".join(f"U+{ord(part):04X}" for part in character)
    hidden = unicodedata.category(character[0])[0] in "CZ" or _IS_INVISIBLE.match(character)
    return number if hidden else f"{character} ({number})"


def _is_printed(text: str, position: int) -> bool:
    character = text[position]
    if _ODD.match(character):
        return _is_supported_variant(text, position)
    if character == _DASH:
        return True
    try:  # the fonts cover all of Shift_JIS, and opening them is slow
        character.encode("cp932")
    except UnicodeEncodeError:
        return ord(character) in _code_points()
    is_plain = character.isprintable() and unicodedata.category(character) != "Co"
    return character == "\u3000" or is_plain or ord(character) in _code_points()


def _is_supported_variant(text: str, position: int) -> bool:
    """Return whether a variation selector follows a character whose variant the fonts have."""
    selector = text[position]
    return (
        position > 0
        and _IS_SELECTOR.match(selector) is not None
        and (ord(selector), ord(text[position - 1])) in _variants()
    )


@cache
def _code_points() -> frozenset[int]:
    """Read the code points that all the documents' fonts have."""
    return frozenset.intersection(*(frozenset(cmap.getBestCmap()) for cmap in _character_maps()))


@cache
def _variants() -> frozenset[tuple[int, int]]:
    """Read the pairs of character and variation selector whose form all fonts have."""
    return frozenset.intersection(
        *(
            frozenset(
                (selector, base)
                for table in cmap.tables
                if table.format == 14
                for selector, forms in table.uvsDict.items()
                for base, _ in forms
            )
            for cmap in _character_maps()
        )
    )


@cache
def _character_maps() -> tuple["table__c_m_a_p", ...]:
    from fontTools.ttLib import TTFont
    from pylopdf_fonts_jp import sans_path, serif_path

    maps = []
    for path in (serif_path(), sans_path()):
        with TTFont(path, lazy=True) as font:
            maps.append(font["cmap"])
    return tuple(maps)
