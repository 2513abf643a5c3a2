"""Mark a ledger's findings in its own workbook: colours, comments, and a sheet listing them."""

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from shokibo.documents.checked.cells import SheetCells, Styles
from shokibo.documents.checked.comments import add_comments, remove_comments
from shokibo.documents.checked.findings_sheet import Line, write_findings_sheet
from shokibo.documents.checked.package import Package
from shokibo.ledger.cell_groups import cell_groups
from shokibo.ledger.findings import SEVERITIES, Severity
from shokibo.texts import Language

MOST_COMMENTED = 2_000
"""The most cells of a sheet that get a comment; all findings are on the findings sheet."""
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLACE = re.compile(r"(?P<sheet>.+)!(?P<cell>[A-Z]+\d+)(?::[A-Z]+\d+)?")


@dataclass(frozen=True)
class Mark:
    """A finding in words, and its place as named by the ledger: 職員!F12."""

    severity: Severity
    place: str
    message: str


def marked_workbook(content: bytes, marks: Sequence[Mark], language: Language) -> bytes:
    """Return a workbook with its findings marked, and those of an earlier check removed.

    Formulas, formats and all other parts are unchanged. Raises ValueError if it is not a workbook
    that can be rewritten.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            package = Package(archive)
            styles = Styles(package)
            marks = [replace(one, message=_NOT_IN_XML.sub("", one.message)) for one in marks]
            for part in package.sheets().values():
                _remove_marks(package, styles, part)
            for sheet, cells in _by_cell(marks, package.sheets()).items():
                _mark(package, styles, package.sheets()[sheet], cells)
            write_findings_sheet(package, styles, _lines(marks, package, language), language)
            return package.content()
    except (KeyError, zipfile.BadZipFile) as error:
        raise ValueError(str(error)) from error


def _by_cell(marks: Iterable[Mark], sheets: Mapping[str, str]) -> dict[str, dict[str, list[Mark]]]:
    found: dict[str, dict[str, list[Mark]]] = {}
    for mark in marks:
        place = _PLACE.fullmatch(mark.place)
        if place and place["sheet"] in sheets:
            found.setdefault(place["sheet"], {}).setdefault(place["cell"], []).append(mark)
    return found


def _mark(package: Package, styles: Styles, part: str, cells: Mapping[str, list[Mark]]) -> None:
    """Colour each cell by its most serious finding, and write the messages as its comment."""
    of_sheet = SheetCells(package, part)
    order = list(SEVERITIES)
    for reference, marks in cells.items():
        cell = of_sheet.get(reference)
        worst = min((mark.severity for mark in marks), key=order.index)
        cell.set("s", str(styles.coloured(int(cell.get("s", "0")), worst)))
    messages = {
        reference: "\n".join(dict.fromkeys(mark.message for mark in marks))
        for reference, marks in list(cells.items())[:MOST_COMMENTED]
    }
    add_comments(package, part, messages)


def _remove_marks(package: Package, styles: Styles, part: str) -> None:
    references = remove_comments(package, part)
    if references:
        cells = SheetCells(package, part)
        for reference in references:
            cell = cells.get(reference)
            cell.set("s", str(styles.plain(int(cell.get("s", "0")))))


def _lines(marks: Sequence[Mark], package: Package, language: Language) -> list[Line]:
    """Make a line for each message, most serious first."""
    order = list(SEVERITIES)
    ordered = sorted(marks, key=lambda mark: order.index(mark.severity))
    groups = cell_groups((mark.place, (mark.severity, mark.message)) for mark in ordered)
    return [
        Line(
            ordered[first].severity,
            cells.label(language),
            ordered[first].message,
            _target(cells.ranges[0], package.sheets()),
        )
        for cells, first in groups
    ]


def _target(place: str, sheets: Mapping[str, str]) -> str:
    """Return a place as written in a link; blank if it is not on a sheet."""
    sheet, cells = (place, "A1") if place in sheets else place.rpartition("!")[::2]
    if sheet not in sheets:
        return ""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cells}"
