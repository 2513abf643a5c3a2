"""Submitted forms that would come out differently after an edit of the register."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.returns.counted import FormNumber
from shokibo.returns.differences import differences
from shokibo.returns.forms import FormFigures, fill_form
from shokibo.texts import Text
from shokibo.web.register.models import Authority
from shokibo.web.returns.models import Return


@dataclass(frozen=True)
class DifferingReturn:
    """The last submitted edition, and what would differ from it."""

    row: Return
    differences: list[Text]


def last_submitted(authority: Authority) -> list[Return]:
    """Return the last submitted edition of each form and year."""
    rows = Return.objects.filter(authority=authority, state="submitted").order_by("edition")
    found = {(row.form, row.fiscal_year): row for row in rows.select_related("authority")}
    return list(found.values())


def differing(
    sent: Iterable[Return], before: Ledger, after: Ledger, law: Law
) -> Iterator[DifferingReturn]:
    """Fill submitted forms again after an edit; yield those that differ because of it."""
    for row in sent:
        now = _filled(row, after, law)
        found = differences(row.sent, now)
        if found and differences(_filled(row, before, law), now):
            yield DifferingReturn(row, found)


def _filled(row: Return, ledger: Ledger, law: Law) -> FormFigures:
    number = cast("FormNumber", row.form)
    return fill_form(ledger, law, number, row.fiscal_year).figures(row.sent.drawn_on)
