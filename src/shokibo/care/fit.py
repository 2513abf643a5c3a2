"""Whether a unit fits a child's needs, as far as the records and the register know."""

from dataclasses import dataclass

from shokibo.texts import Text

SMALL = 4
"""Places of a unit for children of high needs, as the assessment asks: 四人以下."""
ABOVE_FOUR = Text("定員が4人を超えています", "it has more than four places")
FULL = Text("空きがありません", "it has no free place")


@dataclass(frozen=True)
class Need:
    """What an assessment says of the unit that a child needs."""

    individual_care: bool = False
    at_most_four: bool = False


def misfits(need: Need, capacity: int | None, residents: int) -> list[Text]:
    """Say why a unit does not fit; nothing where its places are not known."""
    if capacity is None:
        return []
    found = []
    if capacity > SMALL and (need.individual_care or need.at_most_four):
        found.append(ABOVE_FOUR)
    if residents >= capacity:
        found.append(FULL)
    return found
