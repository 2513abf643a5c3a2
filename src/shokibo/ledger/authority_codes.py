"""全国地方公共団体コード: five digits for a prefecture or municipality, and a check digit."""

from operator import mul

_WEIGHTS = (6, 5, 4, 3, 2)


def with_check_digit(five: str) -> str:
    """Return a code of five digits with its check digit."""
    return f"{five}{(11 - sum(map(mul, map(int, five), _WEIGHTS)) % 11) % 10}"


def has_right_check_digit(code: str) -> bool:
    """Return whether a code is six digits, the last being the right check digit."""
    return len(code) == 6 and code.isdigit() and code == with_check_digit(code[:5])
