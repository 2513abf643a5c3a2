"""English output names what a code stands for; one is singular."""

import re
from string import Formatter

import pytest

from shokibo.checking import CATALOGUE
from shokibo.ledger.findings import Entry
from shokibo.ledger.tables import TABLES
from shokibo.texts import Text
from shokibo.wording import fill, names_in
from tests.builders import EXAMPLES
from tests.cli.running import Cli

FORM1, SETAGAYA = EXAMPLES / "form1", EXAMPLES / "setagaya"
YEAR = ("--year", "2022")
PLACE = re.compile(r"\w+\.csv:\d+ \w+|“[^”]*”|\S*/\S*")
"""Where names with underscores are right: a column of a CSV file, a quotation, a path."""
CODE = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b")
PLURAL = re.compile(
    r"\b1 (?:\w+ )?(?:places|units|homes|leads|rows|applications|children|times|months)\b"
    r"|\b1 \w+ (?:are|were|have)\b"
)
IN_LISTS = {column.name for table in TABLES for column in table.columns if column.codes}
FREE_TEXTS = {("COST_WITHOUT_SOURCE", "item"), ("COST_SHARE_UNCLEAR", "item")}


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("evaluate", "--as-of", "2022-04-01"),
        ("form1", *YEAR),
        ("form2", *YEAR),
        ("letters", *YEAR),
        ("months", *YEAR),
        ("status", "--as-of", "2022-04-01"),
        ("plan",),
        ("report",),
        ("budget",),
        ("staffing",),
        ("support", *YEAR),
        ("need",),
        ("review", *YEAR),
        ("propose", "--to", "2024"),
        ("forecast", "--paths", "100", "--to", "2024"),
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_no_code_is_printed(arguments: tuple[str, ...], cli: Cli) -> None:
    command, *options = arguments
    for ledger in (FORM1, SETAGAYA):
        ran = cli(command, ledger, *options, "--lang", "en")
        assert CODE.findall(PLACE.sub("", ran.out + ran.err)) == []


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_a_finding_words_the_codes_of_its_row(entry: Entry) -> None:
    for text in (entry.found.en, entry.remedy.en):
        parts = [(words, name, mark) for words, name, mark, _ in Formatter().parse(text)]
        marks = {name: mark for _, name, mark in parts if name}
        for name in IN_LISTS & marks.keys():
            assert marks[name] == "code" or (entry.code, name) in FREE_TEXTS
        written = "".join(words for words, *_ in parts)
        assert CODE.findall(PLACE.sub("", written)) == []


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_a_finding_has_the_singular_of_one(entry: Entry) -> None:
    for text in (entry.found, entry.remedy):
        ones = dict.fromkeys(names_in(text), 1)
        parts = [(words, name, mark) for words, name, mark, _ in Formatter().parse(text.en)]
        if all("|" in (mark or "|") for _, _, mark in parts):  # nothing but numbers and nouns
            assert not PLURAL.search(fill(text, "en", ones))


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 rows are"), (1, "1 row is"), ("1", "1 row is"), (2, "2 rows are"), (11, "11 rows are")],
)
def test_the_noun_goes_with_its_number(count: int | str, words: str) -> None:
    text = Text("{count}行", "{count} {count:row is|rows are} left")
    assert text.say("en", count=count) == fill(text, "en", {"count": count}) == f"{words} left"
    assert text.say("ja", count=count) == f"{count}行"


def test_nothing_is_left_of_a_plural_in_parentheses(cli: Cli) -> None:
    for ledger in (FORM1, SETAGAYA):
        for command in ("check", "plan", "budget"):
            ran = cli(command, ledger, "--lang", "en")
            assert "(s)" not in ran.out + ran.err
