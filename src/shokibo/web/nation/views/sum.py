"""The nation's sum of a form and year: the versions that it is made of, and its open data."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.download import attachment
from shokibo.web.base.forms import ShownForm
from shokibo.web.base.language import language
from shokibo.web.base.parameters import asks
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import hold, seal
from shokibo.web.base.words import nendo
from shokibo.web.nation import actions
from shokibo.web.nation.publishing import DraftedSum, drafted_sum
from shokibo.web.nation.tabs import tabs
from shokibo.web.nation.views.received import READ, FormOfYearQuery, years_back
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.receipts.models import SumEdition
from shokibo.web.returns.figures import count_tables


@instance_page(READ, ("GET", "HEAD"))
@asks(FormOfYearQuery)
def sum_page(request: HttpRequest, access: Access, *, asked: FormOfYearQuery) -> HttpResponse:
    """Show the sum and every version that it is made of."""
    number = asked.number
    year = asked.year_of(number)
    draft = drafted_sum(number, year)
    found = draft.sum
    context: dict[str, Any] = {
        "tabs": tabs("nation_sum"),
        "number": number,
        "year": year,
        "years": years_back(year),
        "versions": found.versions,
        "may_publish": access.may(Permission.RETURN_ACCEPT)
        and bool(found.versions)
        and not draft.is_published,
        "editions": SumEdition.objects.filter(form=number, fiscal_year=year),
    }
    if found.versions:
        context |= count_tables(found.total)
    return render(request, "nation/sum.html", context)


@instance_page(READ, ("GET", "HEAD"))
@asks(FormOfYearQuery)
def package(request: HttpRequest, access: Access, *, asked: FormOfYearQuery) -> HttpResponse:
    """Hand out the sum as it stands as a data package, in an archive."""
    number = asked.number
    year = asked.year_of(number)
    return attachment(f"nation-form{number}-{year}.zip", drafted_sum(number, year).archive)


@instance_page(Permission.RETURN_ACCEPT)
@asks(FormOfYearQuery)
def publish(request: HttpRequest, access: Access, *, asked: FormOfYearQuery) -> HttpResponse:
    """Ask once more, with what changes of the last edition; POST publishes the sum."""
    number = asked.number
    year = asked.year_of(number)
    draft = drafted_sum(number, year)
    facts = draft.facts
    form = ShownForm(request.POST or None, initial={"seen": seal(facts)})
    saving = Saving(
        title=_("様式%(n)s(%(year)s)の全国の計を公開する") % {"n": number, "year": nendo(year)},
        lead=_(
            "公開した版は変わりません。あとで訂正を受理したときは、新しい版として公開し、変わったところを示します。"
        ),
        button=_("公開する"),
        done=_("公開しました。"),
        up=(_("全国の計"), f"{reverse('nation_sum')}?form={number}&year={year}"),
        facts=(
            (_("版"), _("第%(n)s版") % {"n": draft.edition}),
            (_("合計した版"), str(len(draft.versions))),
        ),
        barred=_not_to_publish(draft),
        template="nation/publish.html",
    )

    def save(*, seen: str) -> None:
        hold(seen, facts)
        actions.publish_sum(access=access, form=number, year=year, digest=draft.digest)

    changes = [change.say(language()) for change in draft.changes]
    return save_page(request, saving, save, form, changes=changes)


def _not_to_publish(draft: DraftedSum) -> str:
    try:
        actions.require_publishable(draft)
    except RefusedError as refusal:
        return refusal.text.say(language())
    return ""
