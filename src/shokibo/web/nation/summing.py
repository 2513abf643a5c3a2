"""The nation's sum of the accepted versions, and how another version would change it."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from django.utils.timezone import localtime

from shokibo.opendata.nation import SummedVersion
from shokibo.returns.differences import sum_differences
from shokibo.returns.rollup import RollUp, roll_up
from shokibo.web.base.language import language
from shokibo.web.receipts.acceptances import counting
from shokibo.web.receipts.models import Acceptance
from shokibo.web.returns.versions import Version, of_file, of_return, read_files, submitted


@dataclass(frozen=True)
class NationSum:
    """The sum of the accepted versions, and these with their acceptances."""

    total: RollUp
    versions: list[tuple[Version, Acceptance]]

    @property
    def named(self) -> list[SummedVersion]:
        """The versions as the published tables name them."""
        return [
            SummedVersion(
                version.authority.code,
                version.authority.name,
                version.sha256,
                version.came_on,
                localtime(acceptance.accepted_at).date(),
                version.figures,
            )
            for version, acceptance in self.versions
        ]


def nation_sum(form: int, year: int) -> NationSum:
    """Add up the accepted versions of a form and year, in the order of the authorities."""
    versions = sorted(accepted_versions(form, year).values(), key=lambda one: one.authority.code)
    acceptances = counting(form=form, fiscal_year=year)
    return NationSum(
        sum_of(versions),
        [(one, acceptances[one.authority.pk, form, year]) for one in versions],
    )


def accepted_versions(form: int, year: int) -> dict[int, Version]:
    """Return the version of each authority accepted last, by the authority's key."""
    acceptances = counting(form=form, fiscal_year=year)
    accepted = {authority: row.sha256 for (authority, _, _), row in acceptances.items()}
    files = read_files().filter(
        delivery__form=form, delivery__fiscal_year=year, sha256__in=accepted.values()
    )
    sent = submitted().filter(form=form, fiscal_year=year, figures_sha256__in=accepted.values())
    versions = [*map(of_file, files), *map(of_return, sent)]
    return {
        version.authority.pk: version
        for version in versions
        if accepted.get(version.authority.pk) == version.sha256
    }


def sum_of(versions: Iterable[Version]) -> RollUp:
    """Add versions up."""
    return msgspec.convert(roll_up(version.figures for version in versions), RollUp)


def changes_in_sum(version: Version, form: int, year: int) -> list[str]:
    """Describe what accepting a version changes in the sum, in the page's language."""
    accepted = accepted_versions(form, year)
    after = accepted | {version.authority.pk: version}
    found = sum_differences(sum_of(accepted.values()), sum_of(after.values()))
    return [text.say(language()) for text in found]
