"""The counts of the current versions of all years: each version is read once per process.

A version never changes and is named by its SHA-256, so its counts stay valid.
"""

from collections.abc import Iterable
from typing import Any

from shokibo.law.parameters import national_law
from shokibo.returns.counted import period_of
from shokibo.returns.counting import Counted
from shokibo.returns.extra_staff import ExtraStaff, extra_staff
from shokibo.web.receipts.models import DeliveredFile
from shokibo.web.register.models import Authority
from shokibo.web.returns.models import Return
from shokibo.web.returns.standings import known

_MOST = 50_000
_read: dict[tuple[int, int, str], tuple[dict[str, Any], ExtraStaff]] = {}
"""Figures without their list, and extra staff, by form, fiscal year and SHA-256."""


def counted(form: int) -> list[Counted]:
    """Return the counts of a form's current versions, of every authority and year."""
    latest = known(form=form).latest
    _remember(form, {(year, sha256) for (_authority, _form, year), sha256 in latest.items()})
    codes = dict(Authority.objects.values_list("pk", "code"))
    return [
        Counted(codes[authority], year, *_read[form, year, sha256])
        for (authority, _form, year), sha256 in latest.items()
    ]


def _remember(form: int, wanted: Iterable[tuple[int, str]]) -> None:
    """Read the versions that are not known in this process yet."""
    missing = {sha256 for year, sha256 in wanted if (form, year, sha256) not in _read}
    if not missing:
        return
    if len(_read) > _MOST:
        _read.clear()
        missing = {sha256 for _year, sha256 in wanted}
    sent = Return.objects.filter(form=form, figures_sha256__in=missing)
    files = DeliveredFile.objects.filter(delivery__form=form, sha256__in=missing)
    rows: list[Any] = [
        *sent.values_list("fiscal_year", "figures_sha256", "figures"),
        *files.values_list("delivery__fiscal_year", "sha256", "figures"),
    ]
    law = national_law()
    for year, sha256, figures in rows:
        day = period_of(1 if form == 1 else 2, year).last
        counts = {name: figures[name] for name in ("units", "backup")}
        _read[form, year, sha256] = counts, extra_staff(figures["list"], law, day)
