"""Where a finding leads: the page that shows the row it was told at."""

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
from shokibo.web.planning.working import address_of
from shokibo.web.store.mapping import MAPPED

_READ = Permission.REGISTER_READ


@dataclass(frozen=True)
class Told:
    """A finding as a page shows it: the words, the table's name, the row's, where it leads."""

    finding: Finding
    row: str
    url: str

    @property
    def message(self) -> str:
        """Say it."""
        return self.finding.message(language())

    @property
    def table(self) -> str:
        """Name the table."""
        return _(BY_NAME[self.finding.table].sheet) if self.finding.table else ""


def told(office: Office, findings: Iterable[Finding]) -> list[Told]:
    """Look up the rows of findings among those that the person may see: one query a table."""
    findings = list(findings)
    wanted: dict[str, set[int]] = {}
    for one in findings:
        mapped = MAPPED.get(one.table)
        if mapped and mapped.page_key and one.row is not None:
            wanted.setdefault(one.table, set()).add(one.row)
    rows = {table: _rows(office, table, keys) for table, keys in wanted.items()}
    return [_told(office, one, rows) for one in findings]


def _rows(office: Office, table: str, keys: set[int]) -> dict[int, Model]:
    model: Any = MAPPED[table].model
    links = [name for name in ("home", "unit") if any(f.name == name for f in model._meta.fields)]
    found = office.rows(model, _READ).filter(pk__in=keys)
    return {row.pk: row for row in (found.select_related(*links) if links else found)}


def _told(office: Office, finding: Finding, rows: dict[str, dict[int, Model]]) -> Told:
    row = rows.get(finding.table, {}).get(finding.row or 0)
    mapped = MAPPED.get(finding.table)
    if row is None or mapped is None:
        of_plan = mapped and mapped.page and not mapped.page_key and office.may(mapped.read)
        return Told(finding, "", address_of(office, finding) if of_plan else "")
    key = getattr(row, mapped.page_key)
    url = "" if key is None else reverse(mapped.page, args=[office.authority.code, key])
    return Told(finding, str(row), url)
