"""The page that takes over children from the episodes, with a preview."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import ShownForm
from shokibo.web.base.parameters import asks
from shokibo.web.base.seen import digest_of, hold
from shokibo.web.base.words import as_text, month
from shokibo.web.care import taking_over
from shokibo.web.care.taking_over import Candidate, candidates
from shokibo.web.care.views.crumbs import to_children
from shokibo.web.pages.listing import Column, Listing, ListQuery, list_page, whole
from shokibo.web.pages.saving import Saving, save_page


@office_page(Permission.CHILD_WRITE, write=Permission.CHILD_WRITE)
@asks(ListQuery)
def take_over(request: HttpRequest, office: Office, *, asked: ListQuery) -> HttpResponse:
    """List the children known only from episodes; POST creates their records."""
    found = candidates(office)
    office.looked(gettext_noop("記録に引き継ぐ児童"), len(found))
    facts = {one.code: " ".join(f"{row.pk}:{row.version}" for row in one.rows) for one in found}
    form = ShownForm(request.POST or None, initial={"seen": digest_of(facts)})
    saving = Saving(
        title=_("養育の経過だけの児童を記録に引き継ぐ"),
        button=_("問題のない児童を引き継ぐ"),
        done=_("引き継ぎました。"),
        up=to_children(office),
        lead=_(
            "台帳の養育の経過にいて、記録のない児童です。引き継ぐと、同じ児童コードで登録と措置の記録が"
            "でき、養育の経過は今のまま、その記録から作られるようになります。一度だけ行えます。"
        ),
        template="care/decide_on_list.html",
    )

    def save(*, seen: str) -> None:
        hold(seen, facts)
        taking_over.take_over(office=office, found=found)

    can_be_done = any(not one.problems for one in found)
    if request.method == "GET":
        shown: dict[str, Any] = {"saving": saving, "form": form, "can_be_done": can_be_done}
        return list_page(request, asked, _CANDIDATES, found, saving.template, **shown)
    listed = whole(_CANDIDATES, found)
    return save_page(request, saving, save, form, listed=listed, can_be_done=can_be_done)


def _problems(one: Candidate) -> str:
    return _("、").join(map(as_text, one.problems))


_CANDIDATES = Listing(
    "記録に引き継ぐ児童",
    [
        Column("code", gettext_lazy("児童コード"), names_row=True),
        Column("birth_month", gettext_lazy("生年月"), lambda one: month(one.rows[0].birth_month)),
        Column("center", gettext_lazy("児童相談所"), lambda one: one.rows[0].center_code),
        Column("stays", gettext_lazy("期間の数"), lambda one: len(one.rows), look="number"),
        Column(
            "place", gettext_lazy("最後の養育の場"), lambda one: one.rows[-1].get_place_display()
        ),
        Column("started_on", gettext_lazy("その開始日"), lambda one: one.rows[-1].started_on),
        Column("ended_on", gettext_lazy("その終了日"), lambda one: one.rows[-1].ended_on),
        Column("problems", gettext_lazy("引き継げない理由"), _problems),
    ],
    empty=gettext_lazy("引き継ぐ児童はいません"),
    hint=gettext_lazy("引き継げない行は、「養育の経過」で修正してください。"),
)
