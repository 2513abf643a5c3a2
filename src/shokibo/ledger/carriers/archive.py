"""A look into a workbook's zip before it is read: its size, its reach, what is stored in it."""

import html
import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from shokibo.ledger import limits, problems
from shokibo.ledger.findings import Finding

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_ROW_WITHOUT_NUMBER = re.compile(rb"<(?:\w+:)?row\b")
_WIDE_CELL = re.compile(rb'\br="([A-Z]{2,3})\d')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)(\d+)"')
_FORMULA_WITHOUT_VALUE = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?</(?:\w+:)?c>"
)


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet's XML tells: its reach, and cells that hold no usable value, by (row, column).

    Rows count from 1, columns from 0.
    """

    rows: int
    columns: int
    error_cells: frozenset[tuple[int, int]]
    empty_formulas: frozenset[tuple[int, int]]


def inspect(path: Path) -> tuple[dict[str, SheetFacts], Finding | None]:
    """Look into a workbook: facts by sheet name, or the one reason why it can't be read."""
    if reason := _refused_by_its_head(path):
        return {}, reason
    try:
        with zipfile.ZipFile(path) as archive:
            if reason := _refused_by_its_size(archive, path):
                return {}, reason
            return _facts_by_sheet(archive, path)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError):
        return {}, problems.at_file("WORKBOOK_DAMAGED", path)
    except (KeyError, RuntimeError, ValueError):
        return {}, problems.at_file("NOT_A_WORKBOOK", path)


def _refused_by_its_head(path: Path) -> Finding | None:
    size = path.stat().st_size
    if size > limits.MAX_FILE_BYTES:
        return problems.too_large(path, size, limits.MAX_FILE_BYTES)
    with path.open("rb") as file:
        head = file.read(len(_OLE))
        if head == _OLE:
            encrypted = _ENCRYPTED in file.read()
            return problems.at_file("WORKBOOK_ENCRYPTED" if encrypted else "WORKBOOK_OLD", path)
    if not head.startswith(b"PK"):
        return problems.at_file("NOT_A_WORKBOOK", path)
    return None


def _refused_by_its_size(archive: zipfile.ZipFile, path: Path) -> Finding | None:
    entries = archive.infolist()
    if len(entries) > limits.MAX_ARCHIVE_ENTRIES:
        return problems.too_large(path, len(entries), limits.MAX_ARCHIVE_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.MAX_UNPACKED_BYTES:
        return problems.too_large(path, unpacked, limits.MAX_UNPACKED_BYTES)
    for entry in entries:
        if entry.file_size > limits.MAX_SHEET_BYTES:
            return problems.too_large(path, entry.file_size, limits.MAX_SHEET_BYTES)
    return None


def _facts_by_sheet(
    archive: zipfile.ZipFile, path: Path
) -> tuple[dict[str, SheetFacts], Finding | None]:
    facts = {}
    parts = _sheet_parts(archive)
    for entry in archive.infolist():
        if entry.filename not in parts.values():
            _drain(archive, entry)
    for name, part in parts.items():
        found = _facts(_unpacked(archive, part))
        if found.rows * found.columns > limits.MAX_SHEET_CELLS:
            cells = found.rows * found.columns
            return {}, problems.too_large(path, cells, limits.MAX_SHEET_CELLS, name)
        facts[name] = found
    return facts, None


def _drain(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack to nowhere, so that a part larger than it says, or broken, is found out here."""
    with archive.open(entry) as part:
        while part.read(1 << 20):
            pass


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack a part piece by piece, so that no more than its stated size is ever held."""
    with archive.open(name) as part:
        return b"".join(iter(lambda: part.read(1 << 20), b""))


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target")
        for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    }
    return {
        html.unescape(name.decode("utf-8")): _part(relations[relation.decode()])
        for name, relation in _SHEET.findall(archive.read("xl/workbook.xml"))
        if _part(relations[relation.decode()]) in archive.namelist()
    }


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb'\b%s="([^"]*)"' % name, tag)
    return found[1].decode("utf-8") if found else ""


def _part(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _facts(xml: bytes) -> SheetFacts:
    numbers = [int(number) for number in _ROW.findall(xml)]
    rows = max(numbers, default=0) or len(_ROW_WITHOUT_NUMBER.findall(xml))
    columns = max((column_index(letters) for letters in set(_WIDE_CELL.findall(xml))), default=25)
    has_formula = b"<f" in xml or b":f" in xml
    return SheetFacts(
        rows,
        columns + 1,
        _cells(_ERROR_CELL, xml) if b't="e"' in xml else frozenset(),
        _cells(_FORMULA_WITHOUT_VALUE, xml) if has_formula else frozenset(),
    )


def _cells(pattern: re.Pattern[bytes], xml: bytes) -> frozenset[tuple[int, int]]:
    return frozenset((int(row), column_index(letters)) for letters, row in pattern.findall(xml))


def column_index(letters: bytes) -> int:
    """Give a column's index by its letters: A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - ord("A") + 1
    return index - 1
