"""Who sent a form: by its letterhead, otherwise by the file's name (団体コード or name)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from shokibo.ledger.authority_codes import has_right_check_digit

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_OFFICE = re.compile(
    r"(民生|福祉|児童|子ども|子供|子育て|こども|健康|保健|家庭|知事|市長|区長|[^都道府県市区]{0,6}[部局課]長?).*$"
)
_NAME = re.compile(r"(?:.*[都道府県](?=.+[市区]))?(?P<name>.{1,8}?[都道府県市区])$")
_KINDS = frozenset({"都道府県", "指定都市", "児童相談所設置市"})


@dataclass(frozen=True)
class Sender:
    """An authority, by its code, its name, or both; what is not known is blank."""

    code: str
    name: str


def sender_of(letterhead: Sequence[str], file: str, known: Sequence[Sender]) -> Sender | None:
    """Return who sent a form, of those that are known; None if it names none of them.

    The letterhead goes before the file's name, there a code before a name; of several names the
    longest counts (世田谷区 in 東京都世田谷区).
    """
    name = _folded(PurePath(file).stem)
    if found := _named("".join(letterhead), known):
        return found
    codes = set(_CODE.findall(name))
    return next((one for one in known if one.code in codes), None) or _named(name, known)


def _named(text: str, known: Iterable[Sender]) -> Sender | None:
    folded = _folded(text)
    named = [one for one in known if one.name and _folded(one.name) in folded]
    return max(named, key=lambda one: len(one.name), default=None)


def sender_read(letterhead: Sequence[str], file: str) -> Sender | None:
    """Return who sent a form as it says itself; None if it says nothing."""
    stem = _folded(PurePath(file).stem)
    code = next((code for code in _CODE.findall(stem) if has_right_check_digit(code)), "")
    of_file = re.sub(r"様式第?\d?|別紙|第?\d+|R\d+|令和|年度|[_\-()・.\[\]]", " ", stem).split()
    named = (_name(text) for text in (*letterhead, *of_file))
    name = next((name for name in named if name), "")
    return Sender(code, name) if code or name else None


def _name(text: str) -> str:
    first = _OFFICE.sub("", _folded(next(iter(text.split()), "")))
    found = _NAME.fullmatch(first)
    return found["name"] if found and first not in _KINDS else ""


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
