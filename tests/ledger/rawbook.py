"""Workbooks built part by part, to make those that no program would write."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_OFFICE = "http://schemas.openxmlformats.org"
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"
HEADERS = ("施設ID", "施設名", "法人名", "団体コード")
START = f'{_XML}<worksheet xmlns="{_OFFICE}/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"
FAR_CELL = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def cell(place: str, text: str) -> str:
    """Return a cell that holds a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *texts: str) -> str:
    """Return a row of texts, from column A on."""
    cells = (cell(f"{chr(65 + at)}{number}", text) for at, text in enumerate(texts))
    return f'<row r="{number}">{"".join(cells)}</row>'


HEADER_ROW = row(1, *HEADERS)
PARTS: dict[str, str] = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Target="xl/workbook.xml" '
        f'Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    ),
    WORKBOOK: (
        f'{_XML}<workbook xmlns="{_OFFICE}/spreadsheetml/2006/main" '
        f'xmlns:r="{_OFFICE}/officeDocument/2006/relationships"><sheets>'
        '<sheet name="施設" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    RELATIONS: (
        f'{_XML}<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Target="worksheets/sheet1.xml" '
        f'Type="{_OFFICE}/officeDocument/2006/relationships/worksheet"/></Relationships>'
    ),
    SHEET: f"{START}{HEADER_ROW}{END}",
}


def raw_workbook(path: Path, parts: Mapping[str, str | bytes | None]) -> Path:
    """Write a workbook of one sheet (施設, headers only) with some parts changed or left out."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, part in {**PARTS, **parts}.items():
            if part is not None:
                archive.writestr(name, part)
    return path


def sheet_of(body: str) -> str:
    """Return the XML of a sheet with its headers and more rows."""
    return f"{START}{HEADER_ROW}{body}{END}"


def changed(part: str, old: str, new: str) -> dict[str, str]:
    """Return a part with some of its text changed."""
    assert old in PARTS[part]
    return {part: PARTS[part].replace(old, new)}


@dataclass(frozen=True)
class Entry:
    """An entry of a zip as it is stored, with what it says of itself."""

    name: str
    stored: bytes
    method: int
    said_size: int
    said_crc: int


def plain_entry(name: str, content: bytes) -> Entry:
    """Return an entry that is stored and says the truth."""
    return Entry(name, content, 0, len(content), zlib.crc32(content))


def bomb_entry(name: str, start: bytes, megabytes: int, said_size: int) -> Entry:
    """Return an entry that unpacks to spaces, and may say that it is smaller.

    The check sum is that of the first `said_size` bytes, so that who stops there sees no harm.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    megabyte = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    said = (start + b" " * min(said_size, 1 << 20))[:said_size]
    stored = head + megabyte * megabytes + packer.flush()
    return Entry(name, stored, 8, said_size, zlib.crc32(said))


def raw_zip(path: Path, entries: list[Entry]) -> Path:
    """Write a zip that says about its entries what they say of themselves."""
    body, directory = bytearray(), bytearray()
    for entry in entries:
        name = entry.name.encode()
        sizes = (entry.said_crc, len(entry.stored), entry.said_size, len(name))
        common = struct.pack("<5H3I2H", 20, 0x800, entry.method, 0, 33, *sizes, 0)
        directory += struct.pack("<4sH", b"PK\x01\x02", 20) + common
        directory += struct.pack("<3H2I", 0, 0, 0, 0, len(body)) + name
        body += b"PK\x03\x04" + common + name + entry.stored
    counts = (len(entries), len(entries), len(directory), len(body))
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, *counts, 0)
    path.write_bytes(bytes(body + directory) + end)
    return path


def bomb(path: Path, megabytes: int, said_size: int) -> Path:
    """Write a workbook whose sheet unpacks to so many megabytes of spaces."""
    entries = [plain_entry(name, part.encode()) for name, part in PARTS.items() if name != SHEET]
    start = f"{START}{HEADER_ROW}".encode()
    return raw_zip(path, [*entries, bomb_entry(SHEET, start, megabytes, said_size)])
