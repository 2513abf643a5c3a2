"""What an import would do: added, changed, removed; what is not named stays."""

from pathlib import Path

import pytest

from shokibo.ledger.changes import CURRENT_ROW, import_changes, missing_removals
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from tests.builders import Edit, add, drop, edit, made, planned, read


@pytest.fixture
def held(tmp_path: Path) -> Ledger:
    return read(made(planned), tmp_path / "held")


def _found(held: Ledger, folder: Path, *edits: Edit) -> dict[str, tuple[int, int, int]]:
    incoming = read(made(planned, *edits), folder / "incoming")
    return {
        one.table.name: (one.added.height, one.changed.height, one.removed.height)
        for one in import_changes(held, incoming)
        if one.count
    }


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], {}),
        ([edit("homes", "h", name="新しい名")], {"homes": (0, 1, 0)}),
        ([add("units", "u4", unit_id="u9", name="九の家")], {"units": (1, 0, 0)}),
        ([drop("staff", "k-1")], {}),
        ([edit("staff", "k-1", delete="○")], {"staff": (0, 0, 1)}),
        ([edit("staff", "k-1", started_on="2022-05-01")], {"staff": (1, 0, 0)}),
        ([edit("staff", "k-1", ended_on="2022-05-01")], {"staff": (0, 1, 0)}),
        ([edit("capacities", "u4", capacity="5")], {"capacities": (0, 1, 0)}),
        ([edit("targets", "2023", value="")], {"targets": (0, 1, 0)}),
        ([edit("actions", "2023", capacity="5")], {"actions": (1, 0, 1)}),
        ([add("actions", "2023")], {"actions": (2, 0, 1)}),
        ([add("actions", "2023", fiscal_year="2022")], {"actions": (1, 0, 0)}),
        ([edit("actions", "2023", delete="○")], {"actions": (0, 0, 1)}),
        ([drop("actions")], {}),
    ],
)
def test_it_says_what_would_change(
    held: Ledger,
    tmp_path: Path,
    edits: list[Edit],
    expected: dict[str, tuple[int, int, int]],
) -> None:
    assert _found(held, tmp_path, *edits) == expected


def test_a_change_names_the_row_it_changes_and_where_it_came_from(
    held: Ledger, tmp_path: Path
) -> None:
    incoming = read(
        made(planned, drop("homes"), add("homes", **_home("新しい名"))), tmp_path / "incoming"
    )
    (homes,) = [one for one in import_changes(held, incoming) if one.count]
    row = homes.changed.row(0, named=True)
    assert (row["name"], row[ROW], row[CURRENT_ROW]) == ("新しい名", 2, 2)


def _home(name: str) -> dict[str, str]:
    return {
        "home_id": "h",
        "name": name,
        "operator": "社会福祉法人架空会",
        "authority_code": "990001",
    }


def test_a_blank_authority_is_the_only_one(held: Ledger, tmp_path: Path) -> None:
    named = [edit("need", f"{year} {band}", authority_code="990001") for year, band in _NEED]
    assert _found(held, tmp_path, *named) == {}


_NEED = [(y, b) for y in ("2022", "2023") for b in ("preschool", "school_age")]


def test_a_row_to_be_removed_that_is_not_there_is_reported(held: Ledger, tmp_path: Path) -> None:
    gone = add("staff", "k-1", staff_id="k-9", delete="○")
    incoming = read(made(planned, gone), tmp_path / "incoming")
    (reported,) = missing_removals(held, incoming)
    assert (reported.code, reported.place) == ("ROW_NOT_THERE", "staff.csv:13")
    assert "k-9" in reported.message("ja")
    assert not any(one.count for one in import_changes(held, incoming))
