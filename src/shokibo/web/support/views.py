"""The pages of the support: staff, housing and community."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.ledger.support_tables import COMMUNITY_KINDS
from shokibo.planning.lead_costs import budget_of_lead
from shokibo.planning.leads import CONTRACTED
from shokibo.planning.plan import plan_of
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.parameters import PagedQuery, asks, year_field
from shokibo.web.base.pictures import svg_answer
from shokibo.web.base.words import month_name
from shokibo.web.homes import actions
from shokibo.web.homes.records import evidence_of, sentence
from shokibo.web.homes.views.rows import listing_of
from shokibo.web.pages.listing import Column, Listed, Listing, SearchQuery, link, list_page, whole
from shokibo.web.pages.removed import get_row
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.planning.contents import plan_ledger
from shokibo.web.register.models import ChangeProposal
from shokibo.web.store.mapping import MAPPED
from shokibo.web.store.rules import own_law
from shokibo.web.support.costs import SPENT, SUBSIDIES
from shokibo.web.support.figures import MONTHS, calendar_rows, community_years
from shokibo.web.support.forms import OpenedForm, closed_to_opening
from shokibo.web.support.models import Lead
from shokibo.web.support.pictures import PICTURES

READ = Permission.SUPPORT_READ
HOMES, NEWEST = 8, 5
"""Homes on a page of the calendar, and rows of a short list."""


class StaffQuery(PagedQuery):
    """The fiscal year whose months are shown."""

    year = year_field()


@office_page(READ)
@asks(StaffQuery)
def staff(request: HttpRequest, office: Office, *, asked: StaffQuery) -> HttpResponse:
    """Show trainings and supervision by unit and month, hiring, and the newest rows."""
    this_year = calendar.fiscal_year_of(today())
    year = asked.given["year"] or this_year
    page = asked.page_of(office.homes(READ), HOMES)
    records = evidence_of(office.authority, year)
    context = {
        "year": year,
        "years": sorted({year, *range(this_year - 3, this_year + 1)}),
        "page": page,
        "rows": calendar_rows(list(page), year),
        "records": [(home, words) for home in page if (words := sentence(records, home))],
        "sees_housing": office.may(Permission.HOUSING_READ),
        "months": [month_name(number) for number in MONTHS],
        "picture": PICTURES["hiring"](office),
        "lists": [
            _newest(office, name)
            for name in ("trainings", "support_log", "hiring", "family_support")
        ],
    }
    return render(request, "support/staff.html", context)


def _newest(office: Office, table: str) -> tuple[str, str, str, Listed]:
    """Return the sheet of a table, the addresses of its list and of a new row, and newest rows."""
    mapped = MAPPED[table]
    code, name = office.authority.code, mapped.label.rpartition(".")[2].lower()
    rows = office.rows(mapped.model, mapped.read).select_related("authority", *mapped.links)
    listing = listing_of(office, table, writes=office.may(mapped.write))
    return (
        _(mapped.table.sheet),
        reverse(f"homes:list_{name}", args=[code]),
        reverse(f"homes:add_{name}", args=[code]) if office.may(mapped.write) else "",
        whole(listing, rows.order_by("-pk")[:NEWEST]),
    )


@office_page(Permission.HOUSING_READ)
@asks(SearchQuery)
def housing(request: HttpRequest, office: Office, *, asked: SearchQuery) -> HttpResponse:
    """Show the leads to housing, and how many stand for the openings of the plan."""
    writes = office.may(Permission.HOUSING_WRITE)
    columns = ("lead_id", "area", "source", "home_id", "state", "state_on", "planned_year")
    return list_page(
        request,
        asked,
        _with_costs(office, listing_of(office, "housing", columns, writes=writes)),
        _leads(office, Permission.HOUSING_READ),
        "support/housing.html",
        picture=PICTURES["housing"](office),
        sees_housing=True,
        add=reverse("homes:add_lead", args=[office.authority.code]) if writes else "",
        to_open=_leads(office, Permission.HOUSING_WRITE).filter(
            state__in=("negotiating", "contracted"), home__isnull=False
        ),
    )


def _with_costs(office: Office, listing: Listing) -> Listing:
    """Lead from each row to what the lead brings into the budget."""

    def to_costs(row: Lead) -> object:
        address = reverse("support:lead_costs", args=[office.authority.code, row.pk])
        return link(address, _("見る"), row)

    column = Column("", _("経費と補助"), cell=to_costs)
    return replace(listing, columns=[*listing.columns, column])


def _leads(office: Office, permission: Permission) -> Any:
    return office.rows(Lead, permission).select_related("home", "unit")


@office_page(Permission.HOUSING_READ)
def lead_costs(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show what a lead brings into the budget of its year: expenditure, and what subsidises it."""
    lead = get_row(office, _leads(office, Permission.HOUSING_READ), Permission.HOUSING_READ, pk=pk)
    ledger = plan_ledger(office.authority)
    plan = plan_of(ledger, own_law(ledger))
    budget = budget_of_lead(plan, lead.code) if plan else None
    context = {
        "lead": lead,
        "has_plan": plan is not None,
        "budget": budget,
        "is_contracted": lead.state in CONTRACTED,
        "is_of_leads": bool(plan and lead.planned_year in plan.own_amounts),
        "spent": whole(SPENT, budget.expenditure if budget else ()),
        "subsidies": whole(SUBSIDIES, budget.revenue if budget else ()),
        "sees_budget": office.may(Permission.PLAN_READ),
    }
    return render(request, "support/lead_costs.html", context)


@office_page(Permission.HOUSING_WRITE, write=Permission.HOUSING_WRITE)
def open_lead(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Note which unit a lead became, once the home's proposal to open it is accepted."""
    rows = _leads(office, Permission.HOUSING_WRITE).filter(home__isnull=False)
    lead = get_row(office, rows, Permission.HOUSING_WRITE, pk=pk)
    saving = Saving(
        title=_("物件の開設を記録する"),
        button=_("開設として記録する"),
        done=_("開設を記録しました。"),
        up=(
            _("支援"),
            reverse("support:staff", args=[office.authority.code]),
            _("物件"),
            reverse("support:housing", args=[office.authority.code]),
        ),
        lead=_(
            "生活単位は、施設が開設を申し出て、自治体が登録すると作られます。"
            "登録した生活単位を選ぶと、この物件の開設として記録します。"
        ),
        barred=closed_to_opening(lead),
        template="support/open_lead.html",
    )
    form = OpenedForm(request.POST or None, lead)
    save = partial(actions.change, office=office, row=lead)
    pending = ChangeProposal.objects.filter(home=lead.home, change="open", state="pending")
    return save_page(request, saving, save, form, lead=lead, pending=pending)


@office_page(READ)
@asks(SearchQuery)
def community(request: HttpRequest, office: Office, *, asked: SearchQuery) -> HttpResponse:
    """Show the work with the community by year and kind, and what was published of quality."""
    mapped = MAPPED["community"]
    writes = office.may(mapped.write)
    rows = office.rows(mapped.model, READ).select_related("home", "unit")
    return list_page(
        request,
        asked,
        listing_of(office, "community", (*mapped.belongs, *mapped.form), writes=writes),
        rows,
        "support/community.html",
        picture=PICTURES["community"](office),
        sees_housing=office.may(Permission.HOUSING_READ),
        kinds=COMMUNITY_KINDS.values(),
        years=community_years(office),
        add=reverse("homes:add_communityevent", args=[office.authority.code]) if writes else "",
        quality=_newest(office, "quality"),
    )


@office_page(READ)
def picture(request: HttpRequest, office: Office, name: str) -> HttpResponse:
    """Return a picture as SVG, for a page without scripts."""
    is_hidden = name == "housing" and not office.may(Permission.HOUSING_READ)
    draw = None if is_hidden else PICTURES.get(name)
    drawn = draw(office) if draw else None
    if drawn is None:
        raise Http404
    return svg_answer(drawn)
