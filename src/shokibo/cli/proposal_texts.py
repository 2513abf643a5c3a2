"""Texts of the options of `propose`: a pinned action, a limit to compare."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shokibo.cli.options import ArgumentError
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.planning.proposal.comparing import Comparable
    from shokibo.planning.proposal.limits import Pin

_NO_PIN = Text(
    "固定する取組「{text}」を読めません。open:施設ID:R5:2x4(2か所、定員4人)、"
    "close:施設ID:R5:生活単位ID、change:施設ID:R5:生活単位ID:5 のように書いてください。",
    "“{text}” is not an action to pin: write open:HOME:2023:2x4 (two homes of 4 places), "
    "close:HOME:2023:UNIT or change:HOME:2023:UNIT:5.",
)


def pin_of(text: str, language: Language) -> "Pin":
    """Read a pinned action. Raises ArgumentError."""
    from shokibo.calendar import parse_fiscal_year
    from shokibo.planning.proposal.limits import Pin

    try:
        action, home, year, *rest = text.split(":")
        fiscal_year = parse_fiscal_year(year)
        match action, rest:
            case "open", [opened]:
                count, capacity = map(int, opened.lower().split("x"))
                return Pin(
                    home_id=home,
                    fiscal_year=fiscal_year,
                    action="open",
                    count=count,
                    capacity=capacity,
                )
            case "close", [unit]:
                return Pin(home_id=home, fiscal_year=fiscal_year, action="close", unit_id=unit)
            case "change", [unit, places]:
                return Pin(
                    home_id=home,
                    fiscal_year=fiscal_year,
                    action="change_capacity",
                    unit_id=unit,
                    capacity=int(places),
                )
    except ValueError as error:
        raise ArgumentError(_NO_PIN.say(language, text=text)) from error
    raise ArgumentError(_NO_PIN.say(language, text=text))


_NO_COMPARISON = Text(
    "比べる条件「{text}」を読めません。budget=円 又は openings-per-year=か所 と書いてください。",
    "“{text}” can't be compared: write budget=YEN or openings-per-year=NUMBER.",
)


_COMPARABLE: "Mapping[str, Comparable]" = {
    "budget": "budget",
    "openings-per-year": "openings_per_year",
}


def comparison_of(text: str, language: Language) -> "tuple[Comparable, int]":
    """Read a limit and another number of it. Raises ArgumentError."""
    name, _, number = text.partition("=")
    limit = _COMPARABLE.get(name)
    if limit is None or not number.isdecimal():
        raise ArgumentError(_NO_COMPARISON.say(language, text=text))
    return limit, int(number)
