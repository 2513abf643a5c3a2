"""Cells with text that is struck out (取消線), all of it or a part."""

import zipfile
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path

from shokibo.ledger.carriers import markup
from shokibo.ledger.carriers.archive import sheet_parts, stored_part
from shokibo.ledger.carriers.sheet_facts import Place, column_index

_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_DIGITS = "0123456789"


def struck_cells(path: Path) -> dict[str, frozenset[Place]]:
    """Return the struck cells of each sheet, by its name. Raises ValueError if it is not XML."""
    with zipfile.ZipFile(path) as archive:
        styles = _struck_styles(stored_part(archive, _STYLES) or b"<styleSheet/>")
        strings = _struck_strings(stored_part(archive, _STRINGS) or b"<sst/>")
        return {
            name: _struck(stored_part(archive, part) or b"", styles, strings)
            for name, part in sheet_parts(archive).items()
        }


def _is_strike(name: str, attributes: markup.Attributes) -> bool:
    return name == "strike" and attributes.get("val") not in ("0", "false")


def _struck_styles(xml: bytes) -> set[str]:
    """Return the numbers of the cell styles whose font is struck out."""
    fonts: list[bool] = []
    styles: list[bool] = []
    within: list[str] = []

    def start(name: str, attributes: markup.Attributes) -> None:
        within.append(name)
        if within[-2:] == ["fonts", "font"]:
            fonts.append(False)
        elif within[-3:-1] == ["fonts", "font"] and _is_strike(name, attributes):
            fonts[-1] = True
        elif within[-2:] == ["cellXfs", "xf"]:
            font = int(attributes.get("fontId", 0))
            styles.append(font < len(fonts) and fonts[font])

    markup.walk(xml, start, lambda _: within.pop())
    return {str(number) for number, is_struck in enumerate(styles) if is_struck}


def _struck_strings(xml: bytes) -> set[str]:
    """Return the numbers of the shared strings of which a part is struck out."""
    if b"strike" not in xml:
        return set()
    struck: set[str] = set()
    number = -1

    def start(name: str, attributes: markup.Attributes) -> None:
        nonlocal number
        number += name == "si"
        if _is_strike(name, attributes):
            struck.add(str(number))

    markup.walk(xml, start)
    return struck


def _struck(xml: bytes, styles: Set[str], strings: Set[str]) -> frozenset[Place]:
    if not (styles or strings or b"strike" in xml):
        return frozenset()
    walker = _Walker(styles, strings)
    markup.walk(xml, walker.start, walker.end, walker.text)
    return frozenset(walker.struck)


@dataclass
class _Walker:
    """Collects the struck cells of a sheet: by their style, their shared or their own string.

    A cell without a reference follows the one before.
    """

    styles: Set[str]
    strings: Set[str]
    struck: set[Place] = field(default_factory=set)
    _cell: markup.Attributes = field(default_factory=dict)
    _value: str = ""
    _row: int = 0
    _column: int = -1

    def start(self, name: str, attributes: markup.Attributes) -> None:
        """Handle an element's start."""
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), -1
        elif name == "c":
            self._cell, self._value = attributes, ""
            letters = attributes.get("r", "").strip().rstrip(_DIGITS)
            self._column = column_index(letters.upper()) if letters else self._column + 1
        has_style = name == "c" and attributes.get("s") in self.styles
        if has_style or _is_strike(name, attributes):
            self.struck.add((self._row, self._column))

    def text(self, text: str) -> None:
        """Handle a text."""
        self._value += text

    def end(self, name: str) -> None:
        """Handle an element's end."""
        is_shared = name == "c" and self._cell.get("t") == "s"
        if is_shared and self._value.strip() in self.strings:
            self.struck.add((self._row, self._column))
