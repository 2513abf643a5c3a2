"""Codes of children: one wrong letter, or two exchanged, is a code of nobody."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from shokibo.care.codes import ALPHABET, LENGTH, new_code, read_code


def drawn(numbers: list[int]) -> str:
    """Make a code of the numbers that are drawn."""
    left = iter(numbers)
    return new_code(lambda _most: next(left))


CODES = st.lists(st.integers(0, len(ALPHABET) - 1), min_size=7, max_size=7).map(drawn)


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    assert (len(code), code[4]) == (LENGTH + 1, "-")
    for typed in (
        code,
        code.lower(),
        code.replace("-", ""),
        f" {code} ",
        code.replace("-", "\uff0d"),
    ):
        assert read_code(typed) == code


@given(CODES)
def test_one_wrong_or_two_swapped_letters_make_an_unknown_code(code: str) -> None:
    letters = code.replace("-", "")
    for at in range(LENGTH):
        for other in set(ALPHABET) - {letters[at]}:
            assert read_code(letters[:at] + other + letters[at + 1 :]) is None
    for one, two in combinations(range(LENGTH), 2):
        if letters[one] != letters[two]:
            swapped = list(letters)
            swapped[one], swapped[two] = swapped[two], swapped[one]
            assert read_code("".join(swapped)) is None


def test_what_is_no_code_is_refused() -> None:
    for typed in ("", "2222-222", "2222-22222", "山田太郎", "0000-0000", "IIII-IIII"):
        assert read_code(typed) is None
