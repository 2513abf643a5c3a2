"""What a sheet's XML states before it is read: its extent, what is hidden, unusable cells."""

import re
from dataclasses import dataclass, field

from shokibo.ledger.carriers import markup

Place = tuple[int, int]
"""A cell's row, from 1, and column, from 0."""

_PLAIN_REST = rb'(?: (?!r=)[\w:]+="[^"<>&]*")*+ ?/?>'
_NOT_PLAIN = re.compile(
    rb"<(?:!|\?(?!xml )|[^<>\s/]+:(?:row|col|c)[\s/>]"
    rb'|row(?=[\s/<>])(?! r="\d{1,7}"' + _PLAIN_REST + rb")"
    rb'|c(?=[\s/<>])(?! r="[A-Z]{1,3}\d{1,7}"' + _PLAIN_REST + rb"))"
)
_PLAIN_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?(?:<\?xml [^<>]*?encoding="(?i:utf-8)"|<[^?])')
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"')
_ERROR_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^<>]* t="e"')
_STYLED_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"(?: (?!s=)[\w:]+="[^"<>]*")* s="(\d+)"')
_HIDDEN_ROW = re.compile(rb'<row r="(\d+)"[^<>]* (?:hidden="(?:1|true)"|ht="0(?:\.0+)?")[^<>]*>')
_COLUMNS = re.compile(rb"<col\s[^<>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_FORMULA_WITHOUT_VALUE = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?![^<>]* t="(?:str|e)")[^<>]*>\s*'
    rb"<f\b[^<>]*(?:/>|>[^<]*</f\s*>)\s*"
    rb"(?:<v\s*/>|<v\s*>\s*</v\s*>)?\s*</c\s*>"
)


@dataclass(frozen=True)
class SheetFacts:
    """How far the cells extend, which of them hold no usable value, what is hidden.

    Hidden columns are spans of indexes, ends included: a span may reach the last column.
    """

    rows: int
    columns: int
    error_cells: frozenset[Place]
    empty_formulas: frozenset[Place]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()


def facts_of(xml: bytes) -> SheetFacts:
    """Read the facts of a sheet's XML. Raises ValueError if it is not XML.

    Regular expressions are fast, and safe for the form that the usual programs write; any other
    form goes through a parser.
    """
    if not _is_plain(xml):
        walker = _Walker()
        markup.walk(xml, walker.start, walker.end, walker.text)
        return SheetFacts(
            walker.rows,
            walker.columns,
            frozenset(walker.error_cells),
            frozenset(walker.empty_formulas),
            frozenset(walker.hidden_rows),
            tuple(walker.hidden_columns),
        )
    letters, numbers = set(), set()
    for cell in _CELL.finditer(xml):
        letters.add(cell[1])
        numbers.add(cell[2])
    return SheetFacts(
        max(map(int, numbers), default=0),
        max((column_index(of.decode()) for of in letters), default=-1) + 1,
        _places(_ERROR_CELL, xml) if b't="e"' in xml else frozenset(),
        _places(_FORMULA_WITHOUT_VALUE, xml) if b"<f" in xml else frozenset(),
        frozenset(map(int, _HIDDEN_ROW.findall(xml))),
        tuple(
            span
            for columns in _COLUMNS.findall(xml)
            for span in _hidden_span(dict(_ATTRIBUTE.findall(columns.decode(errors="replace"))))
        ),
    )


def _is_plain(xml: bytes) -> bool:
    return _PLAIN_HEAD.match(xml) is not None and _NOT_PLAIN.search(xml) is None


def _hidden_span(attributes: markup.Attributes) -> list[tuple[int, int]]:
    """Return the columns of a `col` element if it hides them."""
    if not _is_hidden(attributes, "width"):
        return []
    return [(int(attributes.get("min", "")) - 1, int(attributes.get("max", "")) - 1)]


def _is_hidden(attributes: markup.Attributes, size: str) -> bool:
    is_flat = re.fullmatch(r"0(\.0+)?", attributes.get(size, "")) is not None
    return is_flat or attributes.get("hidden") in ("1", "true")


def styles_of(xml: bytes) -> dict[Place, int]:
    """Read the style number of each cell that has one."""
    if _is_plain(xml):
        return {
            (int(row), column_index(letters.decode())): int(style)
            for letters, row, style in _STYLED_CELL.findall(xml)
        }
    walker = _Walker()
    markup.walk(xml, walker.start, walker.end)
    return walker.styles


def _places(pattern: re.Pattern[bytes], xml: bytes) -> frozenset[Place]:
    return frozenset(
        (int(row), column_index(letters.decode())) for letters, row in pattern.findall(xml)
    )


@dataclass
class _Walker:
    """Collects the facts of a sheet's elements; one without a reference follows the one before."""

    rows: int = 0
    columns: int = 0
    error_cells: set[Place] = field(default_factory=set)
    empty_formulas: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    styles: dict[Place, int] = field(default_factory=dict)
    _row: int = 0
    _column: int = -1
    _place: Place = (0, 0)
    _kind: str = ""
    _has_formula: bool = False
    _has_value: bool = False
    _in_value: bool = False

    def start(self, name: str, attributes: markup.Attributes) -> None:
        """Handle an element's start."""
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = -1
            if _is_hidden(attributes, "ht"):
                self.hidden_rows.add(self._row)
        elif name == "col":
            self.hidden_columns += _hidden_span(attributes)
        elif name == "c":
            reference = attributes.get("r", "")
            found = _REFERENCE.fullmatch(reference)
            if reference and not found:
                raise ValueError(reference)
            row = int(found[2]) if found else self._row
            column = column_index(found[1].upper()) if found else self._column + 1
            self._place, self._column = (row, column), column
            self._kind = attributes.get("t", "")
            if "s" in attributes:
                self.styles[self._place] = int(attributes["s"])
            self._has_formula = self._has_value = False
            self.rows, self.columns = max(self.rows, row), max(self.columns, column + 1)
        elif name == "f":
            self._has_formula = True
        self._in_value = name == "v"

    def text(self, text: str) -> None:
        """Handle a text."""
        self._has_value |= self._in_value and bool(text.strip())

    def end(self, name: str) -> None:
        """Handle an element's end."""
        self._in_value = False
        if name != "c":
            return
        if self._kind == "e":
            self.error_cells.add(self._place)
        elif self._has_formula and not self._has_value and self._kind != "str":
            self.empty_formulas.add(self._place)


_REFERENCE = re.compile(r"\s*([A-Za-z]+)(\d+)\s*")


def column_index(letters: str) -> int:
    """Return a column's index by its letters: A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
