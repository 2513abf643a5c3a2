"""Questions about a form because of other years: large changes, differences from April.

An authority sees only messages with its own counts: the counts of authorities of similar size are
compared here and shown to nobody.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from shokibo.ledger.findings import Finding
from shokibo.returns.counted import FormNumber
from shokibo.returns.counting import Counted
from shokibo.returns.counts import count_in
from shokibo.returns.filed.april import differences_from_april
from shokibo.returns.filed.figures import FiledForm, stored_as_filed
from shokibo.returns.filed.history import TESTED, changed_much, counts_to_test, history_of
from shokibo.web.register.models import Authority
from shokibo.web.returns.counts import counted
from shokibo.web.returns.versions import Version, latest_versions


@dataclass(frozen=True)
class OtherYears:
    """What is known of other years when forms of a year are examined."""

    form: FormNumber
    year: int
    authorities: Collection[Authority]

    @cached_property
    def _counted(self) -> list[Counted]:
        return counted(self.form)

    @cached_property
    def _april(self) -> dict[int, Version]:
        return latest_versions(1, self.year, self.authorities) if self.form == 2 else {}

    def findings(self, authority: Authority, filed: FiledForm) -> list[Finding]:
        """Compare a form with its authority's other years, similar authorities, and April.

        It takes the place of what the authority sent for its year.
        """
        sender = authority.code
        others = [
            (
                one.authority_code,
                one.fiscal_year,
                {path: count_in(one.figures, path) for path in TESTED},
            )
            for one in self._counted
            if (one.authority_code, one.fiscal_year) != (sender, self.year)
        ]
        every = history_of([*others, (sender, self.year, counts_to_test(filed))])
        found = changed_much(sender, filed, every, self.year)
        april = self._april.get(authority.pk)
        before = stored_as_filed(1, self.year, april.figures) if april else None
        return [
            *([found] if found else []),
            *(differences_from_april(before, filed) if before else []),
        ]
