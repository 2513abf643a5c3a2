"""Forms of many authorities added up."""

from pathlib import Path
from typing import Any

import pytest

from shokibo.law.parameters import national_law
from shokibo.returns.counted import FormNumber
from shokibo.returns.forms import fill_form
from shokibo.returns.rollup import roll_up
from tests.builders import Edit, made, read
from tests.printed import as_json


def form(folder: Path, *edits: Edit, number: FormNumber = 1) -> dict[str, Any]:
    """Return a form of the clean ledger with edits, as it is sent."""
    return as_json(fill_form(read(made(*edits), folder), national_law(), number, 2022), "ja")


def leaves(counts: dict[str, Any]) -> list[int]:
    """Return all counts of a form's part, in their order."""
    return [
        leaf
        for value in counts.values()
        for leaf in (leaves(value) if isinstance(value, dict) else [value])
    ]


@pytest.mark.parametrize("many", [1, 2, 3])
def test_equal_forms_add_up_to_a_multiple_of_one(tmp_path: Path, many: int) -> None:
    one = form(tmp_path)
    added = roll_up([one] * many)
    assert added["authorities"] == many
    for part in ("units", "backup"):
        assert any(leaves(one[part]))
        assert leaves(added[part]) == [many * count for count in leaves(one[part])]


def test_a_count_that_one_form_lacks_is_none_there() -> None:
    small = {"units": {"total": {"units": 2}}, "backup": {"homes": 1}}
    large = {"units": {"total": {"units": 3}, "7": {"units": 1}}, "backup": {"homes": 4}}
    assert roll_up([small, large]) == {
        "authorities": 2,
        "units": {"total": {"units": 5}, "7": {"units": 1}},
        "backup": {"homes": 5},
    }


def test_no_form_adds_up_to_nothing() -> None:
    assert roll_up([]) == {"authorities": 0, "units": {}, "backup": {}}
