"""The consequences of an edit of the register, shown before it is saved.

The register is read once and edited in memory, to find certified add-ons that lapse and submitted
forms that would come out differently.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from shokibo import calendar
from shokibo.law.lapsing import Lapse, lapsing
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.base.seen import Facts, digest_of
from shokibo.web.base.words import month_span
from shokibo.web.homes.affected_months import (
    AffectedCertification,
    Days,
    affected,
    days_on_forms,
)
from shokibo.web.returns.differing import DifferingReturn, differing, last_submitted
from shokibo.web.store.edits import Edit, edited
from shokibo.web.store.rules import Rules

MOST_DIFFERENCES = 5
"""How many differences of a form are named; the rest are counted."""


@dataclass(frozen=True)
class LapsingCertification:
    """A lapsing certified add-on in words: from when, and why."""

    code: str
    when: str
    grounds: list[str]


@dataclass(frozen=True)
class DifferingForm:
    """A submitted form that would come out differently, in words; `more` counts the rest."""

    name: str
    address: str
    differences: list[str]
    more: int

    @classmethod
    def of(cls, name: str, address: str, differences: Sequence[Text]) -> "DifferingForm":
        """Keep the first differences, in the page's language."""
        named = [text.say(language()) for text in differences[:MOST_DIFFERENCES]]
        return cls(name, address, named, len(differences) - len(named))


@dataclass(frozen=True)
class Consequences:
    """The certified add-ons that an edit affects, those that lapse, and forms that differ."""

    touched: Sequence[AffectedCertification] = ()
    lapses: Sequence[Lapse] = ()
    returns: Sequence[DifferingReturn] = ()

    @property
    def is_grave(self) -> bool:
        """Whether anything has to be seen before saving."""
        return bool(self.lapses or self.returns)

    @property
    def lapsing(self) -> list[LapsingCertification]:
        """The add-ons that lapse, in the page's language."""
        return [
            LapsingCertification(
                one.application_id,
                month_span(one.months[0], one.months[-1], len(one.months)),
                [finding.entry.describe(language(), finding.values) for finding in one.findings],
            )
            for one in self.lapses
        ]

    @property
    def forms(self) -> list[DifferingForm]:
        """The forms that would differ, in the page's language."""
        return [
            DifferingForm.of(
                str(row),
                form_address(str(row.authority.code), row.form, row.fiscal_year),
                one.differences,
            )
            for one in self.returns
            for row in [one.row]
        ]

    @property
    def facts(self) -> Facts:
        """What has to be seen, in Japanese."""
        with translation.override("ja"):
            return {
                **{one.code: "\n".join([one.when, *one.grounds]) for one in self.lapsing},
                **{
                    one.name: "\n".join(text.ja for text in found.differences)
                    for one, found in zip(self.forms, self.returns, strict=True)
                },
            }

    @property
    def digest(self) -> str:
        """What a page sends back as confirmation; blank if there is nothing."""
        return digest_of(self.facts) if self.is_grave else ""


def form_address(code: str, form: int, year: int) -> str:
    """Return the address of a form of a year."""
    return reverse("returns:form", args=[code, form, year])


def touched_by(office: Office, edits: Sequence[Edit]) -> list[AffectedCertification]:
    """Return the visible certified add-ons that edits affect."""
    return [one for one in affected(edits) if office.may(Permission.APPLICATION_READ, one.home)]


def consequences_of(office: Office, edits: Sequence[Edit]) -> Consequences:
    """Return the visible consequences of edits."""
    touched = touched_by(office, edits)
    sent = last_submitted(office.authority) if office.may(Permission.RETURN_READ) else []
    if sent:
        changed = days_on_forms(edits)
        sent = [row for row in sent if _meets(row.fiscal_year, changed)]
    if not touched and not sent:
        return Consequences()
    rules = Rules(office.authority)
    before, law = rules.register, rules.law
    after = edited(before, edits)
    codes = {one.code for one in touched}
    return Consequences(
        touched,
        lapsing(before, after, law, codes) if codes else (),
        list(differing(sent, before, after, law)),
    )


def _meets(year: int, changed: Iterable[Days]) -> bool:
    """Whether any days are in a fiscal year, which contains the reference days of both forms."""
    first, last = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
    return any(begun <= last and first <= ended for begun, ended in changed)
