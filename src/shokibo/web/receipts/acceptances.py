"""Which acceptance of a form counts."""

from typing import Any

from shokibo.web.receipts.models import Acceptance
from shokibo.web.register.models import Authority

Key = tuple[int, int, int]
"""An authority's key, form and fiscal year."""


def counting(**of: Any) -> dict[Key, Acceptance]:
    """Return the last acceptance of each form of `of`, with who accepted it."""
    rows = Acceptance.objects.filter(**of).select_related("accepted_by").order_by("pk")
    return {(row.authority_id, row.form, row.fiscal_year): row for row in rows}


def acceptance_of(authority: Authority, form: int, year: int, sha256: str) -> Acceptance | None:
    """Return the acceptance of a version, if it is the one that counts."""
    found = counting(authority=authority, form=form, fiscal_year=year)
    return next((last for last in found.values() if last.sha256 == sha256), None)
