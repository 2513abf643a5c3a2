"""Certified add-ons that no longer hold, as the core's checks find them (R8)."""

from collections.abc import Collection
from dataclasses import dataclass

from shokibo.ledger.findings import Finding
from shokibo.web.base.language import language
from shokibo.web.certification.models import Application
from shokibo.web.register.models import Authority, Home
from shokibo.web.store.rules import Rules


@dataclass(frozen=True)
class LapsedApplication:
    """A certified add-on with what the checks found."""

    application: Application
    findings: list[Finding]

    @property
    def messages(self) -> list[str]:
        """The findings in the page's language."""
        return [finding.message(language()) for finding in self.findings]

    @property
    def severity(self) -> str:
        """The gravest."""
        grave = any(finding.severity == "error" for finding in self.findings)
        return "error" if grave else "warning"


def lapsed_applications(
    authority: Authority, years: Collection[int], homes: Collection[Home] | None = None
) -> list[LapsedApplication]:
    """Give the certified add-ons of some years that do not hold in every month."""
    rules = Rules(authority, homes)
    by_code: dict[str, list[Finding]] = {}
    for one in rules.certified_findings(*years):
        for each in one.applications:
            by_code.setdefault(each.application_id, []).append(one.finding)
    rows = Application.objects.filter(
        authority=authority, code__in=by_code, state__in=("certified", "ended")
    ).select_related("home", "unit")
    return [LapsedApplication(row, by_code[row.code]) for row in rows]
