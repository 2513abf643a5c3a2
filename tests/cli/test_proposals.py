"""The command propose."""

import os
import signal
from pathlib import Path

import msgspec
import pytest

from shokibo.answers import plain
from shokibo.cli.proposals import interruptible
from shokibo.planning.proposal.answers import Proposal
from tests.builders import EXAMPLES
from tests.cli.running import Cli

SETAGAYA = EXAMPLES / "setagaya"


def test_the_document_fits_its_schema_and_is_proven(cli: Cli) -> None:
    ran = cli("propose", SETAGAYA, "--format", "json", "--gains", "--alternatives", "1")
    assert ran.status == 0
    assert plain(msgspec.json.decode(ran.out, type=Proposal)) == ran.document
    assert ran.document["status"] == "optimal"
    assert all(one["proven"] for one in ran.document["objectives"])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "ja",
            ("最もよい計画です", "証明済み", "必要量113人を満たす", "開設の上限(年2か所)が効いて"),
        ),
        (
            "en",
            (
                "This is the best plan",
                "proven",
                "113 places for 113",
                "The limit of 2 openings a year is reached",
            ),
        ),
    ],
)
def test_the_text_says_what_was_chosen_and_what_binds(
    lang: str, words: tuple[str, ...], cli: Cli
) -> None:
    ran = cli("propose", SETAGAYA, "--lang", lang)
    for word in words:
        assert word in ran.out.replace("\n", "")


def test_plan_and_budget_say_of_the_written_ledger_what_the_proposal_said(
    cli: Cli, tmp_path: Path
) -> None:
    written = tmp_path / "proposed.xlsx"
    said = cli("propose", SETAGAYA, "-o", written, "--format", "json").document
    rows = cli("plan", written, "--format", "json").document["authority"]["rows"]
    places = {row["fiscal_year"]: row["total"] for row in rows}
    for year in said["years"]:
        budget = cli("budget", written, "--year", year["fiscal_year"], "--format", "json").document
        assert places[year["fiscal_year"]] == year["places"]
        assert (budget["opened"], budget["net"]) == (year["opened"], year["net_cost"])


def test_limits_that_contradict_each_other_are_an_answer(cli: Cli, tmp_path: Path) -> None:
    written = tmp_path / "proposed.xlsx"
    asked = ("--openings-per-year", "0", "--shortage", "forbid", "-o", written)
    ran = cli("propose", SETAGAYA, *asked, "--format", "json")
    assert (ran.status, ran.document["status"]) == (0, "infeasible")
    assert {one["limit"] for one in ran.document["conflict"]} == {"openings_per_year", "shortage"}
    (openings,) = [one for one in ran.document["conflict"] if one["limit"] == "openings_per_year"]
    assert not written.exists()
    enough = cli(
        "propose", SETAGAYA, "--shortage", "forbid", "--format", "json",
        "--openings-per-year", openings["suffices"],
    ).document  # fmt: skip
    assert enough["status"] == "optimal"


def test_a_pin_that_contradicts_is_named_in_words(cli: Cli) -> None:
    ran = cli("propose", SETAGAYA, "--pin", "open:ikuseien:R4:3x4")
    assert ran.status == 0
    assert "固定した取組(東京育成園 令和4年度 新設3か所、定員4人)" in ran.out.replace("\n", "")


def test_budgets_and_paces_are_compared_side_by_side(cli: Cli) -> None:
    asked = ("--compare", "budget=20000000", "--compare", "openings-per-year=1")
    found = cli("propose", SETAGAYA, *asked, "--format", "json").document["compared"]
    assert [(one["limit"], one["number"]) for one in found] == [
        ("budget", 20_000_000),
        ("openings_per_year", 1),
    ]
    assert "53,373,000" in cli("propose", SETAGAYA, *asked).out


def test_the_estimated_need_gives_what_the_printed_one_gives(cli: Cli) -> None:
    stated = cli("propose", SETAGAYA, "--format", "json").document
    estimated = cli("propose", SETAGAYA, "--need", "estimate", "--format", "json").document
    assert estimated["objectives"] == stated["objectives"]


def test_pins_of_every_sort_are_kept(cli: Cli) -> None:
    pins = (
        "open:ikuseien:R4:2x4",
        "close:ikuseien:R5:ikuseien-m1",
        "change:fukuinryo:R6:fukuinryo-g1:5",
    )
    asked = [word for pin in pins for word in ("--pin", pin)]
    actions = cli("propose", SETAGAYA, *asked, "--format", "json").document["actions"]
    chosen = [
        (one["fiscal_year"], one["action"], one["unit_id"], one["capacity"]) for one in actions
    ]
    assert (2022, "open", None, 4) in chosen
    assert (2023, "close", "ikuseien-m1", None) in chosen
    assert (2024, "change_capacity", "fukuinryo-g1", 5) in chosen


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--pin", "open:ikuseien:R4"), "固定する取組「open:ikuseien:R4」を読めません"),
        (("--pin", "raise:ikuseien:R4:x"), "固定する取組"),
        (("--compare", "staff=3"), "比べる条件「staff=3」を読めません"),
        (("--need", "guess"), "必要量「guess」は使えません"),
        (("--need", "forecast:100"), "必要量「forecast:100」は使えません"),
        (("--from", "2019"), "基準日の年度より前"),
        (("--budget", "1", "--from", "2021"), "費用の上限を確かめられません"),
        (("--openings-per-year", "2.5"), "--openings-per-year の「2.5」が使えません"),
        (("--openings-per-year", "1001"), "(0～1,000)"),
        (("--budget", "-1"), "--budget の「-1」が使えません"),
        (("--new-staff-per-year", "-1"), "--new-staff-per-year の「-1」が使えません"),
        (("--keep-main", "-3"), "--keep-main の「-3」が使えません"),
        (("--alternatives", "-1"), "--alternatives の「-1」が使えません"),
        (("--time-limit", "0"), "--time-limit の「0」が使えません"),
        (("--time-limit", "nan"), "--time-limit の「nan」が使えません"),
        (("--scenario", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_what_cannot_be_asked_is_reported(asked: tuple[str, ...], words: str, cli: Cli) -> None:
    ran = cli("propose", SETAGAYA, *asked)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err.replace("\n", "")


def test_more_openings_than_any_plan_could_want_change_nothing(cli: Cli) -> None:
    some = cli("propose", SETAGAYA, "--openings-per-year", 30, "--format", "json").document
    more = cli("propose", SETAGAYA, "--openings-per-year", 1000, "--format", "json").document
    assert (more["status"], more["objectives"]) == ("optimal", some["objectives"])


def test_an_interrupt_asks_for_the_best_so_far() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruptible() as stop:
        assert not stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop()
    assert signal.getsignal(signal.SIGINT) == before


def test_what_is_right_in_every_scenario_comes_first(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "more.yaml"
    file.write_text(
        "name: 入所が増える\nfrom: 2023-04\nchanges:\n"
        "  - {flow: entries, group: children_home, factor: 2}\n",
        "utf-8",
    )
    answer = cli("propose", SETAGAYA, "--scenario", file, "--format", "json").document
    first = [one for one in answer["actions"] if one["fiscal_year"] == answer["from_year"]]
    assert {one["fiscal_year"] for one in answer["first_steps"]} == {answer["from_year"]}
    assert sum(one["count"] for one in answer["first_steps"]) <= sum(one["count"] for one in first)
    wrong = cli("propose", SETAGAYA, "--scenario", tmp_path / "none.yaml")
    assert (wrong.status, wrong.out) == (2, "")


def test_with_the_forecasts_need_it_says_how_sure_it_is(cli: Cli) -> None:
    answer = cli("propose", SETAGAYA, "--need", "forecast:80", "--format", "json").document
    assert answer["status"] == "optimal"
    assert [one["fiscal_year"] for one in answer["chances"]] == [2023, 2024]
    for one in answer["chances"]:
        assert float(one["chance_percent"]) >= 80
    assert cli("propose", SETAGAYA, "--need", "forecast:80").out.count("で足りる確率") == len(
        answer["chances"]
    )


def test_a_ledger_without_episodes_gives_no_forecast_but_words(cli: Cli, tmp_path: Path) -> None:
    for path in SETAGAYA.glob("*.csv"):
        if path.stem != "episodes":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    ran = cli("propose", tmp_path, "--need", "forecast")
    assert (ran.status, ran.out) == (2, "")
    assert "養育の経過" in ran.err
