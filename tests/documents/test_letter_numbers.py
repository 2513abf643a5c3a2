"""Letters that are made together have numbers that count on."""

import pytest

from shokibo.documents.letters.letter import following_number


@pytest.mark.parametrize(
    ("number", "by", "later"),
    [
        ("4架子第12号", 0, "4架子第12号"),
        ("4架子第12号", 1, "4架子第13号"),
        ("4架子第9号", 1, "4架子第10号"),
        ("4架子第099号", 2, "4架子第101号"),
        ("４架子第１９号", 1, "４架子第２０号"),
        ("架子第12号の3", 1, "架子第12号の4"),
        ("架子第号", 1, ""),
        ("", 1, ""),
        ("", 0, ""),
    ],
)
def test_the_last_figure_is_counted_on(number: str, by: int, later: str) -> None:
    assert following_number(number, by) == later
