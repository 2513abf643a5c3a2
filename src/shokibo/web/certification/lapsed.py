"""Certified add-ons that no longer hold, as found by the core's checks (R8)."""

from collections.abc import Collection
from dataclasses import dataclass

from shokibo.law.certified_checks import DueChange
from shokibo.ledger.findings import Finding
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import PROCESS
from shokibo.web.store.rules import CertifiedFinding, Rules


@dataclass(frozen=True)
class LapsedApplication:
    """A certified add-on with its findings, and the first change or end that is due."""

    application: Application
    findings: list[Finding]
    due: DueChange | None

    @property
    def messages(self) -> list[str]:
        """The findings in the page's language."""
        return [finding.message(language()) for finding in self.findings]

    @property
    def is_due(self) -> bool:
        """Whether it can be proposed now."""
        row = self.application
        return self.due is not None and PROCESS.state_of(row) == "certified"

    @property
    def place(self) -> str:
        """The unit, or the home."""
        return str(self.application.unit or self.application.home)

    @property
    def severity(self) -> str:
        """The gravest."""
        grave = any(finding.severity == "error" for finding in self.findings)
        return "error" if grave else "warning"


def lapsed_applications(rules: Rules, years: Collection[int]) -> list[LapsedApplication]:
    """Return the certified add-ons of some years that lapsed in a month."""
    by_code: dict[str, list[CertifiedFinding]] = {}
    for one in rules.certified_findings(*years):
        for each in one.applications:
            by_code.setdefault(each.application_id, []).append(one)
    rows = Application.objects.filter(
        authority=rules.authority, code__in=by_code, state__in=("certified", "ended")
    ).select_related("home", "unit")
    return [
        LapsedApplication(row, [one.finding for one in found], _first(found))
        for row in rows
        if (found := by_code[row.code])
    ]


def _first(found: list[CertifiedFinding]) -> DueChange | None:
    """Return the earliest; on the same day an end takes precedence."""
    due = [one.due for one in found if one.due is not None]
    return min(due, key=lambda one: (one.last_day, one.extra or 0), default=None)


def due_of(row: Application) -> DueChange | None:
    """Return what is due for a certified add-on."""
    lapsed = lapsed_applications(Rules(row.authority, [row.home]), [row.fiscal_year])
    return next((one.due for one in lapsed if one.application == row), None)


def to_propose(
    office: Office, rules: Rules, year: int, codes: Collection[str]
) -> list[LapsedApplication]:
    """Return those of the applications for which a person may propose what is due."""
    if not office.may(Permission.APPLICATION_EXAMINE):
        return []
    lapsed = lapsed_applications(rules, [year])
    return [one for one in lapsed if one.is_due and one.application.code in codes]
