"""The command months."""

from pathlib import Path

from tests.builders import EXAMPLES, add, edit, made, write_csv
from tests.cli.running import Cli

SETAGAYA = EXAMPLES / "setagaya"
KEYS = {"fiscal_year", "units", "homes", "totals", "amounts"}
PRICE = add(
    "costs",
    fiscal_year="2022",
    item="加配職員",
    account="扶助費",
    timing="annual",
    basis="extra_staff_month",
    amount="400000",
    programme="架空負担金",
    national_share="1/2",
    eligible_rule="full",
    source="架空の単価表",
)


def test_it_has_the_keys_that_scripts_rely_on(cli: Cli) -> None:
    found = cli("months", SETAGAYA, "--year", "2022", "--format", "json").document
    assert set(found) == KEYS
    for unit in found["units"]:
        assert set(unit) == {
            *("home_id", "unit_id", "months", "person_months", "held_person_months")
        }
        for month in unit["months"]:
            assert set(month) == {
                *("month", "capacity", "certified_extra", "available_extra", "holds")
            }
    for home in found["homes"]:
        assert set(home) == {"home_id", "months", "backup_months", "held_backup_months"}
        assert all(set(month) == {"month", "certified", "holds"} for month in home["months"])
    assert found["totals"] == {
        "person_months": 117,
        "held_person_months": 117,
        "backup_months": 21,
        "held_backup_months": 21,
    }


def test_a_table_marks_what_does_not_hold(cli: Cli, tmp_path: Path) -> None:
    ledger = write_csv(
        made(edit("staff", "b-1", ended_on="2022-09-30")),
        tmp_path,
    )
    printed = cli("months", ledger, "--year", "R4").out
    (branch,) = [line for line in printed.splitlines() if "分園の家" in line]
    assert branch.count("2×") == 6
    assert "×は要件を満たさない月" in printed


def test_amounts_are_printed_where_there_is_a_price(cli: Cli, tmp_path: Path) -> None:
    ledger = write_csv(made(PRICE), tmp_path)
    printed = cli("months", ledger, "--year", "2022", "--lang", "en").out
    assert "14,400,000" in printed
    assert "7,200,000" in printed
    assert "Certified add-ons" not in cli("months", SETAGAYA, "--year", "2022", "--lang", "en").out


def test_a_month_that_cannot_be_judged_is_marked(cli: Cli, tmp_path: Path) -> None:
    ledger = write_csv(made(edit("confirmations", "training", expires_on="2023-02-28")), tmp_path)
    printed = cli("months", ledger, "--year", "2022").out
    (unit,) = [line for line in printed.splitlines() if "地域の家" in line]
    assert unit.count("1?") == 1


def test_one_authority_can_be_asked_for(cli: Cli) -> None:
    ran = cli("months", SETAGAYA, "--year", "2022", "--authority", "990001")
    assert ran.status == 2
    assert "990001" in ran.err
