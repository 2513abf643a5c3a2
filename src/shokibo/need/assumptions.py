"""What the forecast takes for granted, in words: one list for its answer and for the guide."""

from functools import cache
from importlib.resources import files

import msgspec.yaml

from shokibo.need.answers import Assumption
from shokibo.texts import Language


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in both languages."""

    ja: str
    en: str


class Taken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One assumption: what is taken for granted, why, how sure that is, how much it matters."""

    code: str
    what: Words
    why: Words
    sure: Words
    matters: Words


@cache
def taken() -> tuple[Taken, ...]:
    """Read the assumptions, in the order in which they matter."""
    text = files("shokibo.need").joinpath("assumptions.yaml").read_bytes()
    return tuple(msgspec.yaml.decode(text, type=list[Taken]))


def assumptions(language: Language) -> list[Assumption]:
    """Return the assumptions in a language, as the forecast answers them."""
    parts = ("what", "why", "sure", "matters")
    return [
        Assumption(one.code, *(getattr(getattr(one, part), language) for part in parts))
        for one in taken()
    ]
