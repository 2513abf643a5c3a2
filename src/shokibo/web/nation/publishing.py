"""The nation's sum as it would be published now: its files, and the changes since the last."""

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from shokibo.opendata.nation import nation_files, nation_tables
from shokibo.opendata.table import OpenTable
from shokibo.opendata.writing import DESCRIPTION
from shokibo.returns.differences import sum_differences
from shokibo.returns.rollup import RollUp
from shokibo.texts import Text, literal
from shokibo.web.base.clock import today
from shokibo.web.nation.summing import NationSum, nation_sum
from shokibo.web.pages.files_of_tables import xlsx_of
from shokibo.web.receipts.models import SumEdition
from shokibo.web.register.models import Authority
from shokibo.web.steps.frozen import digest

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive, so that the same sum gives the same bytes."""
_ADDED = Text("{name}の版を加えた", "{name} was added")
_REPLACED = Text("{name}の版を改めた({old}→{new})", "{name} was corrected ({old} → {new})")
_REMOVED = Text("{name}の版を除いた", "{name} was removed")
_DIGITS = 8
"""How many digits of a SHA-256 name a version in a sentence."""


@dataclass(frozen=True)
class DraftedSum:
    """The present sum of a form and year, and the edition published last."""

    form: int
    year: int
    sum: NationSum
    last: SumEdition | None

    @property
    def edition(self) -> int:
        """The number of the next edition."""
        return self.last.edition + 1 if self.last else 1

    @property
    def versions(self) -> dict[str, str]:
        """The SHA-256 of each version, by 団体コード."""
        return {version.authority.code: version.sha256 for version, _ in self.sum.versions}

    @property
    def facts(self) -> dict[str, str]:
        """What whoever publishes it has seen: the version of each authority."""
        versions = (version for version, _ in self.sum.versions)
        return {f"{one.authority.name} {one.authority.code}": one.sha256 for one in versions}

    @property
    def is_published(self) -> bool:
        """Whether the last edition has the same versions."""
        return self.last is not None and self.last.versions == self.versions

    @cached_property
    def changes(self) -> list[Text]:
        """The changes since the last edition: counts line by line, then versions."""
        if self.last is None:
            return []
        before = msgspec.convert(self.last.total, RollUp)
        return [*sum_differences(before, self.sum.total), *self._versions_changed(self.last)]

    def _versions_changed(self, last: SumEdition) -> list[Text]:
        old, new = last.versions, self.versions
        names = dict(Authority.objects.values_list("code", "name"))
        found = []
        for code in sorted({*old, *new}):
            if old.get(code) == new.get(code):
                continue
            words = _ADDED if code not in old else _REPLACED if code in new else _REMOVED
            values = {
                "name": names[code],
                "old": old.get(code, "")[:_DIGITS],
                "new": new.get(code, "")[:_DIGITS],
            }
            found.append(literal(words.say("ja", **values), words.say("en", **values)))
        return found

    @cached_property
    def tables(self) -> list[OpenTable]:
        """Its tables."""
        return nation_tables(self.sum.total, self.sum.named, self.changes)

    @cached_property
    def package(self) -> dict[str, bytes]:
        """The data package: CSV, JSON, and the description, by file name."""
        return nation_files(self.tables, self.form, self.year, today(), self.edition)

    @property
    def files(self) -> dict[str, bytes]:
        """The data package, and all of it as one archive and as one workbook."""
        sheets: dict[str, Any] = {
            table.title.ja: [[column.title.ja for column in table.columns], *table.rows]
            for table in self.tables
        }
        return {**self.package, "package.zip": self.archive, "tables.xlsx": xlsx_of(sheets)}

    @property
    def archive(self) -> bytes:
        """The data package in an archive."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, written in self.package.items():
                archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), written)
        return content.getvalue()

    @property
    def digest(self) -> str:
        """The SHA-256 of the description, which holds those of the tables."""
        return digest(self.package[DESCRIPTION])


def drafted_sum(form: int, year: int) -> DraftedSum:
    """Draft the sum of a form and year from what is accepted now."""
    last = SumEdition.objects.filter(form=form, fiscal_year=year).order_by("-edition").first()
    return DraftedSum(form, year, nation_sum(form, year), last)
