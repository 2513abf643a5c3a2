"""What arguments name: a day, an authority, an authority's own values."""

import datetime as dt
from pathlib import Path

import pytest

from shokibo.cli import opening
from shokibo.cli.opening import day_of, today
from shokibo.cli.options import ArgumentError, Common, language_of
from tests.builders import EXAMPLES, add, made, unit, write_csv
from tests.cli.running import Cli

FORM1 = EXAMPLES / "form1"
OWN = """parameters:
  base_staff:
    meaning: {ja: 基準, en: base}
    values:
      - effective_from: 2019-04-01
        published_on: 2022-03-01
        value: 2
        source: {document: 架空県要綱, article: 第3条}
"""


# Days


@pytest.mark.parametrize(
    "text",
    ["2022-04-01", "2022/4/1", "2022.4.1", "令和4年4月1日", "R4.4.1", "r4/4/1", "2022年4月1日"],
)
def test_a_day_may_be_written_in_any_form(text: str) -> None:
    assert day_of(text, Common()) == dt.date(2022, 4, 1)


@pytest.mark.parametrize("text", ["昨日", "2022-13-01", "2022-04", "", "1926-12-24", "0001-01-01"])
def test_what_is_no_day_or_can_not_be_reported_in_eras_is_refused(text: str) -> None:
    with pytest.raises(ArgumentError, match=f"「{text}」は日付として読めません"):
        day_of(text, Common())
    with pytest.raises(ArgumentError, match=f"“{text}” is not a date"):
        day_of(text, Common(lang="en"))


def test_the_first_day_of_showa_can_be_reported() -> None:
    assert day_of("1926-12-25", Common()) == dt.date(1926, 12, 25)


@pytest.mark.parametrize("command", ["evaluate", "status"])
def test_without_a_day_it_is_today(command: str, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "today", lambda: dt.date(2022, 6, 15))
    assert cli(command, FORM1, "--format", "json").document["as_of"] == "2022-06-15"


@pytest.mark.parametrize("command", ["evaluate", "status"])
def test_a_day_that_is_none_can_not_be_used(command: str, cli: Cli) -> None:
    for text in ("明日", "R4.4"):
        ran = cli(command, FORM1, "--as-of", text)
        assert (ran.status, ran.out) == (2, "")
        assert f"「{text}」は日付として読めません。年月日を" in ran.err


def test_today_is_the_day_in_japan(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(dt.datetime):
        """A clock that stands just before midnight in Japan, then at it."""

        moment = dt.datetime(2022, 3, 31, 14, 59, 59, tzinfo=dt.UTC)

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Clock":
            """Return the moment in a time zone."""
            return cls.fromtimestamp(cls.moment.timestamp(), tz)

    monkeypatch.setattr(dt, "datetime", Clock)
    assert today() == dt.date(2022, 3, 31)
    Clock.moment += dt.timedelta(seconds=1)
    assert today() == dt.date(2022, 4, 1)


# Authorities


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Return a ledger of two authorities."""
    return write_csv(
        made(
            add("authorities", "990001", authority_code="990019", name="架空市"),
            add("homes", "架空学園", home_id="h2", name="架空の園", authority_code="990019"),
            unit("x", "community_home", "4", "h2"),
        ),
        tmp_path / "two",
    )


@pytest.mark.parametrize(("code", "homes", "units"), [("990001", 1, 2), ("990019", 1, 1)])
def test_a_form_is_of_the_authority_that_is_named(
    code: str, homes: int, units: int, cli: Cli, two: Path
) -> None:
    ran = cli("form1", two, "--year", "2022", "--authority", code, "--format", "json")
    assert ran.document["backup"]["homes"] == homes
    assert ran.document["units"]["total"]["units"] == units
    assert "FORM_SEVERAL_AUTHORITIES" not in [note["code"] for note in ran.document["notes"]]


def test_without_one_a_form_is_their_sum_and_says_so(cli: Cli, two: Path) -> None:
    ran = cli("form1", two, "--year", "2022", "--format", "json")
    assert ran.document["units"]["total"]["units"] == 3
    assert [note["code"] for note in ran.document["notes"]] == ["FORM_SEVERAL_AUTHORITIES"]


@pytest.mark.parametrize("command", [("form1", "--year", "2022"), ("plan",), ("budget",)])
def test_an_authority_that_the_ledger_has_not_is_named(
    command: tuple[str, ...], cli: Cli, two: Path
) -> None:
    ran = cli(command[0], two, *command[1:], "--authority", "131121")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("shokibo: 団体コード「131121」は台帳にありません。\n")
    english = cli(command[0], two, *command[1:], "--authority", "131121", "--lang", "en")
    assert english.err.startswith("shokibo: The ledger has no authority 131121.\n")


# An authority's own values


def test_an_authoritys_own_values_are_laid_over_those_of_law(cli: Cli, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, "utf-8")
    day = ("--as-of", "2022-04-01", "--format", "json")
    ran = cli("evaluate", FORM1, *day, "--parameters", own)
    last = ran.document["units"][-1]
    assert last["available_extra"] == 2  # 4 staff less a base of 2
    assert not any("unconfirmed" in reason for reason in last["reasons"])
    assert cli("evaluate", FORM1, *day).document["units"][-1]["available_extra"] == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "own.yaml"),
        ("parameters: [", "own.yaml"),
        (OWN.replace("base_staff", "base_stuff"), "base_stuff"),
        (OWN.replace("2019-04-01", "昨日"), "own.yaml"),
        (OWN.replace("value: 2", "value: two"), "base_staff"),
        (OWN.replace("        source", "        sauce"), "sauce"),
        (b"\xff\xfe\x00".decode("latin-1"), "own.yaml"),
    ],
    ids=["no file", "no yaml", "unknown name", "no date", "no number", "unknown key", "no text"],
)
def test_values_that_can_not_be_used_are_reported(
    content: str | None, said: str, cli: Cli, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    if content is not None:
        own.write_text(content, "latin-1" if "ÿ" in content else "utf-8")
    ran = cli("check", FORM1, "--parameters", own)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("shokibo: 自治体の値のファイルが使えません:")
    assert said in ran.err
    english = cli("check", FORM1, "--parameters", own, "--lang", "en")
    assert english.err.startswith("shokibo: The parameters can't be used:")


# The language


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], "ja"),
        (["check"], "ja"),
        (["--lang", "en"], "en"),
        (["--lang=en"], "en"),
        (["check", "x", "--lang", "en", "--format", "json"], "en"),
        (["--lang", "ja"], "ja"),
        (["--lang"], "ja"),
        (["en", "--lang"], "ja"),
        (["--lang", "fr"], "ja"),
    ],
)
def test_the_language_is_found_before_arguments_are_parsed(
    arguments: list[str], language: str
) -> None:
    assert language_of(arguments) == language
