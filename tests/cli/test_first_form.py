"""From the empty template to 様式1: a person's mistakes, corrected by what the messages say."""

import re
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import rows_from_range
from openpyxl.workbook import Workbook

from shokibo.ledger.tables import BY_NAME
from tests.builders import Row, Tables
from tests.cli.running import Cli

FIRST_ROW = 3
"""Below the headers and the example."""
STAFF = {
    "home_id": "架空学園",
    "employment": "常勤",
    "role": "直接養育",
    "dedicated": "○",
    "main_rota": "×",
    "started_on": "R4.4",
}
MISTAKEN: Tables = {
    "authorities": [{"authority_code": "13112", "name": "架空区", "kind": "児童相談所設置市"}],
    "homes": [
        {"home_id": home, "name": name, "operator": "架空会", "authority_code": "13112"}
        for home, name in (("A", "架空学園"), ("B", "架空の園"))
    ],
    "units": [
        {
            "unit_id": unit,
            "home_id": "架空学園",
            "name": name,
            "kind": kind,
            "opened_on": opened,
        }
        for unit, name, kind, opened in (
            ("A-1", "本体の家", "本体施設ユニット", ""),
            ("A-2", "あおぞら", "地域小規模児童養護施設", "R3.4"),
            ("A-3", "ひまわり", "分園型小規模グループケア", "R2.10.1"),
        )
    ],
    "capacities": [
        {"unit_id": "本体の家", "capacity": "6"},
        {"unit_id": "あおぞら", "capacity": "6"},
        {"unit_id": "ひまわり", "effective_from": "R4.4", "capacity": "5"},
    ],
    "staff": [
        *(
            {**STAFF, "staff_id": f"S{number:02}", "unit_id": "あおぞら", "job": "保育士"}
            for number in range(1, 16)
        ),
        *(
            {**STAFF, "staff_id": f"T{number:02}", "unit_id": "ひまわり", "job": "児童指導員"}
            for number in range(1, 16)
        ),
    ],
    "applications": [
        {
            "application_id": "N1",
            "addon": "小規模かつ地域分散化加算",
            "home_id": "架空学園",
            "unit_id": "あおぞら",
            "fiscal_year": "R4",
            "start_month": "R4.4",
            "requested_extra": "1",
            "applied_on": "2022-2-30",
            "decision": "認定",
            "certified_extra": "1",
            "decided_on": "R4.4.20",
        }
    ],
}


def test_it_takes_two_rounds(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "台帳.xlsx"
    assert cli("template", "-o", path, "--for", "form1").status == 0
    fill(path)

    first = cli("check", path)
    assert first.status == 2
    lines = first.err.splitlines()[1:]
    assert len(lines) == 10  # of 106 cells
    correct(path, lines)

    second = cli("check", path, "--format", "json")
    assert second.status == 1
    errors = [one for one in second.document["findings"] if one["severity"] == "error"]
    correct(path, [f"{one['place']}  {one['message']}" for one in errors])

    ran = cli("form1", path, "--year", "R4", "-o", tmp_path / "様式1.xlsx", "--format", "json")
    assert (ran.status, (tmp_path / "様式1.xlsx").exists()) == (0, True)
    form = ran.document
    assert form["units"]["community_home"]["applied"]["total"] == 1
    assert form["units"]["community_home"]["certified"]["6"] == 1
    assert form["units"]["branch_group_care"]["units"] == 1
    assert (form["list"][0]["unit_name"], form["list"][0]["capacity"]) == ("あおぞら", 6)
    assert form["list"][0]["staff"] == "15"


def test_what_can_not_be_judged_is_filled_in_on_its_sheets(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "台帳.xlsx"
    cli("template", "-o", path, "--for", "form1")
    right = {**MISTAKEN["applications"][0], "applied_on": "R4.4.1"}
    row = {"home_id": "A", "confirmed_on": "R4.4.1"}
    fill(path, MISTAKEN | {"applications": [right]})
    correct(path, cli("check", path).err.splitlines()[1:])
    before = cli("check", path, "--format", "json").document["findings"]
    cannot = next(one for one in before if one["code"] == "CERTIFIED_CANNOT_JUDGE")
    assert "要件確認を記入してください" in cannot["message"]
    items = ("早期家庭復帰等の支援", "人材育成", "計画策定")
    fill(path, {"confirmations": [{**row, "item": item} for item in items]})
    after = cli("check", path, "--format", "json").document["findings"]
    assert "CERTIFIED_CANNOT_JUDGE" not in {one["code"] for one in after}


def fill(path: Path, tables: Tables = MISTAKEN) -> None:
    """Write the rows below the examples, as a person types them."""
    book = load_workbook(path)
    for name, rows in tables.items():
        for at, row in enumerate(rows, start=FIRST_ROW):
            write_row(book, name, at, row)
    book.save(path)


def write_row(book: Workbook, name: str, at: int, row: Row) -> None:
    """Write a row of a table."""
    for index, column in enumerate(BY_NAME[name].columns, start=1):
        if row.get(column.name):
            book[BY_NAME[name].sheet].cell(at, index, row[column.name])


def correct(path: Path, lines: list[str]) -> None:
    """Do what each line says at the cells that it names."""
    book = load_workbook(path)
    for line in lines:
        place, message = line.strip().split("  ", 1)
        for sheet, cell in cells(place):
            follow(book, sheet, cell, message)
    book.save(path)


def cells(place: str) -> Iterator[tuple[str, str]]:
    """Return the cells of a line: 職員!B3:B32、C3(31件)."""
    sheet = ""
    for part in re.sub(r"\(\d+件\)$", "", place).split("、"):
        named, _, area = part.rpartition("!")
        sheet = named or sheet
        for row in rows_from_range(area):
            yield from ((sheet, cell) for cell in row)


def follow(book: Workbook, sheet: str, cell: str, message: str) -> None:
    """Do what a message says at a cell."""
    if typed := re.search(r" ([A-Z0-9.]+) [とを]書いてください", message):
        book[sheet][cell] = typed[1]
    elif meant := re.search(r"のIDは (\S+) です", message):
        book[sheet][cell] = meant[1]
    elif "「生活単位」の開設日を書いてください" in message:
        unit = book[sheet][f"A{cell[1:]}"].value
        opened = {row[2]: row[4] for row in book["生活単位"].values} | {"本体の家": None}
        book[sheet][cell] = opened[unit] or "令和4年4月1日"
    elif meant := re.search(r"適用開始日 (\S+) の行として「定員」に加える", message):
        unit = book["生活単位"][f"A{cell[1:]}"].value
        row = {"unit_id": unit, "effective_from": meant[1], "capacity": "5"}
        write_row(book, "capacities", FIRST_ROW + len(MISTAKEN["capacities"]), row)
    else:
        raise AssertionError(message)
