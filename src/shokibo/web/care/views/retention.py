"""Pages on which records go: those whose period is over, and a child of whom there are none."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.care.kinds import BY_CODE
from shokibo.care.retention import CHILD, RULES, STAYS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import ShownForm, VersionedForm
from shokibo.web.base.seen import digest_of, hold
from shokibo.web.base.words import as_text, counted, month, wareki
from shokibo.web.care import deletions
from shokibo.web.care.reach import law_of, reach_of
from shokibo.web.care.retention import Going, going, years_of
from shokibo.web.care.views.crumbs import to_child, to_children
from shokibo.web.care.wording import name_of
from shokibo.web.pages.listing import Column, Listing, lines, note, whole
from shokibo.web.pages.saving import Saving, save_page


@office_page(Permission.CHILD_WRITE, write=Permission.CHILD_WRITE)
def retention(request: HttpRequest, office: Office) -> HttpResponse:
    """List the records of the center's children whose period is over, and delete them."""
    reach = reach_of(office)
    law = law_of(office.authority)
    found = going(reach.of_center(), law, reach.day)
    office.looked(gettext_noop("保存期間を過ぎた児童の記録"), len(found))
    facts = {one.child.code: _kinds(one) for one in found}
    form = ShownForm(request.POST or None, initial={"seen": digest_of(facts)})
    saving = Saving(
        title=_("保存期間を過ぎた記録"),
        button=_("一覧の記録を削除する"),
        done=_("保存期間を過ぎた記録を削除しました。"),
        up=to_children(office),
        lead=_(
            "削除した記録は、以前の版とともに消え、元に戻せません。数と見通しのために、だれのものか"
            "分からない行(年度、場、年齢、理由)だけが残ります。控えを戻したときも、もう一度削除します。"
        ),
        grave=True,
        template="care/retention.html",
    )

    def save(*, seen: str) -> None:
        hold(seen, facts)
        deletions.delete_going(office.person, found)

    years = years_of(law, reach.day)
    rules = whole(_RULES, [(kind, years.get(kind)) for kind in RULES])
    shown = {"listed": whole(_GOING, found), "can_be_done": bool(found), "rules": rules}
    return save_page(request, saving, save, form, **shown)


@office_page(Permission.CHILD_WRITE, write=Permission.CHILD_WRITE)
def unregister(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Delete a child of whom nothing is recorded."""
    reach = reach_of(office)
    child = reach.child(pk)
    reach.looked("児童の記録", child)
    saving = Saving(
        title=_("児童の登録を取り消しますか"),
        button=_("登録を取り消す"),
        done=_("児童の登録を取り消しました。"),
        up=to_child(office, child),
        back=reverse("care:children", args=[office.authority.code]),
        lead=_(
            "記録が一つもない児童だけに使います。元に戻せず、この児童コードは二度と使いません。"
            "取り消したことは、ログと削除の一覧に残ります。"
        ),
        grave=True,
        facts=(
            (_("児童コード"), child.code),
            (_("生年月"), month(child.birth_month)),
            (_("登録した日"), wareki(timezone.localdate(child.registered_at))),
        ),
        narrow=True,
    )
    form = VersionedForm(request.POST or None, initial={"version": child.version})
    save = partial(deletions.unregister, office=office, child=child)
    return save_page(request, saving, save, form)


def _kinds(one: Going) -> str:
    return _("、").join(_of(kind) for kind in one.kinds)


def _of(kind: str) -> str:
    """Name a kind; a child's own row includes its stays and everything else."""
    return _("すべて") if kind == CHILD else name_of(kind)


def _rule_of(row: Any) -> str:
    kind, _years = row
    stays = as_text(BY_CODE[STAYS].name)
    return f"{name_of(kind)}・{stays}" if kind == CHILD else name_of(kind)


def _ended(one: Going) -> object:
    if one.rows:
        return wareki(one.ended_on)
    return lines(wareki(one.ended_on), note(_("登録した日。記録がない児童")))


_GOING = Listing(
    "保存期間を過ぎた記録",
    [
        Column("child__code", gettext_lazy("児童コード"), names_row=True),
        Column("kinds", gettext_lazy("消える記録"), _kinds),
        Column("ended_on", gettext_lazy("養育が終わった日"), cell=_ended),
        Column("since", gettext_lazy("削除できる日"), look="day"),
        Column("rows", gettext_lazy("記録の数"), look="number"),
    ],
    empty=gettext_lazy("保存期間を過ぎた記録はありません"),
)
_RULES = Listing(
    "保存期間",
    [
        Column("kind", gettext_lazy("記録の種類"), _rule_of, names_row=True),
        Column(
            "years",
            gettext_lazy("残す年数"),
            lambda row: _("定めなし(消えない)") if row[1] is None else counted("%(n)s年", row[1]),
        ),
    ],
    empty="",
)
