"""Inspect a workbook's zip before it is read: its size, its extent, what is stored in it."""

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from pathlib import Path

from shokibo.ledger import limits, problems
from shokibo.ledger.carriers import markup
from shokibo.ledger.carriers.sheet_facts import SheetFacts, facts_of
from shokibo.ledger.findings import Finding

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_STRINGS_TAG = re.compile(rb"<(?:[^<>\s/]*:)?sst\b[^<]*")
_STRING_END = re.compile(rb"</(?:[^<>\s/]*:)?si\s*>")
_VALUE = re.compile(rb"<(?:[^<>\s/]*:)?v(?:\s[^<>]*)?>\s*(\d{1,9})\s*<")
_MILLIONS = re.compile(rb"\d{7,}")
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(
        RuntimeError,
        ValueError,
    ),  # RuntimeError: a part that is encrypted or compressed in an unknown way
)


def inspect(path: Path) -> tuple[dict[str, SheetFacts], Finding | None]:
    """Inspect a workbook: facts by sheet name, or the one reason why it can't be read."""
    if reason := _refused_by_its_head(path):
        return {}, reason
    try:
        with zipfile.ZipFile(path) as archive:
            if reason := _refused_by_its_size(archive, path):
                return {}, reason
            return _facts_by_sheet(archive, path)
    except KeyError:  # every workbook has this part
        return {}, problems.at_file("NOT_A_WORKBOOK", path)
    except _DAMAGE:
        return {}, problems.at_file("WORKBOOK_DAMAGED", path)


def _refused_by_its_head(path: Path) -> Finding | None:
    size = path.stat().st_size
    if size > limits.MAX_FILE_BYTES:
        return problems.too_large(path, size, limits.MAX_FILE_BYTES)
    if not size:
        return problems.at_file("WORKBOOK_DAMAGED", path)
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
    parts = sheet_parts(archive)
    for entry in archive.infolist():
        if entry.filename not in parts.values():
            # unpacked without keeping it, to detect a part that is broken or larger than stated
            with archive.open(entry) as part:
                while part.read(1 << 20):
                    pass
    lengths = _lengths_of_strings(archive)
    longest = max(lengths, default=0)
    facts: dict[str, SheetFacts] = {}
    texts: dict[str, int] = {}
    for sheet in set(parts.values()):
        xml = _unpacked(archive, sheet)
        facts[sheet] = facts_of(xml)
        # the bytes of all its shared strings, each as often as a cell names it, where they might
        # be too many; a cell's value has two tags
        is_short = longest * xml.count(b"<") // 2 <= limits.MAX_TEXT_BYTES
        named = Counter(() if is_short else map(int, _VALUE.findall(xml)))
        texts[sheet] = sum(lengths[at] * count for at, count in named.items() if at < len(lengths))
    for name, sheet in parts.items():
        cells = facts[sheet].rows * facts[sheet].columns
        if cells > limits.MAX_SHEET_CELLS:
            return {}, problems.too_large(path, cells, limits.MAX_SHEET_CELLS, name)
        if texts[sheet] > limits.MAX_TEXT_BYTES:
            return {}, problems.too_large(path, texts[sheet], limits.MAX_TEXT_BYTES, name)
    return {name: facts[sheet] for name, sheet in parts.items()}, None


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack a part piece by piece, so that memory never holds more than its stated size."""
    with archive.open(name) as part:
        return b"".join(iter(lambda: part.read(1 << 20), b""))


def stored_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Unpack a part by its name; None if there is none."""
    stored = _stored(archive)
    return _part(archive, stored, name) if name.casefold() in stored else None


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Find the part of each sheet that has one. Raises ValueError if that is ambiguous."""
    stored = _stored(archive)
    relations: dict[str, str] = {}
    for relation in markup.elements(_part(archive, stored, _RELATIONS), "Relationship"):
        if relation["Id"] in relations:
            raise ValueError(relation["Id"])
        path = posixpath.normpath(posixpath.join("/xl", relation["Target"]))
        relations[relation["Id"]] = path.lstrip("/").casefold()
    parts: dict[str, str] = {}
    for sheet in markup.elements(_part(archive, stored, _WORKBOOK), "sheet"):
        # the id of a sheet's relation can have any prefix
        ids = (value for name, value in sheet.items() if ":" in name and markup.local(name) == "id")
        target = relations[next(ids, "")]
        if target in stored and sheet["name"] not in parts:
            parts[sheet["name"]] = stored[target]
    return parts


def _stored(archive: zipfile.ZipFile) -> dict[str, str]:
    """Map lower-case names, as used for lookup, to the stored ones."""
    stored = {name.casefold(): name for name in archive.namelist()}
    if len(stored) != len(archive.namelist()):
        raise ValueError("two parts with the same name")
    return stored


def _part(archive: zipfile.ZipFile, stored: dict[str, str], name: str) -> bytes:
    return _unpacked(archive, stored[name.casefold()])


def _lengths_of_strings(archive: zipfile.ZipFile) -> list[int]:
    """Count the bytes of each shared string; empty if they are too short to matter.

    Raises ValueError if fewer bytes are stored than strings announced: a reader would allocate
    memory for all of them.
    """
    xml = stored_part(archive, _STRINGS) or b""
    for tag in _STRINGS_TAG.findall(xml):
        if any(int(number) > len(xml) for number in _MILLIONS.findall(tag)):
            raise ValueError(tag)
    if len(xml) < limits.MAX_TEXT_BYTES // limits.MAX_SHEET_CELLS:
        return []
    return [len(text) for text in _STRING_END.split(xml)]
