"""What waits for a person, the urgent first. A part that brings work adds its source here."""

from shokibo.web.today import (
    care_work,
    home_work,
    office_work,
    register_work,
    renewals,
    support_work,
)
from shokibo.web.today.work import Source, Today, Work

SOURCES: tuple[Source, ...] = (
    care_work.records_opened,
    care_work.policies_to_agree,
    care_work.overdue_or_near,
    home_work.returned,
    office_work.sent_back,
    office_work.questions,
    office_work.plan_sent_back,
    office_work.proposed,
    office_work.proposed_ends,
    office_work.proposed_plan,
    office_work.proposed_settings,
    office_work.submitted,
    register_work.lapsed,
    register_work.confirmations,
    renewals.not_applied_again,
    home_work.drafts,
    home_work.next_year,
    office_work.proposals,
    office_work.draft_returns,
    home_work.proposals,
    office_work.with_homes,
    office_work.events,
    register_work.shortfalls,
    support_work.unsupervised,
    support_work.housing_short,
)
"""In the order in which their work is shown; each names who it is for."""


def waiting(today: Today) -> list[Work]:
    """Return what waits, the urgent first."""
    found = [work for source in SOURCES for work in source(today)]
    return sorted(found, key=lambda work: not work.urgent)
