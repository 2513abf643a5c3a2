"""Public pages: what was published, and nothing else. They have no session."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shokibo.opendata.writing import DESCRIPTION
from shokibo.web.base.download import attachment
from shokibo.web.base.language import language
from shokibo.web.base.parameters import Query, choice_field
from shokibo.web.base.pictures import svg_answer
from shokibo.web.opendata.models import Publication, PublishedFile
from shokibo.web.opendata.shown import places_picture, shown
from shokibo.web.receipts.models import SumEdition
from shokibo.web.steps.frozen import FrozenFile

P = ParamSpec("P")
SECONDS = 300
"""Seconds for which caches may keep a copy: withdrawal takes effect by then."""
_PLACES = "places.json"


class LanguageQuery(Query):
    """The language of a public page, which no cookie holds."""

    lang = choice_field(gettext_lazy("言語"), dict(settings.LANGUAGES))


def public_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Make a public page, which caches may keep."""

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asked = LanguageQuery(request)
        if not asked.is_valid():
            context = {"form": asked.only_wrong()}
            return draw(request, "opendata/unreadable.html", context, status=400)
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = f"public, max-age={SECONDS}"
        return answer

    page.query = LanguageQuery  # type: ignore[attr-defined]
    return page


@public_page
def offices(request: HttpRequest) -> HttpResponse:
    """List the offices with published editions, and the nation's sums."""
    latest: dict[int, Publication] = {}
    for one in Publication.objects.filter(withdrawn_at__isnull=True).select_related("authority"):
        latest.setdefault(one.authority_id, one)
    sums: dict[tuple[int, int], SumEdition] = {}
    for edition in SumEdition.objects.defer("total", "versions", "description"):
        sums.setdefault((edition.form, edition.fiscal_year), edition)
    context = {"latest": list(latest.values()), "sums": list(sums.values())}
    return draw(request, "opendata/offices.html", context)


@public_page
def office(request: HttpRequest, code: str) -> HttpResponse:
    """Show an office's latest edition."""
    found = _latest(code)
    return _edition(request, found, f"/open/{code}/")


@public_page
def edition(request: HttpRequest, code: str, dated: str) -> HttpResponse:
    """Show an edition at its own address; 410 if withdrawn."""
    found = _dated(code, dated)
    if found.withdrawn_at is not None:
        return _gone(request, found)
    return _edition(request, found, f"/open/{code}/{dated}/")


@public_page
def latest_file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Hand out a file of the latest edition."""
    return _file(request, _latest(code), name)


@public_page
def dated_file(request: HttpRequest, code: str, dated: str, name: str) -> HttpResponse:
    """Hand out a file of an edition."""
    found = _dated(code, dated)
    if found.withdrawn_at is not None:
        return _gone(request, found)
    return _file(request, found, name)


@public_page
def picture(request: HttpRequest, code: str, dated: str) -> HttpResponse:
    """Hand out the picture of places as SVG."""
    found = _dated(code, dated)
    if found.withdrawn_at is not None:
        return _gone(request, found)
    kept = get_object_or_404(PublishedFile, of=found, name=_PLACES)
    drawn = places_picture(bytes(kept.content), "")
    if drawn is None:
        raise Http404
    return svg_answer(drawn)


def _latest(code: str) -> Publication:
    rows = Publication.objects.filter(authority__code=code, withdrawn_at__isnull=True)
    found = rows.select_related("authority").order_by("-edition").first()
    if found is None:
        raise Http404
    return found


def _dated(code: str, dated: str) -> Publication:
    day, _dot, number = dated.partition(".")
    rows = Publication.objects.filter(authority__code=code, edition=int(number))
    found = rows.select_related("authority").first()
    if found is None or found.published_on.isoformat() != day:
        raise Http404
    return found


def _edition(request: HttpRequest, found: Publication, here: str) -> HttpResponse:
    content = {
        kept.name: bytes(kept.content)
        for kept in found.files.all()
        if kept.name.endswith(".json") and kept.name != DESCRIPTION
    }
    package = found.package
    english = language() == "en"
    address = f"/open/{found.authority.code}/{found.dated}/places.svg"
    context = {
        "found": found,
        "here": here,
        "tables": [shown(one, content[f"{one.name}.json"]) for one in package.resources],
        "disclosure": (package.disclosure_en if english else package.disclosure) or "",
        "licence": package.licenses[0]["title"] if package.licenses else "",
        "picture": places_picture(content[_PLACES], address) if _PLACES in content else None,
        "editions": list(
            Publication.objects.filter(authority=found.authority, withdrawn_at__isnull=True)
        ),
    }
    return draw(request, "opendata/edition.html", context)


def _file(request: HttpRequest, found: Publication, name: str) -> HttpResponse:
    return hand_out(request, get_object_or_404(PublishedFile, of=found, name=name))


def hand_out(request: HttpRequest, kept: FrozenFile) -> HttpResponse:
    """Return a file, or 304 to those who already have it."""
    etag = quote_etag(kept.sha256)
    if request.headers.get("If-None-Match") == etag:
        answer = HttpResponse(status=304)
    else:
        answer = attachment(kept.name, bytes(kept.content))
        answer["Content-Disposition"] = f'inline; filename="{kept.name}"'
        answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = etag
    answer["Access-Control-Allow-Origin"] = "*"  # data for everybody, of no session
    return answer


def _gone(request: HttpRequest, found: Publication) -> HttpResponse:
    return draw(request, "opendata/gone.html", {"found": found}, status=410)


def draw(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page without the frame of logged-in people, which would need a session."""
    given = {**context, "language": language(), "path": request.path}
    return HttpResponse(render_to_string(template, given), status=status)
