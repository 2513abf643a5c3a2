"""A sheet's cells, found or created, and the colour added to their format."""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from shokibo.documents.checked.package import Element, Package
from shokibo.ledger.carriers.sheet_facts import column_index
from shokibo.ledger.findings import Severity
from shokibo.ledger.raw import column_letter

COLOURS: dict[Severity, str] = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
_STYLES_PART = "xl/styles.xml"
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")


def place_of(reference: str) -> tuple[int, int]:
    """Return the row, from 1, and column, from 0, of a reference such as F12."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    return int(found[2]), column_index(found[1])


@dataclass
class Styles:
    """A workbook's formats, with a coloured variant of each that needs one."""

    package: Package
    _made: dict[tuple[int, Severity | None], int] = field(default_factory=dict)

    def coloured(self, style: int, severity: Severity) -> int:
        """Return a format that is the same except for its fill."""
        if (style, severity) not in self._made:
            fill = self._fill(COLOURS[severity])
            self._made[style, severity] = self._with_fill(style, fill)
        return self._made[style, severity]

    def plain(self, style: int) -> int:
        """Return a format without the colour from an earlier check."""
        if (style, None) not in self._made:
            fills = self._part("fills")
            fill = fills[int(self._part("cellXfs")[style].get("fillId", "0"))]
            colour = fill.find(f".//{self.package.tag('fgColor')}")
            is_ours = colour is not None and colour.get("rgb") in COLOURS.values()
            self._made[style, None] = self._with_fill(style, 0) if is_ours else style
        return self._made[style, None]

    def add(self, *, font: str, wrap: bool = False) -> int:
        """Add a format with a font, given as XML, and borders, for the findings sheet."""
        main = self.package.main
        fonts, borders, formats = (self._part(name) for name in ("fonts", "borders", "cellXfs"))
        fonts.append(etree.fromstring(f'<font xmlns="{main}">{font}</font>'))
        sides = "".join(
            f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        borders.append(etree.fromstring(f'<border xmlns="{main}">{sides}</border>'))
        wrapped = ' wrapText="1"' if wrap else ""
        formats.append(
            etree.fromstring(
                f'<xf xmlns="{main}" numFmtId="0" fontId="{len(fonts) - 1}" fillId="0" '
                f'borderId="{len(borders) - 1}" xfId="0" applyFont="1" applyBorder="1" '
                f'applyAlignment="1"><alignment vertical="top"{wrapped}/></xf>'
            )
        )
        for part in (fonts, borders, formats):
            part.set("count", str(len(part)))
        return len(formats) - 1

    def _part(self, name: str) -> Element:
        return self.package.child(self.package.edit(_STYLES_PART), name)

    def _fill(self, colour: str) -> int:
        fills = self._part("fills")
        fills.append(
            etree.fromstring(
                f'<fill xmlns="{self.package.main}"><patternFill patternType="solid">'
                f'<fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill></fill>'
            )
        )
        fills.set("count", str(len(fills)))
        return len(fills) - 1

    def _with_fill(self, style: int, fill: int) -> int:
        formats = self._part("cellXfs")
        made = deepcopy(formats[style])
        made.set("fillId", str(fill))
        made.set("applyFill", "1")
        formats.append(made)
        formats.set("count", str(len(formats)))
        return len(formats) - 1


class SheetCells:
    """The cells of a sheet to be coloured, created if missing."""

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        self.sheet = package.edit(part)
        self.data = package.child(self.sheet, "sheetData")
        self.rows = dict(_numbered_rows(self.data))

    def get(self, reference: str) -> Element:
        """Return a cell; a missing one is created with the format of its row or column."""
        number, column = place_of(reference)
        row = self.rows.get(number)
        if row is None:
            row = etree.Element(self.package.tag("row"), r=str(number))
            self.rows[number] = row
            before = sum(other < number for other in self.rows)
            self.data.insert(before, row)
        following = -1
        for at, cell in enumerate(row):
            following = place_of(cell.get("r"))[1] if cell.get("r") else following + 1
            cell.set("r", f"{column_letter(following)}{number}")
            if following == column:
                return cell
            if following > column:
                return self._made(row, at, reference, column)
        return self._made(row, len(row), reference, column)

    def _made(self, row: Element, at: int, reference: str, column: int) -> Element:
        cell = etree.Element(self.package.tag("c"), r=reference)
        if style := row.get("s") or self._column_style(column):
            cell.set("s", style)
        row.insert(at, cell)
        row.attrib.pop("spans", None)
        return cell

    def _column_style(self, column: int) -> str | None:
        for one in self.sheet.iter(self.package.tag("col")):
            if int(one.get("min")) <= column + 1 <= int(one.get("max")):
                return cast("str | None", one.get("style"))
        return None


def _numbered_rows(data: Element) -> Iterable[tuple[int, Element]]:
    number = 0
    for row in data:
        number = int(row.get("r", number + 1))
        row.set("r", str(number))
        yield number, row
