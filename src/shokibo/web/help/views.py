"""The pages of the help."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.accounts.page import signed_in
from shokibo.web.help.guide import sections
from shokibo.web.help.words import FIRST_DAY, KEYS, WORDS


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show where a first day goes, the keys, and the guide's sections."""
    access = access_of(cast("Person", request.user))
    context = {
        "first_days": [(held, _first_day(held)) for held in access.memberships],
        "keys": KEYS,
        "sections": sections(),
    }
    return render(request, "help/index.html", context)


@signed_in
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """Show what the pages' terms mean."""
    return render(request, "help/words.html", {"words": WORDS})


@signed_in
@require_GET
def section(request: HttpRequest, number: int) -> HttpResponse:
    """Show a section of the guide."""
    found = {one.number: one for one in sections()}
    if number not in found:
        raise Http404
    context = {
        "section": found[number],
        "previous": found.get(number - 1),
        "next": found.get(number + 1),
    }
    return render(request, "help/section.html", context)


def _first_day(held: Membership) -> list[tuple[str, object]]:
    """Return the pages that somebody new to a role opens: their addresses, what to do there."""
    code = [held.authority.code] if held.authority else []
    return [(reverse(name, args=code), what) for name, what in FIRST_DAY[held.role]]
