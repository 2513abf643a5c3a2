"""Staff of a home: codes and postings, never names."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.forms import ReasonedForm
from shokibo.web.base.parameters import (
    DayQuery,
    Query,
    RowsField,
    asks,
    choice_field,
    query_of,
    row_field,
)
from shokibo.web.base.seen import seal
from shokibo.web.base.words import counted
from shokibo.web.homes import actions
from shokibo.web.homes.ending import EndingForm, end_all, facts_of
from shokibo.web.homes.forms import RowForm
from shokibo.web.homes.staff_sheet import staff_sheet
from shokibo.web.homes.views.crumbs import at_list, day_query, to_staff
from shokibo.web.homes.views.rows import listing_of, returning
from shokibo.web.pages.grid.page import GridPage, grid_page
from shokibo.web.pages.listing import SearchQuery, acts, list_page, tick, whole
from shokibo.web.pages.removed import get_row
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import Home, Posting, Unit, holding_on
from shokibo.web.store.wording import fields_of


class StaffQuery(SearchQuery, DayQuery):
    """Postings on a day, or all of them, by words."""

    show = choice_field(gettext_lazy("表示"), {"all": gettext_lazy("すべて")})
    all = choice_field(gettext_lazy("選ぶ"), {"1": gettext_lazy("すべて")})


class EndingQuery(Query):
    """The selected postings, of which the page uses those of its home."""

    pk = RowsField(gettext_lazy("職員"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        rows = Posting.objects.filter(authority=self.request.office.authority)
        self.offer("pk", rows.select_related("unit").order_by("pk"))


class PostingQuery(Query):
    """Initial values of a new posting."""

    unit = row_field(gettext_lazy("生活単位"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.offer("unit", self.request.office.rows(Unit, Permission.STAFF_WRITE))


@office_page(Permission.STAFF_READ)
@asks(StaffQuery)
def staff(request: HttpRequest, office: Office, pk: int, *, asked: StaffQuery) -> HttpResponse:
    """List a home's postings on the day, or with `?show=all` all."""
    home = get_object_or_404(office.rows(Home, Permission.STAFF_READ), pk=pk)
    day, show_all = asked.day, asked.given["show"] == "all"
    rows = Posting.objects.filter(home=home).select_related("unit")
    if not show_all:
        rows = rows.filter(holding_on(day))
    may_write = office.may(Permission.STAFF_WRITE, home)
    listing = listing_of(
        office,
        "staff",
        writes=may_write,
        at=at_list(request),
        name=f"職員_{home.name}",
        caption=_("%(n)s件の配置"),
        empty=_("この日に配置されている職員はいません"),
        look="small",
    )
    if may_write:
        ticked = asked.given["all"] == "1"
        boxes = acts(lambda row: tick(row, ticked=ticked), _("選ぶ"))
        listing = replace(listing, columns=[boxes, *listing.columns])
    return list_page(
        request,
        asked,
        listing,
        rows.order_by("unit_id", "code", "started_on", "pk"),
        "homes/staff.html",
        shown=lambda found: office.looked("職員", len(found), home),
        home=home,
        day=day,
        at=day_query(request),
        show_all=show_all,
        may_write=may_write,
    )


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
def sheet(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show and save a home's current and future postings in a sheet."""
    home = _to_write(office, pk)
    found = staff_sheet(home, today())
    office.looked("職員", len(found.stored), home)
    page = GridPage(
        found,
        may_write=True,
        save=partial(actions.save_rows, office=office),
        follow=lambda _grid, _wanted: {},
        form=ReasonedForm(request.POST or None),
    )
    return grid_page(request, page, "homes/staff_sheet.html", home=home)


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
@asks(PostingQuery)
def add_posting(
    request: HttpRequest, office: Office, pk: int, *, asked: PostingQuery
) -> HttpResponse:
    """Add a posting; `?unit=` is its place."""
    home = _to_write(office, pk)
    saving = Saving(
        title=_("職員の配置を登録する"),
        button=_("登録する"),
        done=_("職員の配置を登録しました。"),
        up=to_staff(office, home),
        lead=_("氏名は書かず、職員IDで登録します。同じ人には同じIDを使ってください。"),
    )
    unit = asked.hold("unit", list(Unit.objects.filter(home=home)))
    row = Posting(authority=office.authority, home=home, unit=unit)
    form = RowForm(request.POST or None, row)
    return save_page(request, saving, partial(actions.add, office=office, row=row), form)


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
def end_posting(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """End a posting."""
    rows = office.rows(Posting, Permission.STAFF_WRITE)
    row = get_row(office, rows, Permission.STAFF_WRITE, pk=pk)
    form = RowForm(request.POST or None, row, ["ended_on"], required=("ended_on",))
    saving = Saving(
        title=_("職員の配置を終了する"),
        button=_("配置を終了する"),
        done=_("配置の終わりを登録しました。"),
        up=to_staff(office, row.home),
        lead=_("配置終了日は、この場所に配置されている最後の日です。"),
        facts=fields_of(row, "code", "unit", "job", "employment", "started_on"),
    )
    save = partial(actions.change, office=office, row=form.row)
    return save_page(request, returning(request, office, saving), save, form)


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
@asks(EndingQuery)
def end_postings(
    request: HttpRequest, office: Office, pk: int, *, asked: EndingQuery
) -> HttpResponse:
    """End the chosen postings with one last day."""
    home = _to_write(office, pk)
    rows = list(asked.given["pk"].filter(home=home))
    *above, address = to_staff(office, home)
    up = (*above, address + query_of(request, frozenset(StaffQuery.base_fields) - {"all"}))
    if not rows:
        messages.error(request, _("一覧で、配置を終了する職員を選んでください。"))
        return redirect(up[-1])
    office.looked("職員", len(rows), home)
    form = EndingForm(request.POST or None, rows=rows, initial={"seen": seal(facts_of(rows))})
    saving = Saving(
        title=_("選んだ職員の配置を終了する"),
        button=_("%(n)s件の配置を終了する") % {"n": len(rows)},
        done=counted("%(n)s件の配置の終わりを登録しました。", len(rows)),
        up=up,
        lead=_(
            "配置終了日は、この場所に配置されている最後の日です。すべて同じ日になります。"
            "満たさなくなる認定があれば、登録の前に示します。"
        ),
        template="homes/end_postings.html",
    )
    save = partial(end_all, office=office, keys=[row.pk for row in rows])
    listed = whole(listing_of(office, "staff", writes=False), rows)
    return save_page(request, saving, save, form, listed=listed)


def _to_write(office: Office, pk: int) -> Home:
    """Return a home whose postings the person may write."""
    homes = office.rows(Home, Permission.STAFF_WRITE)
    return get_row(office, homes, Permission.STAFF_WRITE, form_of=Posting, pk=pk)
