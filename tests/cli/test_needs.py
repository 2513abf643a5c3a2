"""The command need."""

from pathlib import Path

from tests.builders import Edit, add, all_of, edit, made, write_csv
from tests.cli.running import Cli

EXAMPLE = "examples/setagaya"


def estimable(year: str = "2022") -> Edit:
    """Add population and rates of school age."""
    band = {"fiscal_year": year, "age_band": "school_age"}
    rates = {"in_care_per_10000": "16.50", "foster_rate": "30"}
    return all_of(add("population", **band, children="10000"), add("care_rates", **band, **rates))


def test_each_step_is_printed_with_what_the_ledger_states(cli: Cli) -> None:
    ran = cli("need", EXAMPLE)
    assert ran.status == 0
    for words in (
        "令和6年度",
        "学童期以降",
        "97700",
        "136.78",
        "30.78",
        "106",
        "50 未達",
        "未確認",
    ):
        assert words in ran.out, words
    ran = cli("need", EXAMPLE, "--lang", "en")
    for words in ("FY2024", "school age", "50 not yet", "Unconfirmed"):
        assert words in ran.out, words


def test_rates_are_answered_as_they_are_given(cli: Cli, tmp_path: Path) -> None:
    ran = cli("need", write_csv(made(estimable()), tmp_path), "--format", "json")
    assert ran.document == {
        "rows": [
            {
                "fiscal_year": 2022,
                "age_band": "school_age",
                "population": 10000,
                "in_care_per_10000": "16.50",
                "in_care": "16.50",
                "foster_rate": "30",
                "foster": "4.95",
                "in_homes": 12,
                "stated": None,
                "difference": None,
            }
        ],
        "totals": [
            {
                "fiscal_year": 2022,
                "in_homes": None,
                "three_and_over": None,
                "stated_three_and_over": None,
                "difference": None,
            }
        ],
        "goals": [
            {
                "fiscal_year": 2022,
                "age_band": "school_age",
                "foster_rate": "30",
                "goal": 50,
                "reached": False,
            }
        ],
        "unconfirmed": ["need_formula", "foster_goals"],
    }


def test_a_goal_of_a_year_before_it_was_set_is_left_blank(cli: Cli, tmp_path: Path) -> None:
    ran = cli("need", write_csv(made(estimable("2016")), tmp_path))
    assert ran.status == 0
    assert "未達" not in ran.out


def test_where_nothing_can_be_estimated_it_says_what_is_missing(cli: Cli, tmp_path: Path) -> None:
    ran = cli("need", write_csv(made(), tmp_path))
    assert (ran.status, "「児童人口」と「代替養育の率」" in ran.out) == (0, True)


def test_of_several_authorities_one_has_to_be_named(cli: Cli, tmp_path: Path) -> None:
    other = add("authorities", "990001", authority_code="990019", name="架空市")
    of_ours = [edit(t, "2022", authority_code="990001") for t in ("population", "care_rates")]
    ledger = write_csv(made(other, estimable(), *of_ours), tmp_path)
    ran = cli("need", ledger)
    assert (ran.status, "--authority" in ran.err) == (2, True)
    ran = cli("need", ledger, "--authority", "990001", "--format", "json")
    assert len(ran.document["rows"]) == 1
    ran = cli("need", ledger, "--authority", "990019", "--format", "json")
    assert ran.document["rows"] == []
