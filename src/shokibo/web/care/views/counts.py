"""Counts of children for those who may see none: no codes, no small counts."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.ledger.tables import AGE_BANDS, CARE_PLACES
from shokibo.opendata.children import ChildCounts
from shokibo.opendata.disclosure import RULE
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import language
from shokibo.web.base.words import as_text, nendo
from shokibo.web.care.counting import counts_of, threshold_of
from shokibo.web.care.wording import CLOCKS
from shokibo.web.pages.listing import Column, Listed, Listing, whole
from shokibo.web.register.models import Authority

LOOKED_AT = "児童の数"


@office_page(Permission.CHILD_COUNT)
def counts(request: HttpRequest, office: Office) -> HttpResponse:
    """Show how many children of an authority have records."""
    office.looked(LOOKED_AT, 0)
    return render(request, "care/counts.html", counts_context([office.authority]))


def counts_context(authorities: list[Authority]) -> dict[str, Any]:
    """Return the page's context for some authorities' children together."""
    day = today()
    found = counts_of(authorities, day)
    rule = RULE.say(language(), threshold=threshold_of(authorities))
    return {"day": day, "rule": rule, "tables": list(_tables(found))}


def _tables(found: ChildCounts) -> Iterator[tuple[object, Listed]]:
    """Return each table with its heading."""
    children = (gettext_lazy("児童数"),)
    places = [(_(CARE_PLACES[one]), count) for one, count in found.places.items()]
    ages = [(_(AGE_BANDS[one]), count) for one, count in found.ages.items()]
    total = (_("合計"), found.total)
    yield _table(gettext_lazy("養育の場"), [*places, total], children)
    yield _table(gettext_lazy("年齢区分"), ages, children)
    years = [(nendo(one), *counts) for one, counts in found.years.items()]
    began = (gettext_lazy("不調のあった児童"), gettext_lazy("一時保護を始めた児童"))
    yield _table(gettext_lazy("年度"), years, began)
    clocks = [(as_text(CLOCKS[one]), *counts) for one, counts in found.clocks.items()]
    running = (gettext_lazy("期限のある児童"), gettext_lazy("うち期限を過ぎた児童"))
    yield _table(gettext_lazy("期限"), clocks, running)


def _table(
    head: Any, rows: Sequence[tuple[str | int | None, ...]], counts: Sequence[Any]
) -> tuple[object, Listed]:
    columns = [
        Column(str(at), header, partial(_at, at=at), look="number" if at else "", names_row=not at)
        for at, header in enumerate((head, *counts))
    ]
    return head, whole(Listing(str(head), columns, empty=""), rows)


def _at(row: tuple[str | int | None, ...], *, at: int) -> str | int:
    value = row[at]
    return _("秘匿") if value is None else value
