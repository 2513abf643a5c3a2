"""The office's pages of open data: what was published, a preview, the settings, withdrawal."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.opendata.tables import NAMES
from shokibo.opendata.writing import as_json, resource
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import Query, asks
from shokibo.web.base.words import wareki
from shokibo.web.opendata import actions
from shokibo.web.opendata.drafting import drafted, settings_of
from shokibo.web.opendata.forms import PublishForm, SettingsForm, tables_field
from shokibo.web.opendata.models import Publication
from shokibo.web.opendata.shown import shown
from shokibo.web.pages.listing import (
    Column,
    Listing,
    ListQuery,
    acts,
    lines,
    link,
    links,
    list_page,
    note,
)
from shokibo.web.pages.saving import Saving, acted, save_page
from shokibo.web.pages.stepping import StepPage, StepPages
from shokibo.web.pages.templatetags.pages import badge

_PUBLISH = Permission.OPEN_DATA_PUBLISH


def _pages(row: Publication) -> SafeString | str:
    if row.withdrawn_at:
        return ""
    code = row.authority.code
    return links(
        (
            link(reverse("open:edition", args=[code, row.dated]), _("公開のページ")),
            link(reverse("opendata:withdraw", args=[code, row.pk]), _("取りやめる")),
        )
    )


def _state(row: Publication) -> SafeString:
    if not row.withdrawn_at:
        return badge("met", _("公開中"))
    why = note(wareki(row.withdrawn_at), row.withdrawn_by, row.withdrawn_reason)
    return lines(badge("withdrawn", _("取りやめ")), why)


PUBLICATIONS = Listing(
    "公開データ",
    [
        Column(
            "edition",
            gettext_lazy("版"),
            cell=lambda row: _("第%(n)s版") % {"n": row.edition},
            names_row=True,
        ),
        Column(
            "published_on",
            gettext_lazy("公開"),
            cell=lambda row: lines(wareki(row.published_on), row.published_by),
        ),
        Column(
            "tables",
            gettext_lazy("表"),
            lambda row: len(row.package.resources),
            look="number",
            computed=True,
        ),
        Column("hidden", gettext_lazy("秘匿した欄"), look="number", computed=True),
        Column(
            "withdrawn_at",
            gettext_lazy("状態"),
            lambda row: _("取りやめ") if row.withdrawn_at else _("公開中"),
            _state,
        ),
        acts(_pages),
    ],
    empty=gettext_lazy("まだ公開していません"),
    hint=gettext_lazy("「公開する内容を確かめる」から、公開される表をそのまま見られます。"),
)


@office_page(_PUBLISH)
@asks(ListQuery)
def publications(request: HttpRequest, office: Office, *, asked: ListQuery) -> HttpResponse:
    """List the editions, and show the settings."""
    rows = office.rows(Publication, _PUBLISH)
    rows = rows.select_related("authority", "published_by", "withdrawn_by")
    template, current = "opendata/publications.html", settings_of(office.authority)
    return list_page(request, asked, PUBLICATIONS, rows, template, settings=current)


@office_page(_PUBLISH, write=_PUBLISH)
def settings(request: HttpRequest, office: Office) -> HttpResponse:
    """Enter the threshold and the licence."""
    stored = settings_of(office.authority)
    names = ("version", "threshold", "licence")
    initial = {name: getattr(stored, name) for name in names}
    saving = Saving(
        title=_("公開の設定"),
        lead=_("次に公開する版から使います。公開した版は変わりません。"),
        button=_("保存する"),
        back=reverse("opendata:publications", args=[office.authority.code]),
        done=_("公開の設定を保存しました。"),
    )
    form = SettingsForm(request.POST or None, initial=initial)
    return save_page(request, saving, partial(actions.set_settings, office=office), form)


class TablesQuery(Query):
    """The tables to be shown; without a choice all."""

    table = tables_field()


@office_page(_PUBLISH, write=_PUBLISH)
@asks(TablesQuery)
def preview(request: HttpRequest, office: Office, *, asked: TablesQuery) -> HttpResponse:
    """Show exactly what would be public; POST publishes it, if it is still the same."""
    sent = PublishForm(request.POST or None)
    if sent.is_bound and not sent.is_valid():
        raise BadRequest
    previewed = sent.cleaned_data if sent.is_bound else {"table": [], "digest": ""}
    chosen = previewed["table"] or asked.given["table"] or None
    if request.method == "POST":
        given = {"chosen": previewed["table"], "digest": previewed["digest"]}
        stale = _("台帳が変わったので、公開していません。もう一度確かめてください。")
        if acted(request, partial(actions.publish, office=office, **given), stale=stale):
            messages.success(request, _("公開しました。"))
            return redirect("opendata:publications", office.authority.code)
    draft = drafted(office.authority, chosen)
    context: dict[str, Any] = {
        "draft": draft,
        "names": {name: NAMES[name] for name in draft.offered},
        "withheld": [NAMES[name] for name in draft.withheld],
        "tables": [shown(resource(table, b""), as_json(table)) for table in draft.tables],
    }
    return render(request, "opendata/preview.html", context)


PAGES = StepPages(
    actions.PROCESS,
    up=lambda office, _row: (
        _("公開データ"),
        reverse("opendata:publications", args=[office.authority.code]),
    ),
    pages=(
        StepPage(
            "withdraw",
            actions.WITHDRAW,
            done=gettext_lazy("公開を取りやめました。"),
            title=gettext_lazy("公開を取りやめますか"),
            lead=lambda row: (
                _("%(what)sは公開のページから消えます。既に取り込まれた写しは消せません。")
                % {"what": row}
            ),
            reason=gettext_lazy("取りやめの理由"),
            reason_help=gettext_lazy("記録に残ります。公開のページには出ません。"),
            grave=True,
        ),
    ),
)
