"""Texts for people: both languages, and the same values in both."""

import re
from string import Formatter

import pytest

from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.law.outcomes import Rule
from shokibo.ledger.columns import DELETE
from shokibo.ledger.findings import Entry
from shokibo.ledger.problems import CATALOGUE as PROBLEMS
from shokibo.ledger.tables import TABLES
from shokibo.returns.notes import CATALOGUE as NOTES
from shokibo.texts import NOTHING, Language, Text

PLACES = Text("定員{capacity}人", "{capacity} places")
ENTRIES = [*PROBLEMS.values(), *NOTES.values()]


def names(template: str) -> set[str]:
    """Return the names of the values that a template fills in."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize(("language", "said"), [("ja", "定員6人"), ("en", "6 places")])
def test_a_text_is_given_in_either_language(language: Language, said: str) -> None:
    assert PLACES.say(language, capacity=6) == said


def test_a_value_that_is_missing_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="capacity"):
        PLACES.say("ja")


def test_values_that_a_text_does_not_speak_of_are_left_out() -> None:
    assert PLACES.say("ja", capacity=6, unit="a園") == "定員6人"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_a_finding_speaks_of_the_same_values_in_both_languages(entry: Entry) -> None:
    ja, en = entry.found.ja + entry.remedy.ja, entry.found.en + entry.remedy.en
    assert names(ja) == names(en)
    assert entry.found.ja
    assert entry.found.en
    assert bool(entry.remedy.ja) == bool(entry.remedy.en)


@pytest.mark.parametrize("rule", [*UNIT_RULES, *HOME_RULES], ids=lambda rule: rule.code)
def test_a_rule_speaks_of_the_same_values_in_both_languages(rule: Rule) -> None:
    for text in rule.messages.values():
        assert names(text.ja) == names(text.en)
        assert text.ja
        assert text.en


def test_every_note_on_a_table_or_column_is_in_both_languages() -> None:
    notes = [table.note for table in TABLES]
    columns = [column for table in TABLES for column in (*table.columns, DELETE)]
    notes += [text for column in columns for text in (column.note, column.on_blank)]
    assert [note for note in notes if bool(note.ja) != bool(note.en)] == []


def test_what_a_blank_means_is_declared_apart_from_the_note() -> None:
    columns = [column for table in TABLES for column in (*table.columns, DELETE)]
    blank = re.compile("空欄|blank", re.IGNORECASE)
    assert [c.name for c in columns if blank.search(c.note.ja + c.note.en)] == []
    assert [c.name for c in columns if c.required and c.on_blank != NOTHING] == []
    texts = [c.on_blank for c in columns if c.on_blank != NOTHING]
    assert [text for text in texts if "空欄" not in text.ja or "Blank" not in text.en] == []
