"""The pages of a declared table's rows: list, add, edit, remove."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shokibo.ledger.columns import Column as LedgerColumn
from shokibo.ledger.columns import Kind
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import asks
from shokibo.web.base.words import comma, hours, month, nendo
from shokibo.web.homes import actions
from shokibo.web.homes.forms import ConfirmationForm, RemovalForm, RowForm, distinct_name
from shokibo.web.homes.owners import owners_of, place
from shokibo.web.homes.views.crumbs import (
    at_list,
    list_named,
    to_home,
    to_homes,
    to_staff,
    to_unit,
)
from shokibo.web.pages.listing import Column, Listing, SearchQuery, acts, link, links, list_page
from shokibo.web.pages.removed import get_row
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import Confirmation, Home, Posting, Unit
from shokibo.web.store.mapping import MAPPED, Mapped
from shokibo.web.store.wording import fields_of, header

View = Callable[..., HttpResponseBase]
Value = Callable[[Any], object]
_NOTHING: Mapping[str, Value] = MappingProxyType({})
_VERBS = {"homes": ("edit",), "units": ("edit",), "staff": ("edit", "leave", "end", "remove")}
"""The pages that write a row, if not the usual ones."""
_LABELS = {"edit": _("修正"), "leave": _("休業"), "end": _("終了する"), "remove": _("削除")}
_SUPPORT = {
    Permission.SUPPORT_READ: "support:staff",
    Permission.HOUSING_READ: "support:housing",
}
_LOOKS = {
    **dict.fromkeys((Kind.INTEGER, Kind.YEN, Kind.DECIMAL, Kind.HOURS), "number"),
    Kind.DATE: "day",
    Kind.REMARKS: "long",
}
_WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.HOURS: hours,
    Kind.MONTH: month,
    Kind.FISCAL_YEAR: nendo,
    Kind.YEN: comma,
}
_SEARCHED = (Kind.TEXT, Kind.REMARKS, Kind.ID, Kind.CHILD_CODE)
_CELLS = 240
"""Cells per page: ten screens of a phone, with a card per row."""
_GENERAL = {
    "add": (_("%(table)sの行を登録する"), _("登録しました。"), _("登録する")),
    "total": (_("%(table)sの行を登録する"), _("登録しました。"), _("登録する")),
    "edit": (_("%(table)sの行を修正する"), _("修正しました。"), _("保存する")),
    "remove": (_("%(table)sの行を削除しますか"), _("削除しました。"), _("削除する")),
}
"""Title, message and button of any table's pages."""
_WORDS: dict[tuple[str, str], tuple[Any, Any, Any]] = {
    ("confirmations", "add"): (
        _("要件確認を登録する"),
        _("要件確認を登録しました。"),
        _("4月に、4月1日から満たしていたと確認したときは、確認日と効力開始日の両方を書きます。"),
    ),
    ("confirmations", "edit"): (
        _("要件確認を修正する"),
        _("要件確認を修正しました。"),
        _("誤りを修正するときだけ使います。新しい確認は「要件確認を登録する」で加えてください。"),
    ),
    ("confirmations", "remove"): (_("要件確認を削除しますか"), _("要件確認を削除しました。"), ""),
    ("occupancy", "add"): (_("入所状況を登録する"), "", ""),
    ("occupancy", "total"): (_("区域内施設合計の入所状況を登録する"), "", ""),
    ("occupancy", "edit"): (_("入所状況を修正する"), "", ""),
    ("occupancy", "remove"): (_("入所状況を削除しますか"), "", ""),
    ("capacities", "add"): (
        _("定員を変える"),
        _("定員を登録しました。"),
        _("適用開始日から新しい定員になります。その前の日の定員は変わりません。"),
    ),
    ("capacities", "edit"): (
        _("定員の行を修正する"),
        _("定員の行を修正しました。"),
        _("誤りを修正するときだけ使います。定員が変わったときは「定員を変える」を使ってください。"),
    ),
    ("capacities", "remove"): (_("定員の行を削除しますか"), _("定員の行を削除しました。"), ""),
    ("staff", "edit"): (
        _("職員の配置を修正する"),
        _("職員の配置を修正しました。"),
        _(
            "異動や勤務時間の変更は、この配置を終了して、新しい配置を登録してください。"
            "ここで修正すると、過去の日の人数も変わります。"
        ),
    ),
    ("absences", "add"): (
        _("休業を登録する"),
        _("休業を登録しました。"),
        _("この職員の休業の期間です。「職員数に算入」の空欄は、既定の取扱い(未確認)によります。"),
    ),
    ("absences", "edit"): (_("休業を修正する"), _("休業を修正しました。"), ""),
    ("absences", "remove"): (_("休業を削除しますか"), _("休業を削除しました。"), ""),
    ("staff", "remove"): (
        _("職員の配置を削除しますか"),
        _("職員の配置を削除しました。"),
        _("誤って登録した行だけを削除します。退職や異動は「配置を終了する」を使ってください。"),
    ),
}
"""A table's own title, message and lead of a page; blank for the general ones."""


def listing_of(
    office: Office,
    table: str,
    columns: Sequence[str] = (),
    *,
    writes: bool,
    at: str = "",
    values: Mapping[str, Value] = _NOTHING,
    names_home: bool = False,
    **words: Any,
) -> Listing:
    """Return the list of a table: some columns, or those that its pages write.

    With `writes` rows link to those pages, with a query `at` that leads back (`at_list`). With
    `names_home` a row of which no column says so names its home too.

    `values` are those of columns of which the list shows something else.
    """
    mapped = MAPPED[table]
    shown = [mapped.table.column(name) for name in columns or mapped.form]
    found = [
        Column(
            _path(mapped, one),
            header(mapped.model, mapped.field(one.name)),
            values.get(one.name) or _value(mapped, one),
            look=_LOOKS.get(one.kind, ""),
            names_row=one is shown[0],
        )
        for one in shown
    ]
    search = [_path(mapped, one) for one in shown if one.kind in _SEARCHED]
    home_path: str | None = mapped.model.home_path  # type: ignore[attr-defined]
    if names_home and home_path and "home_id" not in mapped.table.schema:
        found.insert(1, Column(f"{home_path}__name", _("施設")))
        search.append(found[1].name)
    if writes:
        pages = _pages_of(office, mapped)
        found.append(acts(lambda row: links(_pages(office, pages, row, at))))
    words = {"name": _(mapped.table.sheet), "empty": _("登録はありません"), **words}
    return Listing(columns=found, search=search, size=_CELLS // len(found), **words)


def _path(mapped: Mapped, column: LedgerColumn) -> str:
    """Return the path of a column's value; of a reference, that of the row's name."""
    field = mapped.field(column.name)
    return field if field == mapped.paths[column.name] else f"{field}__name"


def _value(mapped: Mapped, column: LedgerColumn) -> Value | None:
    field = mapped.field(column.name)
    if field == "unit" and mapped.read is Permission.STAFF_READ:
        return lambda row: row.unit or _("本体施設")
    if field == "continues":  # whose name is mostly the unit's own
        return lambda row: row.continues and distinct_name(row.continues, names_home=False)
    write = _WRITERS.get(column.kind)
    if write is None:
        return None
    return lambda row: None if getattr(row, field) is None else write(getattr(row, field))


def _pages_of(office: Office, mapped: Mapped) -> list[tuple[str, str, str, str]]:
    """Return each verb of a table with its label and the address before and after a row's key."""
    found = []
    for verb in _VERBS.get(mapped.table.name, ("edit", "remove")):
        address = reverse(f"homes:{verb}_{_named(mapped)}", args=[office.authority.code, 0])
        before, _key, after = address.rpartition("/0/")
        found.append((verb, str(_LABELS[verb]), f"{before}/", f"/{after}"))
    return found


def _pages(
    office: Office, pages: Iterable[tuple[str, str, str, str]], row: Any, at: str
) -> Iterator[SafeString]:
    if getattr(row, "of_records", None):  # its records are the only way to change it
        address = reverse("care:children", args=[office.authority.code])
        yield link(f"{address}?words={row.child_code}", _("児童の記録で修正"), row)
        return
    name = str(row)
    for verb, label, before, after in pages:
        if verb != "end" or not row.ended_on:
            yield link(f"{before}{row.pk}{after}{at}", label, name)


def _named(mapped: Mapped) -> str:
    """Return a row's name within the names of its pages."""
    return mapped.label.rpartition(".")[2].lower()


def addresses() -> Iterator[URLPattern]:
    """Return the addresses of lists, and of all pages of tables without their own."""
    for name, mapped in MAPPED.items():
        if mapped.form:
            yield path(f"tables/{name}/", listed(name), name=f"list_{_named(mapped)}")
        if mapped.form and not mapped.page:
            at, called = f"tables/{name}/<number:pk>", _named(mapped)
            yield path(f"tables/{name}/add/", added(name), name=f"add_{called}")
            yield path(f"{at}/edit/", edited(name), name=f"edit_{called}")
            yield path(f"{at}/remove/", removed(name), name=f"remove_{called}")


def lists_of(office: Office) -> list[tuple[str, str]]:
    """Return the lists that a person may see, each with its address."""
    return [
        (str(_(one.table.sheet)), _url(office, one, "list"))
        for one in MAPPED.values()
        if one.form and office.may(one.read)
    ]


def listed(table: str) -> View:
    """Make the page that lists a table's visible rows."""
    mapped = MAPPED[table]

    @office_page(mapped.read)
    @asks(SearchQuery)
    def rows(request: HttpRequest, office: Office, *, asked: SearchQuery) -> HttpResponse:
        writes = office.may(mapped.write)
        return list_page(
            request,
            asked,
            listing_of(
                office,
                table,
                (*mapped.belongs, *mapped.form),
                writes=writes,
                at=at_list(request, list=table),
                names_home=True,
            ),
            _in_order(_rows(office, mapped, mapped.read), mapped),
            shown=lambda found: _looked(office, mapped, len(found)),
            title=_(mapped.table.sheet),
            up=_to_lists(office, mapped),
            **(_adding(office, mapped) if writes else {}),
        )

    return rows


def _in_order(rows: QuerySet[Any], mapped: Mapped) -> QuerySet[Any]:
    return rows.order_by(*mapped.order, "pk") if mapped.order else rows


def _adding(office: Office, mapped: Mapped) -> dict[str, Any]:
    """Return the address that adds a row, or else from whose page a row is added."""
    code, name = office.authority.code, _named(mapped)
    if mapped.model is Home or not mapped.page:
        return {"add": reverse(f"homes:add_{name}", args=[code])}
    (owner,) = owners_of(mapped).values()
    homes = office.homes(mapped.write)
    if owner is Home and len(homes) == 1:
        return {"add": reverse(f"homes:add_{name}", args=[code, homes[0].pk])}
    return {"added_from": str(_OWNERS[owner])}


_OWNERS: dict[type[Model], Any] = {Home: _("施設"), Unit: _("生活単位"), Posting: _("職員")}


def _rows(office: Office, mapped: Mapped, permission: Permission) -> QuerySet[Any]:
    """Return the rows over which the person has a permission, with their homes and units."""
    links = {*mapped.links, mapped.model.home_path} - {None, "pk"}  # type: ignore[attr-defined]
    return office.rows(mapped.model, permission).select_related("authority", *links)


def _row(office: Office, mapped: Mapped, pk: int) -> Any:
    """Return a row that the person may write; 404 for others."""
    return get_row(office, _rows(office, mapped, mapped.write), mapped.write, pk=pk)


def _to_lists(office: Office, mapped: Mapped) -> tuple[str, ...]:
    """Lead from the support's pages, or from the homes' page if the person may open it."""
    if page := _SUPPORT.get(mapped.read):
        return str(_("支援")), reverse(page, args=[office.authority.code])
    return to_homes(office) if office.may(Permission.REGISTER_READ) else ()


def _looked(office: Office, mapped: Mapped, rows: int) -> None:
    if mapped.read in (Permission.STAFF_READ, Permission.CHILD_READ):
        office.looked(mapped.table.sheet, rows)


def _url(office: Office, mapped: Mapped, verb: str) -> str:
    return reverse(f"homes:{verb}_{_named(mapped)}", args=[office.authority.code])


def added(table: str, verb: str = "add", write: Permission | None = None) -> View:
    """Make the page that adds a row, to the owner in the address or a chosen one."""
    mapped = MAPPED[table]
    needed = write or mapped.write

    @office_page(needed, write=needed)
    def add(request: HttpRequest, office: Office, pk: int | None = None) -> HttpResponse:
        row: Any = mapped.model(authority=office.authority)
        columns, placed = mapped.form, tuple[str, ...]()
        if pk is not None:
            ((column, model),) = owners_of(mapped).items()
            placed = (column,)
            rows = office.rows(model, needed)
            place(row, column, get_row(office, rows, needed, form_of=mapped.model, pk=pk))
        elif not mapped.page:
            columns = (*mapped.belongs, *columns)
        homes = office.homes(needed)
        must = () if office.holds_over_all(needed) else ("home_id",)
        if must and "home_id" in columns and len(homes) == 1:
            row.home = homes[0]  # whose person need not choose it
        make = ConfirmationForm if mapped.model is Confirmation else RowForm
        form = make(request.POST or None, row, columns, must, homes=homes)
        save = partial(actions.add, office=office, row=row)
        saving = returning(request, office, _saving(office, mapped, row, verb, placed))
        return save_page(request, saving, save, form)

    return add


def edited(table: str) -> View:
    """Make the page that edits a row."""
    return _row_page(table, "edit", actions.change)


def removed(table: str) -> View:
    """Make the page that removes a row entered by mistake."""
    return _row_page(table, "remove", actions.remove)


def _row_page(table: str, verb: str, act: Callable[..., object]) -> View:
    mapped = MAPPED[table]

    @office_page(mapped.write, write=mapped.write)
    def page(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
        row, sent = _row(office, mapped, pk), request.POST or None
        form = (
            RowForm(sent, row, homes=office.homes(mapped.write))
            if verb == "edit"
            else RemovalForm(sent, row)
        )
        shown = mapped.belongs + (mapped.form if verb == "remove" else ())
        saving = returning(request, office, _saving(office, mapped, row, verb, shown))
        return save_page(request, saving, partial(act, office=office, row=row), form)

    return page


def _saving(
    office: Office, mapped: Mapped, row: Model, verb: str, shown: tuple[str, ...]
) -> Saving:
    title, done, lead = map(str, _WORDS.get((mapped.table.name, verb), ("", "", "")))
    general, general_done, button = map(str, _GENERAL[verb])
    return Saving(
        title=title or general % {"table": _(mapped.table.sheet)},
        button=button,
        done=done or general_done,
        up=_above(office, mapped, row),
        lead=lead,
        grave=verb == "remove",
        facts=fields_of(row, *map(mapped.field, shown)),
    )


def returning(request: HttpRequest, office: Office, saving: Saving) -> Saving:
    """Lead a page back to the list from which it was opened, as filtered."""
    mapped = MAPPED.get(list_named(request))
    above = _url(office, mapped, "list") if mapped and mapped.form else saving.leads_to
    return replace(saving, back=above + at_list(request))


def _above(office: Office, mapped: Mapped, row: Any) -> tuple[str, ...]:
    """Return the breadcrumb path: the row's own page, or its table's list."""
    if not mapped.page:
        return *_to_lists(office, mapped), str(_(mapped.table.sheet)), _url(office, mapped, "list")
    if mapped.page == "homes:staff":
        return to_staff(office, row.home)
    if mapped.page == "homes:unit":
        return to_unit(office, row.unit)
    return to_home(office, row.home) if row.home else to_homes(office)
