"""Who sent a form: by its letterhead, otherwise by the file's name (団体コード or name)."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
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
_WARD = re.compile(r"[^\d市区町村長|]{1,4}区")
_ADDRESS = re.compile(rf"{_WARD.pattern}|[^\d部局課室所長第担電令平|]{{1,8}}\d")
_EXCEPT = re.compile(r"\([^()]*除[^()]*\)")
_BETWEEN_CELLS = "|"
_KINDS = frozenset({"都道府県", "指定都市", "児童相談所設置市"})


@dataclass(frozen=True)
class Sender:
    """An authority, by its code, its name, or both; what is not known is blank."""

    code: str
    name: str


def sender_of(letterhead: Sequence[str], file: str, known: Sequence[Sender]) -> Sender | None:
    """Return who sent a form, of those that are known; None if it names none of them.

    The letterhead goes before the file's name. Of several names in the letterhead the first counts,
    unless it begins an address; after a prefecture's name the one that comes next (福岡県福岡市).
    """
    texts = _BETWEEN_CELLS.join(letterhead)
    return _named(texts, known, _ADDRESS) or sender_in_name(file, known)


def sender_in_name(file: str, known: Sequence[Sender]) -> Sender | None:
    """Return who is named by a file's name: by the code, otherwise by the name."""
    name = _folded(PurePath(file).stem)
    codes = set(_CODE.findall(name))
    return next((one for one in known if one.code in codes), None) or _named(name, known, _WARD)


def _named(text: str, known: Iterable[Sender], address: re.Pattern[str]) -> Sender | None:
    folded = _SEPARATOR.sub("", _EXCEPT.sub("", _folded(text)))
    names = {_folded(one.name): one for one in known if one.name}
    in_address: Sender | None = None
    end = 0
    while named := _first_of(names, folded, end):
        first, last, end = named
        found = address.match(folded, end)
        if found is None:
            return names[last]
        in_address = in_address or names[first]
        end = found.end()
    return in_address


def _first_of(names: Collection[str], text: str, start: int) -> tuple[str, str, int] | None:
    """Return the first name, that of a city after a prefecture's, and where they end."""
    named = [(text.find(name, start), -len(name), name) for name in names]
    at, _, first = min((one for one in named if one[0] >= 0), default=(0, 0, ""))
    if not first:
        return None
    end = at + len(first)
    if first.endswith(_PREFECTURES):
        next_at = end + text.startswith(_BETWEEN_CELLS, end)
        following = (name for name in names if text.startswith(name, next_at))
        if last := max(following, key=len, default=""):
            return first, last, next_at + len(last)
    return first, first, end


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
