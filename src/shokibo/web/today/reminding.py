"""The page by which an officer reminds homes of what is missing."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.seen import seal
from shokibo.web.pages.listing import Column, Listing, lines, whole
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.today.missing import RemindForm, missing, missing_facts, remind

_LISTING = Listing(
    "施設への連絡",
    (
        Column("home", gettext_lazy("施設"), names_row=True),
        Column(
            "items",
            gettext_lazy("お願いする手続"),
            lambda one: "、".join(one.items),
            lambda one: lines(*one.items),
        ),
        Column(
            "names",
            gettext_lazy("メールの宛先"),
            lambda one: one.names or _("受け取る人がいません(アカウントと権限を確かめてください)"),
        ),
        Column("sent_words", gettext_lazy("本日の送信")),
    ),
    empty=gettext_lazy("施設にお願いする手続はありません"),
    hint=gettext_lazy("差し戻した申請も、今年度の申請がまだない加算もありません。"),
)


@office_page(Permission.APPLICATION_EXAMINE, write=Permission.APPLICATION_EXAMINE)
def remind_homes(request: HttpRequest, office: Office) -> HttpResponse:
    """Show what is missing from homes and who gets the mail; POST sends it."""
    found = missing(office)
    saving = Saving(
        title=_("施設に手続をお願いする"),
        button=_("メールを送る"),
        done=_("メールを送りました。"),
        up=(_("今日の仕事"), reverse("today:today", args=[office.authority.code])),
        lead=_("選んだ施設の担当者に、下の内容をメールで送ります。送ったことは記録に残ります。"),
        template="today/remind.html",
    )
    initial = {"seen": seal(missing_facts(office))}
    form = RemindForm(request.POST or None, found=found, initial=initial)
    listed = whole(_LISTING, found)
    return save_page(
        request, saving, partial(remind, office=office), form, listed=listed, found=found
    )
