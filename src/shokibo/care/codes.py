"""A child's code: seven random letters and a check letter, written K7M2-9QX4.

Without 0, O, 1, I and U, which are misread or form words. Any single wrong letter, and any two
swapped letters, make the code invalid: 31 letters, each weighted by its position.
"""

import unicodedata
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
LENGTH = 8
ANONYMOUS = "ANON-"
"""The prefix of codes that belong to nobody: those of the stays of deleted children."""


def new_code(draw: Callable[[int], int]) -> str:
    """Return a code; `draw` gives a random number from 0 to below its argument."""
    letters = "".join(ALPHABET[draw(len(ALPHABET))] for _ in range(LENGTH - 1))
    return _written(letters + _check(letters))


def read_code(text: str) -> str | None:
    """Return the code that was typed, in any spelling; None if it is not a valid code."""
    letters = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(letter for letter in letters if letter not in " -")
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return _written(letters) if _check(letters[:-1]) == letters[-1] else None


def _check(letters: str) -> str:
    weighted = (place * ALPHABET.index(letter) for place, letter in enumerate(letters, 1))
    return ALPHABET[sum(weighted) % len(ALPHABET)]


def _written(letters: str) -> str:
    return f"{letters[:4]}-{letters[4:]}"
