"""What the ministry does with returns: each is one transaction, and is logged.

All raise PermissionDenied where the person may not, and RefusedError.
"""

from shokibo.web.accounts.access import Access
from shokibo.web.receipts.models import Acceptance
from shokibo.web.receipts.steps import ACCEPT
from shokibo.web.register.models import Authority
from shokibo.web.returns.versions import latest_of
from shokibo.web.steps.taking import take


def accept(
    *, access: Access, authority: Authority, form: int, year: int, sha256: str
) -> Acceptance:
    """Accept the version that was shown, if it is still the one that counts."""
    row = Acceptance(
        authority=authority,
        form=form,
        fiscal_year=year,
        sha256=sha256,
        accepted_by=access.person,
    )

    def latest() -> str:
        version = latest_of(authority, form, year)
        return version.sha256 if version else ""

    return take(ACCEPT, office=access.over(authority), row=row, values={"latest": latest})
