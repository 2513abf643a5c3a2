"""What a proposal's page compares it with: other limits, the courses of a forecast."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shokibo.documents.blocks import Cell
from shokibo.documents.years import Group, line
from shokibo.planning.proposal.answers import Compared, Objective, Proposal
from shokibo.planning.proposal.limits import LimitName
from shokibo.web.needs.words import COMPARED, OBJECTIVES, STATUSES


@dataclass(frozen=True)
class Sides:
    """Plans side by side: their names, notes, and each objective's values."""

    heads: list[str]
    statuses: list[str]
    rows: list[tuple[str, list[int | None]]]


def sides(found: Proposal) -> Sides | None:
    """Compare a proposal with those with other limits; None if there are none."""
    if not found.compared:
        return None
    plans: list[Proposal | Compared] = [found, *found.compared]
    return Sides(
        [_("この提案"), *(limit_in_words(one.limit, one.number) for one in found.compared)],
        [_(STATUSES[one.status]) for one in plans],
        [
            (_(words), [_value(one.objectives, name) for one in plans])
            for name, words in OBJECTIVES.items()
        ],
    )


def limit_in_words(limit: LimitName, number: int) -> str:
    """Name a limit with its number."""
    return _(COMPARED[limit]) % {"n": f"{number:,}"}


def _value(objectives: Sequence[Objective], name: str) -> int | None:
    return next((one.value for one in objectives if one.name == name), None)


def chances(found: Proposal) -> list[Group]:
    """Return the rows of a year table with the probability that places suffice."""
    if not found.chances:
        return []
    known = {one.fiscal_year: f"{one.chance_percent}%" for one in found.chances}
    shown = line(_("提案"), found.years, lambda one: Cell(known.get(one.fiscal_year)))
    return [Group(_("定員が足りる確率(見通しによる)"), [shown])]
