"""What people type into a form's cells: `4か所`, `４`, `4 箇所`, `4.8名`, ○ in all its shapes."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from shokibo.characters import clean, plain_figures
from shokibo.ledger.raw import RawCell, UnusableCell

_SPACE_BESIDE_WORDS = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_UNIT = r"(?:(?:か|カ|ヵ|ヶ|ケ|個|箇)?所|施設|名|人|件)"
_COUNT = re.compile(rf"(\d{{1,6}}|\d{{1,3}}(?:,\d{{3}})+)(?:\.0+)?{_UNIT}?")
_STAFF = re.compile(rf"(\d{{1,4}}(?:\.\d{{1,6}})?){_UNIT}?")
_YES = frozenset("○◯〇●◎Oo0✓✔") - {"0"} | {"有", "あり", "有り", "適用", "はい", "該当"}
_NO = frozenset("×✕✖✗✘xX") | {"無", "なし", "無し", "非適用", "いいえ", "非該当"}
_DASHES = frozenset("-‐‑–—―−ー─")
_DIGITS_OF_A_DOUBLE = 15
_UNUSABLE = {"CELL_FORMULA_EMPTY": "計算結果のない数式"}
_ERROR = "Excelのエラー値"


def text_of(cell: RawCell) -> str:
    """Return a cell's text as a person sees it; a number without floating-point noise."""
    match cell:
        case None:
            return ""
        case UnusableCell():
            return _UNUSABLE.get(cell.code, _ERROR)
        case float():
            return f"{cell:.{_DIGITS_OF_A_DOUBLE}g}"
    return clean(str(cell))


def folded(cell: RawCell) -> str:
    """Return a cell's text without spaces and width differences, for matching."""
    return _folded(text_of(cell))


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """Fold a text; forms of all authorities have the same words."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_unit(cell: RawCell) -> bool:
    """Return whether a cell holds only a unit of measure, as on the blank form."""
    return re.fullmatch(_UNIT, folded(cell)) is not None


def is_unit_or_dash(cell: RawCell) -> bool:
    """Return whether a cell holds no figure: only a unit, or a dash."""
    return is_unit(cell) or folded(cell) in _DASHES


def is_figure(cell: RawCell) -> bool:
    """Return whether a cell holds a number, with or without its unit."""
    return staff(text_of(cell)) is not None


def count(text: str) -> int | None:
    """Read a count with or without its unit; None if it is no whole number."""
    found = _COUNT.fullmatch(_figures(text))
    return int(found[1].replace(",", "")) if found else None


def staff(text: str) -> str | None:
    """Read a number of staff as a decimal without zeros at its end; None if it is none."""
    found = _STAFF.fullmatch(_figures(text))
    return f"{Decimal(found[1]).normalize():f}" if found else None


def mark(text: str) -> bool | None:
    """Read ○ or ×; None if it is neither."""
    word = unicodedata.normalize("NFKC", text).strip()
    return True if word in _YES else False if word in _NO else None


def _figures(text: str) -> str:
    try:
        return _SPACE_BESIDE_WORDS.sub("", plain_figures(text))
    except ValueError:  # a superscript or circled digit
        return ""
