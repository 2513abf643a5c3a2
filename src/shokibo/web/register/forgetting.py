"""Children whose records were deleted for good: who hears of it, and who knows of it later."""

import datetime as dt
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.dispatch import Signal

if TYPE_CHECKING:
    from django.db.models import Model

    from shokibo.web.register.models import Authority

forgotten = Signal()
"""Sent with `children`, each `Forgotten`, within the transaction that deletes them."""
asked = Signal()
"""Sent with an authority's `authority_code` and children's `codes`; answered as `deleted_on`."""


@dataclass(frozen=True)
class Forgotten:
    """A child of whom nothing may be left: its code, and the rows that it had."""

    authority: "Authority"
    code: str
    rows: "Sequence[Model]"


def are_named(codes: Collection[str], text: str) -> bool:
    """Whether a text names one of some children, as people type codes: in any case and width."""
    folded = _folded(text)
    return any(_is_named(_folded(code), folded) for code in codes)


def _is_named(code: str, text: str) -> bool:
    at = text.find(code)
    while at >= 0:
        after = at + len(code)
        if not any(map(_is_of_a_code, (text[at - 1 : at], text[after : after + 1]))):
            return True
        at = text.find(code, at + 1)
    return False


def _is_of_a_code(letter: str) -> bool:
    """Whether a letter next to a code makes it part of another one."""
    return letter.isascii() and (letter.isalnum() or letter in ("-", "_"))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def deleted_on(authority_code: str, codes: Collection[str]) -> dict[str, dt.date]:
    """Return when the records of these children were deleted, of those of whom they were."""
    if not codes:
        return {}
    answers: Any = asked.send(None, authority_code=authority_code, codes=codes)
    return {code: day for _receiver, days in answers for code, day in days.items()}
