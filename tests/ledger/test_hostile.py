"""Carriers that are damaged, odd or made to do harm: refused in words, soon, in little memory."""

import io
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import msoffcrypto.format.ooxml
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.ledger import limits
from shokibo.ledger.reading import read_carrier, read_ledger

from .apart import ENVIRONMENT, read_apart
from .carriers import (
    AUTHORITIES,
    HOMES,
    SHEETS,
    csv_folder,
    csv_text,
    folder,
    found,
    parquet_folder,
    problems_of,
    workbook,
)
from .rawbook import (
    END,
    FAR_CELL,
    HEADER_ROW,
    PARTS,
    RELATIONS,
    SHEET,
    START,
    WORKBOOK,
    bomb,
    cell,
    changed,
    raw_workbook,
    row,
    sheet_of,
)

NOBODY = 65534
MEGABYTES = 700
MANY = str(2**64 - 1)
BILLION_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(10))
    + "]>"
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a sound workbook."""
    return workbook(tmp_path_factory.mktemp("sound") / "台帳.xlsx", SHEETS).read_bytes()


def codes_of(path: Path) -> list[str]:
    """Return the codes of what stops a reading."""
    return [problem.code for problem in problems_of(path)]


# Not there, not allowed, not a ledger


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert found(problems_of(tmp_path / "無い.xlsx")) == [("NOT_FOUND", "無い.xlsx")]


def test_a_path_too_long_to_exist_is_refused() -> None:
    assert codes_of(Path("x" * 5000)) == ["NOT_FOUND"]


@pytest.mark.parametrize("name", ["a\0b.xlsx", "\udcff.xlsx"])
def test_a_path_that_no_file_can_have_is_refused(name: str) -> None:
    assert codes_of(Path(name)) == ["NOT_FOUND"]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that any user may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda at: workbook(at / "台帳.xlsx", SHEETS), ""),
        (lambda at: csv_folder(at / "csv", SHEETS), "職員.csv"),
        (lambda at: parquet_folder(at / "parquet", SHEETS), "職員.parquet"),
        (lambda at: csv_folder(at / "closed", SHEETS), "."),
    ],
    ids=["workbook", "CSV", "Parquet", "folder"],
)
def test_a_file_without_read_permission_is_named(
    open_folder: Path, make: Callable[[Path], Path], name: str
) -> None:
    path = make(open_folder)
    locked = path / name if name else path
    locked.chmod(0)
    result = read_apart(path, NOBODY if os.getuid() == 0 else None)
    locked.chmod(0o755)
    assert ("NO_PERMISSION", locked.name) in zip(result.codes, result.places, strict=True)


def test_a_workbook_that_may_not_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> object:
        raise PermissionError

    path = workbook(tmp_path / "台帳.xlsx", SHEETS)
    monkeypatch.setattr(Path, "open", refuse)
    assert found(problems_of(path)) == [("NO_PERMISSION", "台帳.xlsx")]


@pytest.mark.parametrize("name", ["職員.csv", "職員.parquet"])
def test_of_several_files_only_those_not_allowed_are_named(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = csv_folder(tmp_path / "csv", SHEETS)
    (path / "職員.csv").rename(path / name)
    opened = Path.open

    def is_locked(file: Path, *arguments: str, **more: str) -> object:
        if file.name == name:
            raise PermissionError
        return opened(file, *arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", is_locked)
    assert found(problems_of(path)) == [("NO_PERMISSION", name)]


@pytest.mark.parametrize(
    "content",
    [b"", b"P", b"PK", b"%PDF-1.7 not a workbook", b"\x00" * 4096, "団体コード,自治体名".encode()],
    ids=["empty", "P", "PK", "PDF", "zeros", "CSV"],
)
def test_what_is_not_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "台帳.xlsx"
    path.write_bytes(content)
    (problem,) = problems_of(path)
    assert problem.code in {"NOT_A_WORKBOOK", "WORKBOOK_DAMAGED"}
    assert problem.place == "台帳.xlsx"
    assert "台帳.xlsx" in problem.message("ja")


def test_an_empty_file_is_cut_off_not_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "台帳.xlsx"
    path.touch()
    assert codes_of(path) == ["WORKBOOK_DAMAGED"]


def test_another_kind_of_zip_is_not_a_workbook(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "文書.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert codes_of(tmp_path / "文書.docx") == ["NOT_A_WORKBOOK"]


def test_an_old_workbook_is_distinguished(tmp_path: Path) -> None:
    path = tmp_path / "台帳.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 50)
    (problem,) = problems_of(path)
    assert problem.code == "WORKBOOK_OLD"
    assert ".xlsx" in problem.message("ja")


def test_an_encrypted_workbook_is_distinguished(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "台帳.xlsx"
    with path.open("wb") as file:
        msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(sound)).encrypt("ひみつ", file)
    (problem,) = problems_of(path)
    assert problem.code == "WORKBOOK_ENCRYPTED"
    assert "パスワード" in problem.message("ja")


@pytest.mark.parametrize("files", [{}, {"readme.txt": "x"}, {"メモ.csv": "a,b\n"}, {".csv": "a"}])
def test_a_folder_without_tables_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    assert found(problems_of(folder(tmp_path / "台帳", files))) == [("NO_TABLES", "台帳")]


def test_a_workbook_without_tables_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", {"メモ": [["覚え"]]})
    assert found(problems_of(path)) == [("NO_TABLES", "w.xlsx")]


# Damaged workbooks


@settings(max_examples=40, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_workbook_cut_short_is_refused(sound: bytes, share: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "台帳.xlsx"
        path.write_bytes(sound[: int(len(sound) * share)])
        assert codes_of(path)[0] in {"WORKBOOK_DAMAGED", "NOT_A_WORKBOOK"}


def test_no_cut_of_a_workbook_passes_or_breaks_the_reading(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "台帳.xlsx"
    for length in range(0, len(sound), 11):
        path.write_bytes(sound[:length])
        carried = read_carrier(path)
        assert carried.problems
        assert not carried.tables


def test_a_flipped_byte_is_refused_or_changes_nothing(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "台帳.xlsx"
    path.write_bytes(sound)
    whole = read_carrier(path).tables
    dice = random.Random(1)
    for at in range(0, len(sound), 9):
        damaged = bytearray(sound)
        damaged[at] ^= 1 << dice.randrange(8)
        path.write_bytes(damaged)
        carried = read_carrier(path)
        assert carried.problems or carried.tables == whole, at


PIECES = (b"<", b">", b'"', b"'", b"&", b"/", b"0", b"-1", b"\xff", b"\x00", b"]]>", b"<!--")


def mutated(dice: random.Random, part: bytes) -> bytes:
    """Return the XML of a part with some bytes changed, left out or put in."""
    text = bytearray(part)
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(len(text))
        match dice.randrange(4):
            case 0:
                text[at] ^= 1 << dice.randrange(8)
            case 1:
                del text[at : at + dice.randrange(1, 20)]
            case 2:
                text[at:at] = dice.choice(PIECES)
            case _:
                del text[at + 1 :]
    return bytes(text)


def test_damaged_xml_is_read_or_refused_and_never_breaks_the_reading(
    tmp_path: Path, sound: bytes
) -> None:
    with ZipFile(io.BytesIO(sound)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    dice = random.Random(7)
    seen = set()
    for _ in range(300):
        name = dice.choice(sorted(parts))
        changed_parts = {**parts, name: mutated(dice, parts[name])}
        with ZipFile(tmp_path / "w.xlsx", "w") as archive:
            for part, content in changed_parts.items():
                archive.writestr(part, content)
        seen.add(bool(read_carrier(tmp_path / "w.xlsx").problems))
    assert seen == {True, False}


@pytest.mark.parametrize("part", [WORKBOOK, RELATIONS, SHEET])
def test_a_workbook_without_a_part_it_needs_is_refused(tmp_path: Path, part: str) -> None:
    path = raw_workbook(tmp_path / "w.xlsx", {part: None})
    assert codes_of(path)[0] in {"WORKBOOK_DAMAGED", "NOT_A_WORKBOOK"}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("content", ["", "x", "<", "<a>", "\0", "<?xml?>", "𠮷" * 10])
def test_a_part_that_is_no_xml_is_refused_or_not_needed(
    tmp_path: Path, part: str, content: str
) -> None:
    carried = read_carrier(raw_workbook(tmp_path / "w.xlsx", {part: content}))
    if part in (WORKBOOK, RELATIONS):
        assert carried.problems
    elif part == SHEET:
        assert carried.problems or not carried.tables[0].rows
    else:
        assert carried.problems or carried.tables[0].headers == [
            "施設ID",
            "施設名",
            "法人名",
            "団体コード",
        ]


def test_a_relation_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "w.xlsx", changed(RELATIONS, "rId1", "rId9"))
    assert codes_of(path)[0] in {"WORKBOOK_DAMAGED", "NOT_A_WORKBOOK"}


# Odd workbooks that are sound


@pytest.mark.parametrize(
    "parts",
    [
        changed(RELATIONS, "worksheets/", "/xl/worksheets/"),
        changed(
            WORKBOOK, 'name="施設" sheetId="1" r:id="rId1"', 'r:id="rId1" sheetId="1" name="施設"'
        ),
        changed(WORKBOOK, 'name="施設"', "name='施設'"),
        changed(WORKBOOK, 'name="施設"', 'name = "施設"'),
        changed(WORKBOOK, 'name="施設"', 'name="&#26045;&#x8A2D;"'),
        {WORKBOOK: PARTS[WORKBOOK].replace("xmlns:r=", "xmlns:q=").replace("r:id", "q:id")},
    ],
    ids=["absolute target", "order", "single quotes", "spaces", "references", "prefix"],
)
def test_other_ways_to_name_a_sheet_are_read_with_their_errors(
    tmp_path: Path, parts: dict[str, str]
) -> None:
    body = row(2, "H1", "園", "法人", "131121").replace(
        cell("B2", "園"), '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    )
    path = raw_workbook(tmp_path / "w.xlsx", {**parts, SHEET: sheet_of(body)})
    assert ("CELL_EXCEL_ERROR", "施設!B2") in found(problems_of(path))


def test_names_of_sheets_with_quotes_are_reported_as_they_are(tmp_path: Path) -> None:
    more = '<sheet name="施設&quot;&apos;&lt;b&gt;" sheetId="2" r:id="rId1"/></sheets>'
    path = raw_workbook(tmp_path / "w.xlsx", changed(WORKBOOK, "</sheets>", more))
    assert found(read_ledger(path).notes) == [("SHEET_UNKNOWN", "施設\"'<b>")]


@pytest.mark.parametrize("name", ["施設", "homes", "ＨＯＭＥＳ", "施 設"])
def test_a_table_on_two_sheets_is_refused(tmp_path: Path, name: str) -> None:
    more = f'<sheet name="{name}" sheetId="2" r:id="rId1"/></sheets>'
    path = raw_workbook(tmp_path / "w.xlsx", changed(WORKBOOK, "</sheets>", more))
    assert found(problems_of(path)) == [("TABLE_TWICE", name)]


def test_cells_without_a_place_are_counted_on(tmp_path: Path) -> None:
    plain = sheet_of(row(2, "H1", "園", "法人", "131121"))
    without = plain
    for letter in "ABCD":
        for number in (1, 2):
            without = without.replace(f' r="{letter}{number}"', "")
    tables = [
        read_carrier(raw_workbook(tmp_path / "w.xlsx", {SHEET: sheet})).tables
        for sheet in (plain, without)
    ]
    assert tables[0] == tables[1]
    assert tables[0][0].rows == [2]


def test_dates_as_text_are_read(tmp_path: Path) -> None:
    body = row(2, "H1", "園", "法人", "131121", "令和4年4月1日").replace(
        "</row>", '</row><row r="3">' + cell("A3", "H2") + "</row>"
    )
    headers = HEADER_ROW.replace("</row>", cell("E1", "開設日") + "</row>")
    path = raw_workbook(tmp_path / "w.xlsx", {SHEET: START + headers + body + END})
    places = [problem.place for problem in problems_of(path)]
    assert "施設!E2" not in places
    assert "施設!B3" in places


def test_entries_that_name_other_folders_are_not_unpacked(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    outside = {"../../out.txt": "x", str(tmp_path / "absolute.txt"): "x", "..\\win.txt": "x"}
    path = raw_workbook(inner / "w.xlsx", outside)
    carried = read_carrier(path)
    assert [table.table.name for table in carried.tables] == ["homes"]
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]


# Workbooks made to take all memory or time


def with_sheet(sheet: str) -> Callable[[Path], Path]:
    """Return the maker of a workbook with a sheet."""
    return lambda path: raw_workbook(path, {SHEET: sheet})


def far(**parts: str) -> Callable[[Path], Path]:
    """Return the maker of a workbook whose one value stands in the last cell a sheet can have."""
    return lambda path: raw_workbook(path, {SHEET: sheet_of(FAR_CELL), **parts})


def two_cases(path: Path) -> Path:
    """Write a workbook with a sheet, and before it one with its name in capitals that is far."""
    upper = SHEET.replace("sheet1", "SHEET1")
    with ZipFile(path, "w") as archive:
        archive.writestr(upper, sheet_of(FAR_CELL))
        for name, part in PARTS.items():
            archive.writestr(name, part)
    return path


FAR = {
    "plain": far(),
    "single quotes": with_sheet(sheet_of(FAR_CELL.replace('"', "'"))),
    "spaces": with_sheet(sheet_of(FAR_CELL.replace("=", " = "))),
    "small letters": with_sheet(sheet_of(FAR_CELL.replace("XFD", "xfd"))),
    "references": with_sheet(sheet_of(FAR_CELL.replace("XFD", "&#88;FD"))),
    "no places": with_sheet(sheet_of(f'<row r="1048576">{"<c><v>1</v></c>" * 16_384}</row>')),
    "rows without numbers": with_sheet(
        sheet_of("<row/>" * 1_048_574 + '<row><c r="XFD1048576"><v>1</v></c></row>')
    ),
    "beyond all sheets": with_sheet(
        sheet_of('<row r="99999999999"><c r="ZZZZZZ99999999999"><v>1</v></c></row>')
    ),
    "order of attributes": far(
        **changed(
            WORKBOOK, 'name="施設" sheetId="1" r:id="rId1"', 'r:id="rId1" name="施設" sheetId="1"'
        )
    ),
    "quotes of the name": far(**changed(WORKBOOK, 'name="施設"', "name='施設'")),
    "prefix": far(
        **{WORKBOOK: PARTS[WORKBOOK].replace("xmlns:r=", "xmlns:q=").replace("r:id", "q:id")}
    ),
    "case of the target": far(**changed(RELATIONS, "sheet1.xml", "SHEET1.XML")),
    "two parts in two cases": two_cases,
    "target from the root": far(**changed(RELATIONS, "worksheets/", "xl/worksheets/")),
}


@pytest.mark.parametrize("how", FAR)
def test_a_value_in_the_last_cell_of_a_sheet_takes_no_memory(tmp_path: Path, how: str) -> None:
    result = read_apart(FAR[how](tmp_path / "w.xlsx"))
    assert result.codes
    assert result.codes[0] in {"TOO_LARGE", "WORKBOOK_DAMAGED"}
    assert result.megabytes < MEGABYTES


def test_parts_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    assert codes_of(two_cases(tmp_path / "w.xlsx")) == ["WORKBOOK_DAMAGED"]


def test_a_relation_given_twice_is_refused(tmp_path: Path) -> None:
    relation = PARTS[RELATIONS][PARTS[RELATIONS].index("<Relationship ") :]
    twice = changed(RELATIONS, "</Relationships>", relation)
    assert codes_of(raw_workbook(tmp_path / "w.xlsx", twice)) == ["WORKBOOK_DAMAGED"]


def test_a_sheet_whose_relation_is_not_named_is_refused(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "w.xlsx", changed(WORKBOOK, ' r:id="rId1"', ""))
    assert codes_of(path) == ["NOT_A_WORKBOOK"]


def test_a_sheet_that_is_too_large_is_named_with_both_figures(tmp_path: Path) -> None:
    (problem,) = problems_of(far()(tmp_path / "w.xlsx"))
    assert found([problem]) == [("TOO_LARGE", "w.xlsx 施設")]
    assert problem.values["found"] == 16_384 * 1_048_576
    assert str(limits.MAX_SHEET_CELLS) in problem.message("ja")


COUNTS = {
    "shared strings": {
        "xl/sharedStrings.xml": f'<sst count="{MANY}" uniqueCount="{MANY}"><si><t>x</t></si></sst>'
    },
    "shared strings in memory": {
        "xl/sharedStrings.xml": '<sst uniqueCount="4294967295"><si><t>x</t></si></sst>'
    },
    "formats": {
        "xl/styles.xml": f'<styleSheet><cellXfs count="{MANY}"><xf/></cellXfs></styleSheet>'
    },
    "dimension": {
        SHEET: PARTS[SHEET].replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    },
}


@pytest.mark.parametrize("what", COUNTS)
def test_a_count_that_is_not_true_takes_no_memory(tmp_path: Path, what: str) -> None:
    result = read_apart(raw_workbook(tmp_path / "w.xlsx", COUNTS[what]))
    assert set(result.codes) <= {"TOO_LARGE", "WORKBOOK_DAMAGED"}
    assert result.megabytes < MEGABYTES


@pytest.mark.parametrize("count", [1_000_000, 10**7])
def test_more_shared_strings_than_could_stand_in_their_part_are_refused(
    tmp_path: Path, count: int
) -> None:
    strings = f'<sst xmlns:x="http://x/1234567" uniqueCount="{count}"><si><t>x</t></si></sst>'
    held = strings.replace("http://x/1234567", "http://x/2006") + " " * 1_000_000
    path = raw_workbook(tmp_path / "w.xlsx", {"xl/sharedStrings.xml": held})
    assert (
        read_carrier(path).problems == []
        if count == 1_000_000
        else read_carrier(path).problems != []
    )


def hundred_names(path: Path) -> Path:
    """Write a workbook in which a hundred sheets are one long part."""
    names = (
        f'<sheet name="s{number}" sheetId="{number}" r:id="rId1"/>' for number in range(2, 102)
    )
    more = changed(WORKBOOK, "</sheets>", "".join(names) + "</sheets>")
    return raw_workbook(path, {SHEET: sheet_of("<row/>" * 1_000_000), **more})


SLOW = {
    "rows left open": with_sheet(sheet_of("<row " * 200_000)),
    "cells left open": with_sheet(sheet_of('<c t="e" ' * 200_000)),
    "formulas left open": with_sheet(sheet_of('<c r="A2"><f' * 200_000)),
    "deep": with_sheet(sheet_of("<a>" * 200_000 + "</a>" * 200_000)),
    "a hundred names of one sheet": hundred_names,
}


@pytest.mark.parametrize("how", SLOW)
def test_no_sheet_takes_long(tmp_path: Path, how: str) -> None:
    result = read_apart(SLOW[how](tmp_path / "w.xlsx"))
    assert result.seconds < 8
    assert result.megabytes < MEGABYTES


@pytest.mark.parametrize(
    "line",
    ['<row r="{n}" s="1" customFormat="1"/>', '<row r="{n}"><c r="A{n}" s="1"/></row>'],
    ids=["rows", "cells"],
)
def test_a_million_empty_styled_rows_are_quick(tmp_path: Path, line: str) -> None:
    body = "".join(line.format(n=number) for number in range(2, 1_048_577))
    path = raw_workbook(tmp_path / "w.xlsx", {SHEET: sheet_of(body)})
    result = read_apart(path)
    assert result.codes == []
    assert result.seconds < 15
    assert result.megabytes < MEGABYTES


def test_a_zip_bomb_that_states_its_size_is_refused_before_unpacking(tmp_path: Path) -> None:
    path = bomb(tmp_path / "w.xlsx", 3000, limits.MAX_SHEET_BYTES + 1)
    assert path.stat().st_size < 4_000_000
    (problem,) = problems_of(path)
    assert problem.code == "TOO_LARGE"
    assert problem.values["found"] == limits.MAX_SHEET_BYTES + 1


@pytest.mark.parametrize("said_size", [0, 1000, 1 << 20])
def test_a_zip_bomb_that_understates_its_size_is_refused_in_little_memory(
    tmp_path: Path, said_size: int
) -> None:
    result = read_apart(bomb(tmp_path / "w.xlsx", 3000, said_size))
    assert result.codes[0] in {"TOO_LARGE", "WORKBOOK_DAMAGED"}
    assert result.megabytes < MEGABYTES


def test_parts_whose_stated_sizes_are_too_large_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = sum(len(part.encode()) for part in PARTS.values())
    path = raw_workbook(tmp_path / "w.xlsx", {})
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", size)
    assert read_carrier(path).problems == []
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", size - 1)
    (problem,) = problems_of(path)
    assert problem.code == "TOO_LARGE"
    assert problem.values["found"] == size


def test_a_zip_of_many_entries_is_refused(tmp_path: Path) -> None:
    many = {f"xl/media/{number}.png": "" for number in range(limits.MAX_ARCHIVE_ENTRIES)}
    (problem,) = problems_of(raw_workbook(tmp_path / "w.xlsx", many))
    assert problem.code == "TOO_LARGE"
    assert problem.values["limit"] == limits.MAX_ARCHIVE_ENTRIES


@pytest.mark.parametrize("name", ["台帳.xlsx", "csv/homes.csv", "parquet/homes.parquet"])
def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.truncate(limits.MAX_FILE_BYTES + 1)
    (problem,) = problems_of(path if path.parent == tmp_path else path.parent)
    assert found([problem]) == [("TOO_LARGE", path.name)]


@pytest.mark.parametrize(
    "parts",
    [
        {
            WORKBOOK: PARTS[WORKBOOK]
            .replace("?>", "?>" + BILLION_LAUGHS, 1)
            .replace('name="施設"', 'name="&k;"')
        },
        {SHEET: sheet_of(row(2, "&k;")).replace("?>", "?>" + BILLION_LAUGHS, 1)},
        {"xl/sharedStrings.xml": f"{BILLION_LAUGHS}<sst><si><t>&k;</t></si></sst>"},
    ],
    ids=["workbook", "sheet", "shared strings"],
)
def test_entities_of_entities_are_not_unfolded(tmp_path: Path, parts: dict[str, str]) -> None:
    result = read_apart(raw_workbook(tmp_path / "w.xlsx", parts))
    assert set(result.codes) <= {"WORKBOOK_DAMAGED", "NOT_A_WORKBOOK", "NO_TABLES"}
    assert result.seconds < 5
    assert result.megabytes < MEGABYTES


# CSV


def beside(path: Path, files: dict[str, str | bytes]) -> Path:
    """Write files next to a sound table of authorities."""
    return folder(path, {"authorities.csv": csv_text(AUTHORITIES), **files})


def test_a_quote_left_open_is_refused_with_its_line(tmp_path: Path) -> None:
    lines = csv_text(HOMES) + 'H2,"園,法人,131121\nH3,園,法人,131121\n'
    (problem,) = problems_of(beside(tmp_path / "c", {"homes.csv": lines}))
    assert found([problem]) == [("CSV_DAMAGED", "homes.csv")]
    assert "3行目" in problem.message("ja")
    assert "line 3" in problem.message("en")


def test_text_after_a_quote_is_refused_with_its_line(tmp_path: Path) -> None:
    lines = csv_text(HOMES) + '"H2"x,園,法人,131121\n'
    (problem,) = problems_of(beside(tmp_path / "c", {"homes.csv": lines}))
    assert problem.values["line"] == 3


def test_a_field_of_endless_length_is_refused(tmp_path: Path) -> None:
    lines = csv_text(HOMES) + f"H2,{'園' * 200_000},法人,131121\n"
    assert codes_of(beside(tmp_path / "c", {"homes.csv": lines})) == ["CSV_DAMAGED"]


@pytest.mark.parametrize(
    "content",
    [
        csv_text(HOMES).replace("園", "園\0"),
        csv_text(HOMES).replace("H1", "H\x001"),
        csv_text(HOMES) + "\0" * 100,
        "\0" * 100,
    ],
    ids=["in a text", "in an id", "at the end", "only"],
)
def test_a_csv_with_nul_bytes_is_refused(tmp_path: Path, content: str) -> None:
    problems = problems_of(beside(tmp_path / "c", {"homes.csv": content}))
    assert {problem.place.split(":")[0] for problem in problems} == {"homes.csv"}


@pytest.mark.parametrize(
    "content",
    [
        csv_text(HOMES).encode("utf-16"),
        csv_text(HOMES).encode("euc-jp", "replace"),
        csv_text(HOMES).encode() + b"\xff\xfe\xfd",
    ],
    ids=["UTF-16", "EUC-JP", "broken UTF-8"],
)
def test_a_csv_in_another_encoding_is_refused(tmp_path: Path, content: bytes) -> None:
    (problem,) = problems_of(beside(tmp_path / "c", {"homes.csv": content}))
    assert found([problem]) == [("ENCODING_UNKNOWN", "homes.csv")]


@pytest.mark.parametrize("separator", ["\t", ";", "|"])
def test_another_separator_is_refused_with_the_headers_wanted(
    tmp_path: Path, separator: str
) -> None:
    lines = csv_text(HOMES).replace(",", separator)
    (problem,) = problems_of(beside(tmp_path / "c", {"homes.csv": lines}))
    assert found([problem]) == [("HEADER_NOT_FOUND", "homes.csv:1")]
    assert "施設ID、施設名" in problem.message("ja")


def test_duplicate_headers_of_a_file_are_refused(tmp_path: Path) -> None:
    lines = "home_id,name,operator,authority_code,施設名\nH1,園,法人,131121,園\n"
    assert found(problems_of(beside(tmp_path / "c", {"homes.csv": lines}))) == [
        ("HEADER_DUPLICATE", "homes.csv:1 施設名")
    ]


def test_a_wide_header_over_many_short_lines_takes_no_memory(tmp_path: Path) -> None:
    header = "home_id,name,operator,authority_code" + "," * 20_000
    path = beside(tmp_path / "c", {"homes.csv": header + "\nH1" * 20_000})
    result = read_apart(path)
    assert result.codes[0] in {"TOO_LARGE", "CELL_BLANK"}
    assert result.megabytes < MEGABYTES


def test_a_file_whose_lines_are_filled_up_to_too_many_cells_is_refused(tmp_path: Path) -> None:
    lines = "home_id,name" + ",x" * 900 + "\nH1" * 25_000
    (problem,) = problems_of(beside(tmp_path / "c", {"homes.csv": lines}))
    assert found([problem]) == [("TOO_LARGE", "homes.csv")]
    assert problem.values == {"found": 902 * 25_000, "limit": limits.MAX_SHEET_CELLS}


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n , \n"])
def test_a_file_without_a_word_is_an_empty_table(tmp_path: Path, content: str) -> None:
    path = csv_folder(tmp_path / "c", SHEETS)
    (path / "confirmations.csv").write_text(content, "utf-8")
    assert read_ledger(path)["confirmations"].is_empty()


def pipe(path: Path) -> None:
    """Make a pipe, from which a reader waits forever."""
    os.mkfifo(path)


@pytest.mark.parametrize(
    "make",
    [Path.mkdir, pipe, lambda path: path.symlink_to("nowhere"), lambda path: path.symlink_to(path)],
    ids=["folder", "pipe", "link to nowhere", "link to itself"],
)
@pytest.mark.parametrize("name", ["staff.csv", "staff.parquet"])
def test_what_has_a_table_s_name_and_is_no_file_is_refused(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    path = csv_folder(tmp_path / "c", {n: rows for n, rows in SHEETS.items() if n != "職員"})
    make(path / name)
    result = read_apart(path)
    assert (result.codes, result.places) == (["NOT_A_FILE"], [name])
    assert found(problems_of(path)) == [("NOT_A_FILE", name)]


def test_a_ledger_that_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe(tmp_path / "台帳.xlsx")
    assert found(problems_of(tmp_path / "台帳.xlsx")) == [("NOT_A_FILE", "台帳.xlsx")]


# Parquet


HOMES_FRAME = {
    "home_id": ["H1"],
    "name": ["園"],
    "operator": ["法人"],
    "authority_code": ["131121"],
}


def with_homes(path: Path, content: bytes | pl.DataFrame) -> Path:
    """Write a Parquet file of homes next to a sound table of authorities."""
    beside(path, {})
    if isinstance(content, bytes):
        (path / "homes.parquet").write_bytes(content)
    else:
        content.write_parquet(path / "homes.parquet")
    return path


def parquet_bytes() -> bytes:
    """Return the bytes of a sound Parquet file of homes."""
    buffer = io.BytesIO()
    pl.DataFrame(HOMES_FRAME).write_parquet(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"PAR1", b"PAR1PAR1", b"PAR1" + b"\xff" * 400 + b"PAR1", b"home_id,name\n"]
)
def test_what_is_no_parquet_is_refused(tmp_path: Path, content: bytes) -> None:
    (problem,) = problems_of(with_homes(tmp_path / "p", content))
    assert found([problem]) == [("PARQUET_DAMAGED", "homes.parquet")]


def test_no_cut_of_a_parquet_file_passes_or_breaks_the_reading(tmp_path: Path) -> None:
    sound = parquet_bytes()
    for length in range(0, len(sound), 150):
        carried = read_carrier(with_homes(tmp_path / "p", sound[:length]))
        assert [problem.code for problem in carried.problems] == ["PARQUET_DAMAGED"]


CARRY = """
import sys
from pathlib import Path
from shokibo.ledger.reading import read_carrier

print(len(read_carrier(Path(sys.argv[1])).problems))
"""


def is_survived(path: Path, flipped: int) -> bool:
    """Say whether a reader survives a sound Parquet file with one byte flipped."""
    damaged = bytearray(parquet_bytes())
    damaged[flipped] ^= 0x41
    command = [sys.executable, "-c", CARRY, str(with_homes(path, bytes(damaged)))]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    return done.stdout in ("0\n", "1\n")


@pytest.mark.parametrize("flipped", [5, 76, 196, 799, 854, 918, 994, 1072])
def test_a_damaged_parquet_is_refused_where_its_reader_gives_up(
    tmp_path: Path, flipped: int
) -> None:
    assert is_survived(tmp_path / "p", flipped)


@pytest.mark.parametrize("flipped", [40, 158, 282, 423])
def test_a_damaged_parquet_is_refused_where_it_would_end_the_process(
    tmp_path: Path, flipped: int
) -> None:
    assert is_survived(tmp_path / "p", flipped)


def test_of_several_parquet_files_those_that_would_end_the_process_are_named(
    tmp_path: Path,
) -> None:
    path = with_homes(tmp_path / "p", parquet_bytes())
    damaged = bytearray(parquet_bytes())
    damaged[40] ^= 0x41
    for name in ("capacities", "units"):
        (path / f"{name}.parquet").write_bytes(damaged)
    assert found(read_carrier(path).problems) == [
        ("PARQUET_DAMAGED", "capacities.parquet"),
        ("PARQUET_DAMAGED", "units.parquet"),
    ]


@pytest.mark.parametrize("executable", ["", "/nowhere/python"])
def test_parquet_is_read_where_no_other_process_can_be_started(
    tmp_path: Path, executable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    assert not read_carrier(with_homes(tmp_path / "sound", parquet_bytes())).problems
    assert codes_of(with_homes(tmp_path / "damaged", b"PAR1PAR1")) == ["PARQUET_DAMAGED"]


@pytest.mark.parametrize(
    "column",
    [[["a", "b"]], [{"a": 1}], [b"\xff\x00"], [pl.Series([1, 2])]],
    ids=["list", "struct", "binary", "series"],
)
def test_a_column_of_parquet_that_no_cell_can_hold_is_refused(
    tmp_path: Path, column: list[object]
) -> None:
    frame = pl.DataFrame({**HOMES_FRAME, "name": column})
    (problem,) = problems_of(with_homes(tmp_path / "p", frame))
    assert found([problem]) == [("COLUMN_NOT_CELLS", "homes.parquet")]
    assert problem.values["header"] == "name"


def test_a_parquet_of_too_many_rows_is_refused_by_their_count(tmp_path: Path) -> None:
    frame = pl.select(pl.repeat("H1", limits.MAX_ROWS + 1).alias("home_id"))
    (problem,) = problems_of(with_homes(tmp_path / "p", frame))
    assert found([problem]) == [("TOO_MANY_ROWS", "homes.parquet")]


def test_many_rows_are_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.setattr(limits, "MAX_ROWS", 0)
    assert set(codes_of(with_homes(tmp_path / "p", parquet_bytes()))) == {"TOO_MANY_ROWS"}


def test_an_unknown_column_of_lists_is_not_read(tmp_path: Path) -> None:
    frame = pl.DataFrame({**HOMES_FRAME, "部屋": [["a", "b"]]})
    carried = read_carrier(with_homes(tmp_path / "p", frame))
    assert carried.problems == []


def test_a_parquet_without_columns_is_refused(tmp_path: Path) -> None:
    problems = problems_of(with_homes(tmp_path / "p", pl.DataFrame()))
    assert {problem.code for problem in problems} == {"HEADER_MISSING"}


# Cells that no frame can hold


@pytest.mark.parametrize("hours", ["9" * 30, "99999999999999999999.5", "1" + "0" * 18])
def test_a_number_that_no_frame_can_hold_is_refused_at_its_place(
    tmp_path: Path, hours: str
) -> None:
    person = ["S1", "H1", "U1", "保育士", "非常勤", hours, "40", "直接養育", "○", "×"]
    sheets = {**SHEETS, "職員": [SHEETS["職員"][0], person]}
    assert found(problems_of(csv_folder(tmp_path / "c", sheets))) == [
        ("CELL_NOT_HOURS", "職員.csv:2 週勤務時間")
    ]
