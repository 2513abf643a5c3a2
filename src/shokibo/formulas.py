"""Text in a CSV file that a spreadsheet would take for a formula: escaped, and read back.

A leading apostrophe makes a spreadsheet treat it as text. A text that already begins like an
escaped one gets another, so that reading removes exactly what writing added.
"""

import re

_BEGINS_A_FORMULA = "[=+\\-@\t\r\n＝＋－＠]"
_TO_ESCAPE = re.compile(f"(?='*{_BEGINS_A_FORMULA})")
_ESCAPED = re.compile(f"'(?='*{_BEGINS_A_FORMULA})")


def escaped(text: str) -> str:
    """Escape a text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _TO_ESCAPE.match(text) else text


def unescaped(text: str) -> str:
    """Undo `escaped`."""
    return text[1:] if _ESCAPED.match(text) else text
