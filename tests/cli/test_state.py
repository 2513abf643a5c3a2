"""The command status."""

from pathlib import Path

import pytest

from tests.builders import EXAMPLES, drop, made, write_csv
from tests.cli.running import Cli

SETAGAYA = EXAMPLES / "setagaya"


def test_it_has_the_keys_that_scripts_rely_on(cli: Cli) -> None:
    report = cli("status", SETAGAYA, "--as-of", "2021-09-30", "--format", "json").document
    assert set(report) >= {"as_of", "homes", "all", "occupancy"}
    places = {"main_units", "main_capacity", "group_homes", "group_home_capacity", "total"}
    assert set(report["all"]) == places
    for home in report["homes"]:
        assert set(home) == {"home_id", "name", *places}
        for size in (*home["main_units"], *home["group_homes"]):
            assert set(size) == {"capacity", "units"}
    for row in report["occupancy"]:
        assert set(row) == {
            *("population", "as_of", "home_id", "place", "children", "individual_care"),
            "share_percent",
        }


def test_the_plans_homes_stand_as_it_prints_them(cli: Cli) -> None:
    report = cli("status", SETAGAYA, "--as-of", "令和3年9月30日", "--format", "json").document
    assert report["as_of"] == "2021-09-30"
    first, second = report["homes"]
    assert first["main_units"] == [{"capacity": 6, "units": 4}, {"capacity": 5, "units": 1}]
    assert (first["main_capacity"], first["group_home_capacity"], first["total"]) == (29, 24, 53)
    assert (second["main_capacity"], second["group_home_capacity"], second["total"]) == (21, 36, 57)
    assert report["all"]["total"] == 110
    shares = [(row["place"], row["children"], row["share_percent"]) for row in report["occupancy"]]
    assert ("all", 85, "57.6") in shares
    assert ("all", 95, None) in shares


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ("東京育成園 総定員53人", "2施設合計 総定員110人", "入所の状況", "57.6")),
        ("en", ("東京育成園: 53 places", "2 homes in all: 110 places", "Children", "57.6")),
    ],
)
def test_the_tables_show_the_figures(lang: str, words: tuple[str, ...], cli: Cli) -> None:
    ran = cli("status", SETAGAYA, "--as-of", "2021-09-30", "--lang", lang)
    for word in words:
        assert word in ran.out


def test_a_capacity_that_is_unknown_is_shown_as_such(cli: Cli, tmp_path: Path) -> None:
    folder = write_csv(made(drop("capacities", "u4")), tmp_path)
    ran = cli("status", folder, "--as-of", "2022-04-01")
    assert "│ グループホーム     │              不明 │      1 │" in ran.out
    assert "入所の状況" not in ran.out
    english = cli("status", folder, "--as-of", "2022-04-01", "--lang", "en").out
    assert "unknown" in english
    report = cli("status", folder, "--as-of", "2022-04-01", "--format", "json").document
    assert {"capacity": None, "units": 1} in report["all"]["group_homes"]
    assert report["all"]["total"] == 11
