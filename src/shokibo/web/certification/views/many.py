"""Many at once: first the page that tells what will happen, then each by itself and a report."""

from collections.abc import Callable, Iterable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.certification import bulk
from shokibo.web.certification.bulk import Chosen, Report, Sorted
from shokibo.web.certification.facts import WITHOUT_CONTENT
from shokibo.web.certification.models import Application
from shokibo.web.certification.views.steps import factor_missing

EXAMINE, DECIDE = Permission.APPLICATION_EXAMINE, Permission.APPLICATION_DECIDE
Sort = Callable[[Office, Sequence[Application]], Sorted]
Do = Callable[[Office, Iterable[Chosen]], Report]


@office_page(EXAMINE, write=EXAMINE)
def propose(request: HttpRequest, office: Office) -> HttpResponse:
    """Propose to certify many."""
    words = {
        "title": _("まとめて認定を起案する"),
        "coming": _("申請のとおり認定を起案するもの"),
        "left": _("起案しないもの"),
        "button": _("起案する"),
    }
    return _page(request, office, EXAMINE, words, bulk.to_propose, bulk.propose_all)


@office_page(DECIDE, write=DECIDE)
def certify(request: HttpRequest, office: Office) -> HttpResponse:
    """Certify many."""
    words = {
        "title": _("まとめて認定する"),
        "coming": _("起案のとおり認定するもの"),
        "left": _("認定しないもの"),
        "button": _("認定する"),
    }
    return _page(request, office, DECIDE, words, bulk.to_certify, bulk.certify_all)


def _page(
    request: HttpRequest,
    office: Office,
    permission: Permission,
    words: dict[str, str],
    sort: Sort,
    do: Do,
) -> HttpResponse:
    if request.method == "POST":
        shown = _shown(request.POST.getlist("row"))
        rows = chosen_rows(office, permission, shown)
        report = do(office, [(row, *shown[row.pk]) for row in rows])
        context = {"words": words, "report": report}
        return render(request, "certification/bulk_report.html", context)
    rows = chosen_rows(office, permission, chosen_keys(request))
    if not rows:
        messages.error(request, _("一覧で、行を選んでください。"))
        return redirect("certification:queue", office.authority.code)
    context = {
        "words": words,
        "sorted": sort(office, rows),
        "factor_missing": factor_missing(request, permission),
    }
    return render(request, "certification/bulk.html", context)


def chosen_keys(request: HttpRequest) -> list[int]:
    """Give the keys of the rows that were ticked."""
    return [int(key) for key in request.GET.getlist("pk") if key.isdecimal() and len(key) < 18]


def chosen_rows(office: Office, permission: Permission, keys: Iterable[int]) -> list[Application]:
    """Give the rows over which the person holds a permission; others are as if not chosen."""
    rows = office.rows(Application, permission).filter(pk__in=list(keys))
    related = rows.select_related("home", "unit", "authority", "previous")
    return list(related.prefetch_related(WITHOUT_CONTENT).order_by("home", "pk"))


def _shown(given: list[str]) -> dict[int, tuple[int, str]]:
    """Read the rows of the form: key, version and digest with colons between."""
    parts = [(*text.split(":"), "", "")[:3] for text in given]
    return {
        int(key): (int(version), digest)
        for key, version, digest in parts
        if key.isdecimal() and version.isdecimal() and len(key + version) < 18
    }
