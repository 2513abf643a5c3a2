"""The nation's sums for the public: each edition as published, and what it corrects."""

import msgspec
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from shokibo.opendata.writing import Description
from shokibo.web.base.language import language
from shokibo.web.opendata.public import draw, hand_out, public_page
from shokibo.web.opendata.shown import shown
from shokibo.web.receipts.models import SumEdition, SumFile


@public_page
def latest(request: HttpRequest, number: int, year: int) -> HttpResponse:
    """Show the latest edition of a form and year."""
    found = _editions(number, year).first()
    if found is None:
        raise Http404
    return _edition(request, found)


@public_page
def edition(request: HttpRequest, number: str, year: str, dated: str) -> HttpResponse:
    """Show an edition at its own address."""
    return _edition(request, _dated(int(number), int(year), dated))


@public_page
def file(request: HttpRequest, number: str, year: str, dated: str, name: str) -> HttpResponse:
    """Hand out a file of an edition."""
    found = _dated(int(number), int(year), dated)
    return hand_out(request, get_object_or_404(SumFile, of=found, name=name))


def _editions(number: int, year: int) -> QuerySet[SumEdition]:
    rows = SumEdition.objects.filter(form=number, fiscal_year=year)
    return rows.order_by("-edition")


def _dated(number: int, year: int, dated: str) -> SumEdition:
    day, _dot, edition = dated.partition(".")
    found = _editions(number, year).filter(edition=int(edition)).first()
    if found is None or found.published_on.isoformat() != day:
        raise Http404
    return found


def _edition(request: HttpRequest, found: SumEdition) -> HttpResponse:
    described = msgspec.convert(found.description, Description)
    contents = {
        kept.name: bytes(kept.content) for kept in found.files.filter(name__endswith=".json")
    }
    editions = list(_editions(found.form, found.fiscal_year))
    context = {
        "found": found,
        "here": f"/open/form{found.form}/{found.fiscal_year}/{found.dated}/",
        "tables": [shown(one, contents[f"{one.name}.json"]) for one in described.resources],
        "changes": [change[language()] for change in found.changes],
        "is_latest": found == editions[0],
        "editions": editions,
    }
    return draw(request, "opendata/sum.html", context)
