"""The command evaluate."""

from pathlib import Path

import pytest

from tests.builders import EXAMPLES, drop, edit, made, part_time, write_csv
from tests.cli.running import Cli, Json

FORM1 = EXAMPLES / "form1"
DAY = ("--as-of", "2022-04-01")
OUTCOMES = {"met", "not_met", "not_applicable", "cannot_judge", "failed"}


def judged(cli: Cli, ledger: Path, *more: str) -> Json:
    """Return the evaluation as JSON."""
    return cli("evaluate", ledger, *(more or DAY), "--format", "json").document


def test_it_has_the_keys_that_scripts_rely_on(cli: Cli) -> None:
    report = judged(cli, FORM1)
    assert set(report) >= {"as_of", "units", "homes"}
    for one in report["units"]:
        assert set(one) == {
            *("home_id", "unit_id", "kind", "in_scope", "capacity", "staff_fte", "qualified_fte"),
            *("max_extra", "available_extra", "eligible", "reasons"),
        }
    for one in report["homes"]:
        assert set(one) == {"home_id", "backup_fte", "backup_eligible", "reasons"}
    for reason in [r for one in (*report["units"], *report["homes"]) for r in one["reasons"]]:
        keys = {"code", "outcome", "message", "source"}
        assert set(reason) - {"unconfirmed"} == keys
        assert reason["outcome"] in OUTCOMES


def test_the_example_is_judged_as_it_is_printed(cli: Cli) -> None:
    report = judged(cli, FORM1)
    assert report["as_of"] == "2022-04-01"
    columns = ("unit_id", "capacity", "staff_fte", "qualified_fte", "max_extra", "available_extra")
    assert [tuple(one[name] for name in columns) for one in report["units"]] == [
        ("a-a", 4, "4.0", "4.0", 1, 1),
        ("a-b", 6, "6.0", "6.0", 3, 3),
        ("b-a", 5, "5.0", "5.0", 2, 2),
        ("c-a", 5, "4.0", "4.0", 2, 1),
    ]
    assert [
        (one["home_id"], one["backup_fte"], one["backup_eligible"]) for one in report["homes"]
    ] == [
        ("a", "1.0", True),
        ("b", "0.0", False),
        ("c", "1.0", True),
    ]


def test_unknowns_are_null(cli: Cli, tmp_path: Path) -> None:
    folder = write_csv(made(drop("capacities", "b5"), part_time("x", "u4", "")), tmp_path)
    units = {one["unit_id"]: one for one in judged(cli, folder)["units"]}
    assert units["u4"]["staff_fte"] is None
    assert units["u4"]["available_extra"] is None
    assert units["u4"]["eligible"] is None
    assert units["b5"]["in_scope"] is None
    assert units["b5"]["max_extra"] is None
    assert units["b5"]["capacity"] is None
    assert units["m6"]["max_extra"] == 0


@pytest.mark.parametrize("day", ["令和4年4月1日", "R4.4.1", "2022/4/1"])
def test_a_day_may_be_written_in_any_form(day: str, cli: Cli) -> None:
    assert judged(cli, FORM1, "--as-of", day)["as_of"] == "2022-04-01"


def test_messages_come_in_the_language_asked_for(cli: Cli) -> None:
    def messages(*language: str) -> list[str]:
        report = judged(cli, FORM1, *DAY, *language)
        return [reason["message"] for one in report["units"] for reason in one["reasons"]]

    assert messages()[0] == "種別「地域小規模児童養護施設」は対象です。"
    assert messages("--lang", "en")[0] == "The kind (community home) is in scope."


def test_the_table_shows_figures_answers_and_why_not(cli: Cli) -> None:
    ran = cli("evaluate", FORM1, *DAY)
    assert "令和4年4月1日現在。子発0218第5号による改正(令和4年2月18日)の条文で判定。" in ran.out
    rows = [line for line in ran.out.splitlines() if "│ C 園" in line]
    assert rows[0].replace(" ", "") == "│C園│a園│5│4.0│4.0│2│1│可││"
    b_home = [line for line in ran.out.splitlines() if "│ B 園" in line][1]
    assert "0.0" in b_home
    assert "不可" in b_home
    assert "バックアップ職員は常勤換算0.0人で、1人に足りません。〔子発1004第5号 別紙3" in ran.out
    english = cli("evaluate", FORM1, *DAY, "--lang", "en").out
    assert "As of 2022-04-01, judged by 子発0218第5号による改正 (2022-02-18)." in english
    assert "Dispersal add-on" in english


def test_what_can_not_be_judged_is_shown_as_such(cli: Cli, tmp_path: Path) -> None:
    folder = write_csv(made(edit("staff", "u-4", employment="part_time")), tmp_path)
    assert "判定保留(資料不足)" in cli("evaluate", folder, *DAY).out
    assert "unknown" in cli("evaluate", folder, *DAY, "--lang", "en").out


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (
            "2020-04-01",
            "当時の条文(子発1004第5号)は手元になく、後の条文で判定しています。",
            "The wording of that day (子発1004第5号) is not available.",
        ),
        (
            "2019-03-31",
            "この日には、要綱がまだ適用されていません。",
            "The Notification did not apply yet on that day.",
        ),
    ],
)
def test_a_day_before_the_text_at_hand_is_reported(day: str, ja: str, en: str, cli: Cli) -> None:
    assert ja in cli("evaluate", FORM1, "--as-of", day).out
    assert en in cli("evaluate", FORM1, "--as-of", day, "--lang", "en").out
    assert ja not in cli("evaluate", FORM1, *DAY).out
