"""Many at once: first a preview, then each by itself and a report."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import View, office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import Query, RowsField, asks
from shokibo.web.certification import bulk
from shokibo.web.certification.facts import WITHOUT_CONTENT
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import CERTIFY, PROPOSE_CERTIFY, SUBMIT, Applied
from shokibo.web.certification.views.asking import at

_ROW = re.compile(r"(?P<key>[0-9]{1,18}):(?P<version>[0-9]{1,9})(?::(?P<digest>[0-9a-f]*))?")


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


def _many(step: Applied, chosen_in: str = "queue", **words: Any) -> View:
    """Make the page of a step of many, which are chosen in a list."""

    def of_list(request: HttpRequest, office: Office) -> tuple[str, str]:
        address = reverse(f"certification:{chosen_in}", args=[office.authority.code])
        name = _("審査と認定") if chosen_in == "queue" else _("申請")
        return name, address + at(request)

    @office_page(step.permission, write=step.permission)
    @asks(ChosenQuery)
    def page(request: HttpRequest, office: Office, *, asked: ChosenQuery) -> HttpResponse:
        if request.method == "POST":
            # each row of the form is its key, version and digest with colons between
            found = [_ROW.fullmatch(text) for text in request.POST.getlist("row")]
            if not all(found):
                raise BadRequest
            shown = {
                int(one["key"]): (int(one["version"]), one["digest"] or "") for one in found if one
            }
            # rows over which the person holds no permission are as if not chosen
            rows = office.rows(Application, step.permission).filter(pk__in=list(shown))
            related = rows.select_related("home", "unit", "authority", "previous")
            in_order = related.prefetch_related(WITHOUT_CONTENT).order_by("home", "pk")
            report = bulk.take_each(step, office, [(row, *shown[row.pk]) for row in in_order])
            up = of_list(request, office)
            context = {"words": words, "report": report, "up": up, "from_list": at(request)}
            answer = render(request, "certification/bulk_report.html", context)
            answer["Content-Location"] = up[1]
            return answer
        if not asked.rows:
            messages.error(request, _("一覧で、行を選んでください。"))
            return redirect(of_list(request, office)[1])
        sorted_out = bulk.sort_out(step, office, asked.rows)
        up = of_list(request, office)
        context = {"words": words, "sorted": sorted_out, "up": up, "from_list": at(request)}
        return render(request, "certification/bulk.html", context)

    return page


propose = _many(
    PROPOSE_CERTIFY,
    title=gettext_lazy("まとめて認定を起案する"),
    coming=gettext_lazy("申請のとおり認定を起案するもの"),
    left=gettext_lazy("今回は起案の対象外"),
    button=gettext_lazy("起案する"),
)
certify = _many(
    CERTIFY,
    title=gettext_lazy("まとめて認定する"),
    coming=gettext_lazy("起案のとおり認定するもの"),
    left=gettext_lazy("今回は認定の対象外"),
    button=gettext_lazy("認定する"),
)
submit = _many(
    SUBMIT,
    "applications",
    title=gettext_lazy("まとめて提出する"),
    coming=gettext_lazy("提出するもの"),
    left=gettext_lazy("今回は提出の対象外(個別に確かめて提出できます)"),
    button=gettext_lazy("提出する"),
)
