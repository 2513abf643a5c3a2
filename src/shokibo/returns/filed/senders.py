"""Who sent a form: by its letterhead, otherwise by the file's name (団体コード or name)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from shokibo.ledger.authority_codes import has_right_check_digit

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_OFFICE = re.compile(
    r"(民生|福祉|児童|子ども|子供|子育て|こども|健康|保健|家庭|知事|(?<=[市区])長|[^都道府県市区]{0,6}[部局課]長?).*$"
)
_NAME = re.compile(r"(?:.*[都道府県](?=.+[市区]))?(?P<name>.{1,8}?[都道府県市区])$")
_SEPARATOR = re.compile(r"[_\-・.()\[\]【】]")
_PREFECTURES = ("都", "道", "府", "県")
_WARD = re.compile(r"[^\d市区町村]{1,4}区")
_KINDS = frozenset({"都道府県", "指定都市", "児童相談所設置市"})


@dataclass(frozen=True)
class Sender:
    """An authority, by its code, its name, or both; what is not known is blank."""

    code: str
    name: str


def sender_of(letterhead: Sequence[str], file: str, known: Sequence[Sender]) -> Sender | None:
    """Return who sent a form, of those that are known; None if it names none of them.

    The letterhead goes before the file's name. Of several names in the letterhead the first counts,
    as an address may follow; after a prefecture's name the one that comes next (福岡県福岡市).
    """
    return _named("".join(letterhead), known) or sender_in_name(file, known)


def sender_in_name(file: str, known: Sequence[Sender]) -> Sender | None:
    """Return who is named by a file's name: by the code, otherwise by the name."""
    name = _folded(PurePath(file).stem)
    codes = set(_CODE.findall(name))
    return next((one for one in known if one.code in codes), None) or _named(name, known)


def _named(text: str, known: Iterable[Sender]) -> Sender | None:
    folded = _SEPARATOR.sub("", _folded(text))
    names = {_folded(one.name): one for one in known if one.name}
    named = [(folded.find(name), -len(name), name) for name in names if name in folded]
    if not named:
        return None
    at, _, first = min(named)
    end = at + len(first)
    after = max((name for name in names if folded.startswith(name, end)), key=len, default="")
    is_address = _WARD.match(folded, end + len(after)) is not None
    return names[after if after and first.endswith(_PREFECTURES) and not is_address else first]


def sender_read(letterhead: Sequence[str], file: str) -> Sender | None:
    """Return who sent a form as it says itself; None if it says nothing."""
    stem = _folded(PurePath(file).stem)
    code = next((code for code in _CODE.findall(stem) if has_right_check_digit(code)), "")
    of_file = re.sub(r"様式第?\d?|別紙|第?\d+|R\d+|令和|年度|[_\-()・.\[\]]", " ", stem).split()
    named = (_name(text) for text in (*letterhead, *of_file))
    name = next((name for name in named if name), "")
    return Sender(code, name) if code or name else None


def _name(text: str) -> str:
    parts = text.split()
    is_spaced_out = len(parts) > 1 and max(map(len, parts)) == 1
    first = _OFFICE.sub("", _folded(text if is_spaced_out else next(iter(parts), "")))
    found = _NAME.fullmatch(first)
    return found["name"] if found and first not in _KINDS else ""


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
