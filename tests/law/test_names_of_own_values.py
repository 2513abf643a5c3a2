"""An authority's own value is named by its meaning, with the kind of unit where it is of one."""

import pytest

from shokibo.law.own_values import meaning_of, settable_names
from shokibo.law.parameters import national_law
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.texts import Text


def test_a_value_is_named_by_its_meaning() -> None:
    meaning = national_law().parameters["main_unit_most"].meaning
    assert meaning_of("main_unit_most") == Text(meaning.ja, meaning.en)


@pytest.mark.parametrize("kind", UNIT_KINDS)
def test_a_value_of_a_kind_names_the_kind(kind: str) -> None:
    names = [name for name in settable_names() if name.endswith(f".{kind}")]
    assert names
    for name in names:
        assert meaning_of(name).ja.endswith(f":{UNIT_KINDS[kind]}")
        assert meaning_of(name).en.endswith(f": {kind.replace('_', ' ')}")


def test_a_name_of_none_stays() -> None:
    assert meaning_of("{x}").say("en") == "{x}"
