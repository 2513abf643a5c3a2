"""Whether a unit fits a child's needs, as far as the records and the register know."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from shokibo.texts import Text

AT_MOST_FOUR = 4
"""The places that the assessment's item 4人以下の生活単位が必要 asks for."""
TOO_LARGE = Text("定員が{most}人を超えています", "it has more than {most} {most:place|places}")
FULL = Text("空きがありません", "it has no free place")
GENDERS = {"girl": "女子", "boy": "男子"}
_ONLY = {
    "girl": Text("女子だけを受け入れます", "it takes girls only"),
    "boy": Text("男子だけを受け入れます", "it takes boys only"),
}
_ONLY_UNKNOWN = {
    "girl": Text(
        "女子だけを受け入れますが、児童の性別の記録がありません",
        "it takes girls only, and the child's gender is not recorded",
    ),
    "boy": Text(
        "男子だけを受け入れますが、児童の性別の記録がありません",
        "it takes boys only, and the child's gender is not recorded",
    ),
}
_TOO_YOUNG = Text("{age}歳以上を受け入れます", "it takes children of {age} or older")
_TOO_OLD = Text("{age}歳以下を受け入れます", "it takes children of {age} or younger")


@dataclass(frozen=True)
class UnitRule:
    """The children a unit accepts, as set by the office; None for no restriction.

    Ages are in completed years, both ends included.
    """

    gender: str | None = None
    age_from: int | None = None
    age_to: int | None = None


def most_places(
    *, individual_care: bool, at_most_four: bool, high_care_most: int | None
) -> int | None:
    """Return the largest unit that suits a child's assessment; None without a limit.

    `high_care_most` is the law's number for high needs.
    """
    asked = (AT_MOST_FOUR if at_most_four else None, high_care_most if individual_care else None)
    return min((most for most in asked if most is not None), default=None)


def misfits(most: int | None, capacity: int | None, residents: int) -> list[Text]:
    """Say why a unit does not fit; nothing if its places are not known."""
    if capacity is None:
        return []
    found = []
    if most is not None and capacity > most:
        found.append(_filled(TOO_LARGE, most=most))
    if residents >= capacity:
        found.append(FULL)
    return found


def rule_misfits(rule: UnitRule, gender: str | None, age: int) -> Iterator[Text]:
    """Say why a unit does not accept a child; `gender` is None if it is not recorded."""
    if rule.gender is not None and gender != rule.gender:
        yield (_ONLY_UNKNOWN if gender is None else _ONLY)[rule.gender]
    if rule.age_from is not None and age < rule.age_from:
        yield _filled(_TOO_YOUNG, age=rule.age_from)
    if rule.age_to is not None and age > rule.age_to:
        yield _filled(_TOO_OLD, age=rule.age_to)


def age_on(birth_month: dt.date, day: dt.date) -> int:
    """Return completed years of age in the month of a day: only the month of birth is known."""
    return (day.year * 12 + day.month - birth_month.year * 12 - birth_month.month) // 12


def _filled(text: Text, **values: object) -> Text:
    return Text(text.say("ja", **values), text.say("en", **values))
