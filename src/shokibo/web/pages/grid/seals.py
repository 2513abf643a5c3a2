"""Digests of what the cells of a row held when its page was opened, which the page sends back."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache

_ROW, _CELL = 16, 4
"""How many characters the digests of a row and of a cell have."""


def seal_of(typed: Sequence[str]) -> str:
    """Return a digest of all cells, and of each."""
    row = hashlib.blake2b("\x1f".join(typed).encode(), digest_size=_ROW // 2).hexdigest()
    return row + "".join(map(_cell_seal, typed))


def differs(seal: str, place: int, typed: str) -> bool:
    """Whether a cell of a row differs from when the row was sealed."""
    at = _ROW + _CELL * place
    return seal[at : at + _CELL] != _cell_seal(typed)


@lru_cache(maxsize=10_000)
def _cell_seal(typed: str) -> str:
    """Return a short digest: it is compared only where somebody else changed the row."""
    digest = hashlib.blake2b(typed.encode(), digest_size=_CELL * 3 // 4).digest()
    return urlsafe_b64encode(digest).decode()
