"""What waits for a person, the urgent first. A part that brings work adds its source here."""

from shokibo.web.today import of_homes, of_offices, of_register
from shokibo.web.today.work import Source, Today, Work

SOURCES: tuple[Source, ...] = (
    of_homes.returned,
    of_offices.sent_back,
    of_offices.plan_sent_back,
    of_offices.proposed,
    of_offices.proposed_ends,
    of_offices.proposed_plan,
    of_offices.submitted,
    of_register.fallen,
    of_register.confirmations,
    of_homes.drafts,
    of_homes.next_year,
    of_offices.proposals,
    of_offices.draft_returns,
    of_homes.proposals,
    of_offices.with_homes,
    of_offices.events,
    of_register.near,
)
"""In the order in which their work is shown; each asks for its own permission."""


def waiting(today: Today) -> list[Work]:
    """Give what waits, the urgent first."""
    found = [work for source in SOURCES for work in source(today)]
    return sorted(found, key=lambda work: not work.urgent)
