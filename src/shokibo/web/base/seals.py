"""Digests of what the fields of a row held when its page was opened, which the page sends back."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache

_ROW, _CELL = 8, 3
"""How many characters the digests of a row and of a cell have, six bits each."""


def seal_of(typed: Sequence[str]) -> str:
    """Return a digest of all cells, and of each."""
    return _digest("\x1f".join(typed), _ROW) + "".join(map(_cell_seal, typed))


def differs(seal: str, place: int, typed: str) -> bool:
    """Whether a cell of a row differs from when the row was sealed."""
    at = _ROW + _CELL * place
    return seal[at : at + _CELL] != _cell_seal(typed)


@lru_cache(maxsize=10_000)
def _cell_seal(typed: str) -> str:
    """Return a short digest: it is compared only where somebody else changed the row."""
    return _digest(typed, _CELL)


def _digest(text: str, length: int) -> str:
    digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
    return urlsafe_b64encode(digest).decode()[:length]
