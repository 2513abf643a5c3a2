"""Text of a CSV file that a spreadsheet would take for a formula: escaped, and read back.

An apostrophe in front makes it text to a spreadsheet. A text that already begins like an escaped
one gets one more, so that reading removes exactly what writing put in front.
"""

import re

_BEGINS_A_FORMULA = "[=+\\-@\t\r\n＝＋－＠]"
_TO_ESCAPE = re.compile(f"(?='*{_BEGINS_A_FORMULA})")
_ESCAPED = re.compile(f"'(?='*{_BEGINS_A_FORMULA})")


def escaped(text: str) -> str:
    """Write a text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _TO_ESCAPE.match(text) else text


def unescaped(text: str) -> str:
    """Return the text that `escaped` wrote."""
    return text[1:] if _ESCAPED.match(text) else text
