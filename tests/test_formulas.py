"""Text that a spreadsheet would take for a formula is written as text, and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.formulas import escaped, unescaped

TEXTS = st.text(st.sampled_from("'=+-@＝a\t\r\n") | st.characters())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("-分園", "'-分園"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''@", "'''@"),
        ("'園", "'園"),
        ("'", "'"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_formula_begins_with_an_apostrophe(text: str, written: str) -> None:
    assert escaped(text) == written
    assert unescaped(written) == text


@given(text=TEXTS)
def test_what_is_escaped_is_read_back_and_begins_no_formula(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


@given(text=TEXTS)
def test_a_text_that_begins_no_formula_stays(text: str) -> None:
    if not text.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r", "\n", *"＝＋－＠")):
        assert escaped(text) == unescaped(text) == text
