"""Staff of a home: codes and postings, never names."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import ReasonedForm
from shokibo.web.base.parameters import DayQuery, Query, asks, choice_field, row_field
from shokibo.web.base.words import hours
from shokibo.web.homes import actions
from shokibo.web.homes.forms import RowForm
from shokibo.web.homes.views.crumbs import kept_day, staff_url, to_staff
from shokibo.web.pages.listing import Column, Listing, SearchQuery, link, links, list_page
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import Home, Posting, Unit, holding_on
from shokibo.web.store.wording import fields_of

PAGE = 100


class StaffQuery(SearchQuery, DayQuery):
    """Postings on a day, or all of them, by words."""

    show = choice_field(gettext_lazy("表示"), {"all": gettext_lazy("すべて")})


class PostingQuery(Query):
    """Where a new posting is."""

    unit = row_field(gettext_lazy("生活単位"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.offer("unit", self.request.office.rows(Unit, Permission.STAFF_WRITE))


@office_page(Permission.STAFF_READ)
@asks(StaffQuery)
def staff(request: HttpRequest, office: Office, pk: int, *, asked: StaffQuery) -> HttpResponse:
    """List the postings of a home: those of the day, or with `?show=all` all of them."""
    home = get_object_or_404(office.rows(Home, Permission.STAFF_READ), pk=pk)
    day, show_all = asked.day, asked.given["show"] == "all"
    rows = Posting.objects.filter(home=home).select_related("unit")
    if not show_all:
        rows = rows.filter(holding_on(day))
    context = {
        "home": home,
        "at": kept_day(request),
        "show_all": show_all,
        "may_write": office.may(Permission.STAFF_WRITE, home),
    }
    return list_page(
        request,
        asked,
        postings_list(office, may_write=context["may_write"], name=f"職員_{home.name}"),
        rows.order_by("unit_id", "code", "started_on", "pk"),
        "homes/staff.html",
        day=day,
        looked_at=lambda n: office.looked("職員", n, home),
        **context,
    )


def postings_list(
    office: Office, *, may_write: bool = False, name: str = "職員", with_place: bool = True
) -> Listing:
    """Declare the list of postings; who may write has the pages that do."""
    columns = [
        Column("code", _("職員ID"), lambda row: row.code, "code", head=True),
        Column("unit", _("場所"), lambda row: row.unit or _("本体施設"), "unit__name"),
        Column("job", _("職種"), lambda row: row.get_job_display(), "job"),
        Column("employment", _("雇用形態"), lambda row: row.get_employment_display(), "employment"),
        Column(
            "hours",
            _("週勤務時間"),
            lambda row: hours(row.weekly_hours),
            "weekly_hours",
            look="number",
        ),
        Column(
            "full_time",
            _("常勤の時間"),
            lambda row: hours(row.full_time_weekly_hours),
            "full_time_weekly_hours",
            look="number",
        ),
        Column("role", _("役割"), lambda row: row.get_role_display(), "role"),
        Column("dedicated", _("専任"), lambda row: row.dedicated, "dedicated"),
        Column("rota", _("本体ローテ"), lambda row: row.main_rota, "main_rota"),
        Column("started", _("配置開始日"), lambda row: row.started_on, "started_on", look="day"),
        Column("ended", _("配置終了日"), lambda row: row.ended_on, "ended_on", look="day"),
    ]
    if not with_place:
        columns.pop(1)
    if may_write:
        code = office.authority.code
        pages = (("edit", _("直す")), ("end", _("終える")), ("remove", _("削除")))
        columns.append(
            Column(
                "pages",
                _("操作"),
                cell=lambda row: links(
                    *(
                        link(reverse(f"homes:{page}_posting", args=[code, row.pk]), label, row.code)
                        for page, label in pages
                        if page != "end" or not row.ended_on
                    )
                ),
                is_exported=False,
            )
        )
    return Listing(
        name,
        columns,
        caption=gettext_lazy("%(n)s件の配置"),
        empty=gettext_lazy("この日に配置されている職員はいません"),
        search=("code", "unit__name"),
        size=PAGE,
        look="small",
    )


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
@asks(PostingQuery)
def add_posting(
    request: HttpRequest, office: Office, pk: int, *, asked: PostingQuery
) -> HttpResponse:
    """Enter a posting; `?unit=` says where."""
    home = get_object_or_404(office.rows(Home, Permission.STAFF_WRITE), pk=pk)
    saving = Saving(
        title=_("職員の配置を登録する"),
        button=_("登録する"),
        back=staff_url(home),
        done=_("職員の配置を登録しました。"),
        up=to_staff(office, home),
        lead=_("氏名は書かず、職員IDで登録します。同じ人には同じIDを使ってください。"),
    )
    unit = asked.hold("unit", list(Unit.objects.filter(home=home)))
    row = Posting(authority=office.authority, home=home, unit=unit)
    form = RowForm(request.POST or None, row, home=home)
    return save_page(request, saving, partial(actions.add, office=office, row=row), form)


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
def edit_posting(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Correct a posting."""
    row = _posting(office, pk)
    saving = Saving(
        title=_("職員の配置を直す"),
        button=_("保存する"),
        back=staff_url(row.home),
        done=_("職員の配置を直しました。"),
        up=to_staff(office, row.home),
        lead=_(
            "異動や勤務時間の変更は、この配置を終えて、新しい配置を登録してください。"
            "ここで直すと、過去の日の人数も変わります。"
        ),
    )
    form = RowForm(request.POST or None, row, home=row.home)
    return save_page(request, saving, partial(actions.change, office=office, row=form.row), form)


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
def end_posting(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """End a posting."""
    row = _posting(office, pk)
    form = RowForm(request.POST or None, row, ["ended_on"], required=("ended_on",))
    saving = Saving(
        title=_("職員の配置を終える"),
        button=_("配置を終える"),
        back=staff_url(row.home),
        done=_("配置の終わりを登録しました。"),
        up=to_staff(office, row.home),
        lead=_("配置終了日は、この場所に配置されている最後の日です。"),
        facts=fields_of(row, "code", "unit", "job", "employment", "started_on"),
    )
    return save_page(request, saving, partial(actions.change, office=office, row=form.row), form)


@office_page(Permission.STAFF_WRITE, write=Permission.STAFF_WRITE)
def remove_posting(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Take out a posting that was entered by mistake."""
    row = _posting(office, pk)
    saving = Saving(
        title=_("職員の配置を削除しますか"),
        button=_("削除する"),
        back=staff_url(row.home),
        done=_("職員の配置を削除しました。"),
        up=to_staff(office, row.home),
        lead=_("誤って登録した行だけを削除します。退職や異動は「配置を終える」を使ってください。"),
        grave=True,
        facts=fields_of(row, "code", "unit", "job", "employment", "started_on", "ended_on"),
    )
    form = ReasonedForm(request.POST or None, initial={"version": row.version})
    return save_page(request, saving, partial(actions.remove, office=office, row=row), form)


def _posting(office: Office, pk: int) -> Posting:
    rows = office.rows(Posting, Permission.STAFF_WRITE)
    return get_object_or_404(rows.select_related("home__authority", "unit"), pk=pk)
