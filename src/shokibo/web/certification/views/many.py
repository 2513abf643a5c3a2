"""Many at once: first the page that tells what will happen, then each by itself and a report."""

import re
from collections.abc import Callable, Iterable, Sequence

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import Query, RowsField, asks
from shokibo.web.certification import bulk
from shokibo.web.certification.bulk import Chosen, Report, Sorted
from shokibo.web.certification.facts import WITHOUT_CONTENT
from shokibo.web.certification.models import Application

EXAMINE, DECIDE = Permission.APPLICATION_EXAMINE, Permission.APPLICATION_DECIDE
_ROW = re.compile(r"(?P<key>[0-9]{1,18}):(?P<version>[0-9]{1,9})(?::(?P<digest>[0-9a-f]*))?")
Sort = Callable[[Office, Sequence[Application]], Sorted]
Do = Callable[[Office, Iterable[Chosen]], Report]


class ChosenQuery(Query):
    """The rows that were ticked."""

    pk = RowsField(gettext_lazy("申請"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        rows = self.request.office.rows(Application, Permission.APPLICATION_READ)
        related = rows.select_related("home", "unit", "authority", "previous")
        self.offer("pk", related.prefetch_related(WITHOUT_CONTENT))

    @property
    def rows(self) -> list[Application]:
        """The rows, home by home."""
        return list(self.given["pk"].order_by("home", "pk"))


@office_page(EXAMINE, write=EXAMINE)
@asks(ChosenQuery)
def propose(request: HttpRequest, office: Office, *, asked: ChosenQuery) -> HttpResponse:
    """Propose to certify many."""
    words = {
        "title": _("まとめて認定を起案する"),
        "coming": _("申請のとおり認定を起案するもの"),
        "left": _("起案しないもの"),
        "button": _("起案する"),
    }
    return _page(request, office, asked, EXAMINE, words, bulk.to_propose, bulk.propose_all)


@office_page(DECIDE, write=DECIDE)
@asks(ChosenQuery)
def certify(request: HttpRequest, office: Office, *, asked: ChosenQuery) -> HttpResponse:
    """Certify many."""
    words = {
        "title": _("まとめて認定する"),
        "coming": _("起案のとおり認定するもの"),
        "left": _("認定しないもの"),
        "button": _("認定する"),
    }
    return _page(request, office, asked, DECIDE, words, bulk.to_certify, bulk.certify_all)


def _page(
    request: HttpRequest,
    office: Office,
    asked: ChosenQuery,
    permission: Permission,
    words: dict[str, str],
    sort: Sort,
    do: Do,
) -> HttpResponse:
    if request.method == "POST":
        shown = _shown(request.POST.getlist("row"))
        rows = _rows(office, permission, shown)
        report = do(office, [(row, *shown[row.pk]) for row in rows])
        context = {"words": words, "report": report}
        answer = render(request, "certification/bulk_report.html", context)
        answer["Content-Location"] = reverse("certification:queue", args=[office.authority.code])
        return answer
    rows = asked.rows
    if not rows:
        messages.error(request, _("一覧で、行を選んでください。"))
        return redirect("certification:queue", office.authority.code)
    context = {
        "words": words,
        "sorted": sort(office, rows),
    }
    return render(request, "certification/bulk.html", context)


def _rows(office: Office, permission: Permission, keys: Iterable[int]) -> list[Application]:
    """Give the rows over which the person holds a permission; others are as if not chosen."""
    rows = office.rows(Application, permission).filter(pk__in=list(keys))
    related = rows.select_related("home", "unit", "authority", "previous")
    return list(related.prefetch_related(WITHOUT_CONTENT).order_by("home", "pk"))


def _shown(given: list[str]) -> dict[int, tuple[int, str]]:
    """Read the rows of the form: key, version and digest with colons between.

    Raises BadRequest.
    """
    found = [_ROW.fullmatch(text) for text in given]
    if not all(found):
        raise BadRequest
    return {int(one["key"]): (int(one["version"]), one["digest"] or "") for one in found if one}
