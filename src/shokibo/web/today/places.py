"""Where a finding leads: the page that shows its row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.ledger.findings import Finding
from shokibo.ledger.tables import BY_NAME
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.planning.plan_page import address_of
from shokibo.web.store.mapping import MAPPED

_READ = Permission.REGISTER_READ


@dataclass(frozen=True)
class ShownFinding:
    """A finding as a page shows it: the words, the table's name, the row's, where it leads."""

    finding: Finding
    row: str
    url: str

    @property
    def message(self) -> str:
        """Its words in the page's language."""
        return self.finding.message(language())

    @property
    def table(self) -> str:
        """The table's name."""
        return _(BY_NAME[self.finding.table].sheet) if self.finding.table else ""


def with_places(office: Office, findings: Iterable[Finding]) -> list[ShownFinding]:
    """Look up the rows of findings among those that the person may see: one query a table."""
    findings = list(findings)
    wanted: dict[str, set[int]] = {}
    for one in findings:
        mapped = MAPPED.get(one.table)
        if mapped and mapped.page_key and one.row is not None:
            wanted.setdefault(one.table, set()).add(one.row)
    rows: dict[str, dict[int, Model]] = {}
    for table, keys in wanted.items():
        model: Any = MAPPED[table].model
        fields = {field.name for field in model._meta.fields}
        found = office.rows(model, _READ).filter(pk__in=keys)
        links = [name for name in ("home", "unit") if name in fields]
        rows[table] = {row.pk: row for row in (found.select_related(*links) if links else found)}
    shown = []
    for one in findings:
        row = rows.get(one.table, {}).get(one.row or 0)
        mapped = MAPPED.get(one.table)
        if row is None or mapped is None:
            of_plan = mapped and mapped.page and not mapped.page_key and office.may(mapped.read)
            shown.append(ShownFinding(one, "", address_of(office, one) if of_plan else ""))
            continue
        key = getattr(row, mapped.page_key)
        url = "" if key is None else reverse(mapped.page, args=[office.authority.code, key])
        shown.append(ShownFinding(one, str(row), url))
    return shown
