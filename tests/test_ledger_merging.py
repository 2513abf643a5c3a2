"""The ledger as it would be after an import: places, what is new, what is still named."""

from pathlib import Path

from shokibo.ledger.changes import import_changes
from shokibo.ledger.checks import check_tables
from shokibo.ledger.keys import referable_ids
from shokibo.ledger.merging import ids_still_in_use, merge_ledgers, new_findings
from shokibo.ledger.model import Ledger
from shokibo.ledger.reading import read_rows
from tests.builders import Edit, Tables, add, codes, edit, made, read, write_csv


def _incoming(folder: Path, held: Ledger, *edits: Edit) -> Ledger:
    tables: Tables = {}
    for one in edits:
        one(tables)
    path = write_csv(tables, folder / "incoming")
    got = read_rows(path, external=referable_ids(held.tables))
    assert got.problems == ()
    return got.ledger


def test_a_merged_ledger_holds_old_and_imported_rows(tmp_path: Path) -> None:
    held = read(made(), tmp_path / "held")
    row = add("capacities", unit_id="u4", effective_from="2019-04-01", capacity="5")
    new = add("capacities", unit_id="u4", effective_from="2023-04-01", capacity="6")
    incoming = _incoming(tmp_path, held, row, new)
    after = merge_ledgers(held, incoming, import_changes(held, incoming))
    of_unit = [(str(u), c) for u, _, c, _ in after["capacities"].iter_rows() if u == "u4"]
    assert of_unit == [("u4", 5), ("u4", 6)]
    places = [
        after.place("capacities", number, "capacity") for number in after["capacities"]["_row"]
    ]
    assert places == [
        "capacities.csv(登録済み) 本体の家 2019-04-01",
        "capacities.csv(登録済み) 分園の家 2019-04-01",
        "capacities.csv:2 capacity",
        "capacities.csv:3 capacity",
    ]


def test_units_of_one_name_are_placed_by_their_ids(tmp_path: Path) -> None:
    held = read(made(edit("units", "u4", name="本体の家")), tmp_path / "held")
    new = add("capacities", unit_id="u4", effective_from="2023-04-01", capacity="6")
    incoming = _incoming(tmp_path, held, new)
    after = merge_ledgers(held, incoming, import_changes(held, incoming))
    places = [after.place("capacities", number) for number in after["capacities"]["_row"]]
    assert [place.split(" ")[1] for place in places[:2]] == ["m6", "u4"]


def test_only_what_was_not_found_before_is_new(tmp_path: Path) -> None:
    held = read(made(edit("capacities", "b5", capacity="0")), tmp_path / "held")
    new = add("capacities", unit_id="u4", effective_from="2023-04-01", capacity="0")
    incoming = _incoming(tmp_path, held, new)
    after = merge_ledgers(held, incoming, import_changes(held, incoming))
    before, now = list(check_tables(held)), list(check_tables(after))
    assert codes(before).count("CAPACITY_NOT_POSITIVE") == 1
    assert [one.place for one in new_findings(before, now)] == ["capacities.csv:2 capacity"]


def test_a_removed_unit_that_a_row_still_names_is_reported_at_its_mark(tmp_path: Path) -> None:
    held = read(made(), tmp_path / "held")
    gone = add("units", unit_id="m6", home_id="h", name="本体の家", kind="main_unit", delete="○")
    incoming = _incoming(tmp_path, held, gone)
    found = import_changes(held, incoming)
    reported = list(ids_still_in_use(incoming, merge_ledgers(held, incoming, found), found))
    assert [(one.place, one.values["others"]) for one in reported] == [
        ("units.csv:2 unit_id", "定員"),
        ("units.csv:2 unit_id", "職員"),
    ]
    assert "登録済みの定員" in reported[0].message("ja")


def test_rows_without_a_problem_are_read_despite_those_with_one(tmp_path: Path) -> None:
    tables = made(edit("staff", "u-1", job="校長"), edit("capacities", "u4", capacity="x"))
    got = read_rows(write_csv(tables, tmp_path / "wrong"))
    assert codes(got.problems) == ["CELL_NOT_INTEGER", "CELL_UNKNOWN_CODE"]
    assert got.ledger["staff"].height == len(tables["staff"]) - 1
    assert "u4" in got.ids["units"]
