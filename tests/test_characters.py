"""Characters that nobody sees, and those that the documents' fonts don't have."""

import sys
import unicodedata
from collections.abc import Iterator

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pylopdf_fonts_jp import sans_path, serif_path

from shokibo.characters import clean, invisible, label, unprintable

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.fixture(scope="module")
def fonts() -> Iterator[list[TTFont]]:
    with TTFont(serif_path(), lazy=True) as serif, TTFont(sans_path(), lazy=True) as sans:
        yield [serif, sans]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("さくら\u200b", "さくら"),
        ("\u200b\u2060\ufeff", ""),
        ("\u3164\u115f", ""),
        ("さ\u00adく\u202eら\u200f", "さくら"),
        ("さくら\u00a0園", "さくら 園"),
        ("さくら\t園", "さくら 園"),
        ("さくら\r\n園\n", "さくら 園"),
        ("さくら\u3000園\u3000", "さくら\u3000園"),
        ("a\ufe0f", "a"),
        ("葛\U000e0100城", "葛\U000e0100城"),  # a form that the fonts have
        ("あ\U000e0100", "あ"),
        ("\U000e0100", ""),
        ("", ""),
    ],
)
def test_invisible_characters_are_removed(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_text_of_lines_stays_one() -> None:
    assert clean("一\r\n二\r三\u2028四\u200b\t五\n", lines=True) == "一\n二\n三\n四 五"


@given(text=ANY_TEXT)
def test_cleaning_twice_is_cleaning_once_and_leaves_nothing_unseen(text: str) -> None:
    for lines in (False, True):
        cleaned = clean(text, lines=lines)
        assert clean(cleaned, lines=lines) == cleaned
    assert invisible(clean(text)) == ()


@given(text=ANY_TEXT)
def test_a_text_changes_only_where_something_unseen_is_named(text: str) -> None:
    assert (clean(text) == text.strip()) == (not invisible(text))


def test_what_is_taken_out_is_named_with_its_position() -> None:
    assert invisible("a\u00a0b\u200bc\r\nd") == ((1, "\u00a0"), (3, "\u200b"), (5, "\r\n"))
    assert invisible("a\r\nb\u200b\nc", lines=True) == ((4, "\u200b"),)


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\u200b", "U+200B"),
        ("\ue000", "U+E000"),
        ("\ufffd", "\ufffd (U+FFFD)"),
        ("🏠", "🏠 (U+1F3E0)"),
        ("\r\n", "U+000D U+000A"),
    ],
)
def test_a_character_is_named_by_its_number(character: str, shown: str) -> None:
    assert label(character) == shown


def test_of_all_characters_those_that_both_fonts_have_are_printed_and_no_others(
    fonts: list[TTFont],
) -> None:
    held = frozenset.intersection(*(frozenset(font.getBestCmap()) for font in fonts)) | {ord("≒")}
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        seen = clean(f"a{character}b") == f"a{character}b"
        printed = (code in held and seen) or character == "\n"
        assert (not unprintable(character)) == printed, hex(code)


@pytest.mark.parametrize("character", ["\ue000", "\uf8ff", "\ufffd", "\x01", "🏠", "\u200b"])
def test_what_no_document_prints_is_named(character: str) -> None:
    assert unprintable(f"園{character}") == ((1, character),)


def test_private_characters_of_shift_jis_are_not_printed() -> None:
    assert unprintable(b"\xf0\x40".decode("cp932"))


def test_every_form_that_both_fonts_have_is_printed(fonts: list[TTFont]) -> None:
    for font in fonts:
        (table,) = (table for table in font["cmap"].tables if table.format == 14)
        assert len(table.uvsDict[0xE0100]) > 10_000
        for selector, forms in table.uvsDict.items():
            for base, _ in forms:
                assert not unprintable(chr(base) + chr(selector))


def test_all_of_japanese_offices_characters_are_printed() -> None:
    for lead in range(0x81, 0xF0):
        for trail in range(0x40, 0xFD):
            character = bytes([lead, trail]).decode("cp932", errors="ignore")
            if len(character) == 1 and unicodedata.category(character) not in ("Co", "Cc"):
                assert not unprintable(character), character
