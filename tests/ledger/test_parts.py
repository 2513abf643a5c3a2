"""One authority's or one home's part of a ledger holds what is theirs and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shokibo.ledger.model import Ledger
from shokibo.ledger.parts import authority_part, home_part
from shokibo.ledger.tables import TABLES
from tests.builders import Tables, add, application, edit, made, planned, posting, read, unit
from tests.ledger.random_ledgers import held

OF_AUTHORITY = ("plan", "need", "targets", "costs")


def two_authorities() -> Tables:
    """Return a ledger of two authorities, 990001 with the home h and 990019 with the home h2."""
    tables = made(
        planned,
        add("authorities", "990001", authority_code="990019", name="架空市"),
        add("homes", "架空学園", home_id="h2", name="架空の園", authority_code="990019"),
        unit("x", "community_home", "4", "h2"),
        posting("x-1", "x", "h2"),
        posting("x-2", "", "h2", role="backup", dedicated="×"),
        application("n", "x", "h2"),
        application("n-k", "", "h2"),
        add("confirmations", "training", home_id="h2"),
        add("actions", home_id="h2", fiscal_year="2023", action="close", unit_id="x"),
    )
    for name in (*OF_AUTHORITY, "occupancy", "actions"):
        for row in tables[name]:
            row["authority_code"] = "990019" if row.get("home_id") == "h2" else "990001"
        if name != "actions":
            tables[name].append({**tables[name][0], "authority_code": "990019"})
    return tables


def owners(ledger: Ledger) -> dict[str, set[str]]:
    """Return for each table whose rows it holds: the homes and authorities that they name."""
    return {
        name: {
            str(value)
            for column in ("authority_code", "home_id")
            if column in frame.columns
            for value in frame[column].drop_nulls()
        }
        for name, frame in ledger.tables.items()
        if frame.height
    }


@pytest.mark.parametrize(
    ("code", "home", "units"),
    [("990001", "h", ["m6", "u4", "b5"]), ("990019", "h2", ["x"])],
)
def test_an_authority_gets_its_own_rows_of_every_table(
    code: str, home: str, units: list[str], tmp_path: Path
) -> None:
    part = authority_part(read(two_authorities(), tmp_path), code)
    assert owners(part) == {
        "authorities": {code},
        "homes": {home, code},
        "units": {home},
        "capacities": set(),
        "staff": {home},
        "confirmations": {home},
        "applications": {home},
        "actions": {home, code},
        "occupancy": {code},
        **{name: {code} for name in OF_AUTHORITY},
    }
    assert part["capacities"]["unit_id"].to_list() == units


def test_the_parts_of_all_authorities_are_the_whole(tmp_path: Path) -> None:
    ledger = read(two_authorities(), tmp_path)
    parts = [authority_part(ledger, code) for code in ("990001", "990019")]
    for table in TABLES:
        assert sum(part[table.name].height for part in parts) == ledger[table.name].height


def test_the_only_authority_gets_the_rows_that_name_none(tmp_path: Path) -> None:
    ledger = read(made(planned), tmp_path)
    assert held(authority_part(ledger, "990001")) == held(ledger)


@pytest.mark.parametrize(
    ("cut", "name"),
    [
        (authority_part, "131121"),
        (authority_part, ""),
        (home_part, "h9"),
        (home_part, ""),
    ],
)
def test_one_that_the_ledger_does_not_hold_is_named(
    cut: Callable[[Ledger, str], Ledger], name: str, tmp_path: Path
) -> None:
    with pytest.raises(KeyError, match=repr(name)):
        cut(read(made(), tmp_path), name)


@pytest.mark.parametrize(
    ("home", "code", "units"),
    [("h", "990001", ["m6", "u4", "b5"]), ("h2", "990019", ["x"])],
)
def test_a_home_gets_its_own_rows(home: str, code: str, units: list[str], tmp_path: Path) -> None:
    part = home_part(read(two_authorities(), tmp_path), home)
    assert part["authorities"]["authority_code"].to_list() == [code]
    assert part["homes"]["home_id"].to_list() == [home]
    assert part["units"]["unit_id"].to_list() == units
    assert part["capacities"]["unit_id"].to_list() == units
    for name in ("staff", "confirmations", "applications", "actions"):
        assert set(part[name]["home_id"]) == {home}


def test_a_home_does_not_get_the_numbers_of_all_homes(tmp_path: Path) -> None:
    counted = {"as_of": "2022-03-31", "population": "residents", "place": "all"}
    own = add("occupancy", home_id="h", children="14", **counted)
    for number, code in enumerate(("", "990001")):
        ledger = read(made(planned, own), tmp_path / str(number))
        if code:
            tables = made(planned, own)
            for row in tables["occupancy"]:
                row["authority_code"] = code
            ledger = read(tables, tmp_path / code)
        assert home_part(ledger, "h")["occupancy"]["home_id"].to_list() == ["h"]


def test_a_home_gets_the_same_whether_or_not_the_only_authority_is_written_out(
    tmp_path: Path,
) -> None:
    tables = made(planned)
    blank = home_part(read(tables, tmp_path / "blank"), "h")
    for name in (*OF_AUTHORITY, "occupancy", "actions"):
        for row in tables[name]:
            row["authority_code"] = "990001"
    written = home_part(read(tables, tmp_path / "written"), "h")
    for table in TABLES:
        assert written[table.name].height == blank[table.name].height, table.name


def test_capacities_of_a_unit_that_is_yet_to_open_stay_with_its_home(tmp_path: Path) -> None:
    tables = made(
        planned,
        edit("actions", "open", unit_id="new"),
        add("capacities", unit_id="new", effective_from="2023-10-01", capacity="4"),
    )
    part = authority_part(read(tables, tmp_path), "990001")
    assert part["capacities"]["unit_id"].to_list() == ["m6", "u4", "b5", "new"]


def test_rows_to_be_removed_are_parted_too(tmp_path: Path) -> None:
    tables = two_authorities()
    for row in tables["staff"]:
        row["delete"] = "○"
    ledger = read(tables, tmp_path)
    assert home_part(ledger, "h2").removed["staff"]["staff_id"].to_list() == ["x-1", "x-2"]
    assert authority_part(ledger, "990019").removed["staff"]["staff_id"].to_list() == ["x-1", "x-2"]


def test_a_part_names_places_as_the_whole_does(tmp_path: Path) -> None:
    part = home_part(read(two_authorities(), tmp_path), "h2")
    row = part["staff"]["_row"][0]
    assert part.place("staff", row, "staff_id") == "staff.csv:13 staff_id"
