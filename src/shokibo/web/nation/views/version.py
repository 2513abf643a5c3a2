"""A version that came: its figures and files, what it changes in the sum; and its acceptance."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.download import attachment
from shokibo.web.base.forms import ShownForm
from shokibo.web.base.language import language
from shokibo.web.base.seen import hold, seal
from shokibo.web.base.words import nendo, wareki
from shokibo.web.nation import actions
from shokibo.web.nation.summing import changes_in_sum
from shokibo.web.nation.views.received import READ
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.receipts.acceptances import acceptance_of
from shokibo.web.receipts.models import Question
from shokibo.web.register.models import Authority
from shokibo.web.returns.deadlines import statutory
from shokibo.web.returns.drawing import first_year
from shokibo.web.returns.figures import differences_from, figure_tables
from shokibo.web.returns.models import Return, ReturnFile
from shokibo.web.returns.versions import Version, latest_of, of_return


@instance_page(READ, ("GET", "HEAD"))
def submitted(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show a form as an authority submitted it here."""
    found = _one(pk)
    context = {
        **figure_tables(found.sent),
        **about(of_return(found), found.form, found.fiscal_year),
        "found": found,
        "files": found.files.defer("content"),
        "corrects": found.previous is not None,
        "differences": differences_from(found.previous, found.sent),
        "explained": found.explained(language()),
    }
    return render(request, "nation/version.html", context)


def about(version: Version, form: int, year: int) -> dict[str, Any]:
    """Return what a page says of any version: whether it is accepted, and what it would change."""
    of_form = {"authority": version.authority, "form": form, "fiscal_year": year}
    latest = latest_of(version.authority, form, year)
    is_latest = latest is not None and latest.sha256 == version.sha256
    acceptance = acceptance_of(version.authority, form, year, version.sha256)
    may_accept = is_latest and acceptance is None
    return {
        "version": version,
        "deadline": statutory(form, year),
        "acceptance": acceptance,
        "is_latest": is_latest,
        "may_accept": may_accept,
        "changes": changes_in_sum(version, form, year) if may_accept else [],
        "questions": Question.objects.filter(**of_form).select_related("asked_by", "answered_by"),
        "at": [version.authority.code, form, year],
    }


@instance_page(READ, ("GET", "HEAD"))
def file(request: HttpRequest, access: Access, pk: int, file_pk: int) -> HttpResponse:
    """Download a file as it was submitted here."""
    kept = get_object_or_404(ReturnFile, pk=file_pk, of=_one(pk))
    return attachment(kept.name, bytes(kept.content))


@instance_page(Permission.RETURN_ACCEPT)
def accept(
    request: HttpRequest, access: Access, authority: str, number: int, year: int
) -> HttpResponse:
    """Ask once more, with what changes in the nation's sum; POST accepts the version."""
    owner = get_object_or_404(Authority, code=authority)
    latest = latest_of(owner, number, year) if number in (1, 2) and year >= first_year() else None
    if latest is None:
        raise Http404
    facts = {"SHA-256": latest.sha256}
    form = ShownForm(request.POST or None, initial={"seen": seal(facts)})
    of_form = {"authority": owner, "form": number, "fiscal_year": year}
    unanswered = Question.objects.filter(**of_form, state="open").count()
    is_accepted = acceptance_of(owner, number, year, latest.sha256) is not None
    saving = Saving(
        title=_("%(authority)sの様式%(number)s(%(year)s)を受理する")
        % {"authority": owner, "number": number, "year": nendo(year)},
        lead=_(
            "受理した版が全国の計に入ります。訂正が届いたときは、その版をあらためて受理します。"
        ),
        button=_("受理する"),
        done=_("受理しました。"),
        up=(_("提出された報告"), f"{reverse('nation')}?form={number}&year={year}"),
        facts=(
            (_("版"), latest.edition_name),
            (_("提出"), wareki(latest.came_on)),
            (_("回答待ちの照会"), str(unanswered)),
        ),
        barred=_("この版は受理済みです。") if is_accepted else "",
        template="nation/accept.html",
    )

    def save(*, seen: str) -> None:
        hold(seen, facts)
        actions.accept(access=access, authority=owner, form=number, year=year, sha256=latest.sha256)

    changes = changes_in_sum(latest, number, year)
    return save_page(request, saving, save, form, version=latest, changes=changes)


def _one(pk: int) -> Return:
    rows = Return.objects.filter(state="submitted").select_related("authority", "previous")
    return get_object_or_404(rows, pk=pk)
