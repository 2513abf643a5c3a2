"""Whether a unit fits a child's needs, as far as the records and the register know."""

from shokibo.texts import Text

AT_MOST_FOUR = 4
"""The places that the assessment's item 4人以下の生活単位が必要 asks for."""
TOO_LARGE = Text("定員が{most}人を超えています", "it has more than {most} places")
FULL = Text("空きがありません", "it has no free place")


def most_places(
    *, individual_care: bool, at_most_four: bool, high_care_most: int | None
) -> int | None:
    """Return the most places of a unit for a child by its assessment; None where it asks nothing.

    `high_care_most` is the law's number for high needs.
    """
    asked = (AT_MOST_FOUR if at_most_four else None, high_care_most if individual_care else None)
    return min((most for most in asked if most is not None), default=None)


def misfits(most: int | None, capacity: int | None, residents: int) -> list[Text]:
    """Say why a unit does not fit; nothing where its places are not known."""
    if capacity is None:
        return []
    found = []
    if most is not None and capacity > most:
        values = {"most": most}
        found.append(Text(TOO_LARGE.say("ja", **values), TOO_LARGE.say("en", **values)))
    if residents >= capacity:
        found.append(FULL)
    return found
