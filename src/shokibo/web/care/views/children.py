"""The list of children, one child's page, and the pages that write a child."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.care.access import Relation, Sight
from shokibo.care.kinds import RECORDS, RecordKind
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.parameters import asks
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.words import as_text, month
from shokibo.web.care import actions
from shokibo.web.care.forms import ChildForm, EndForm, OpeningForm, RecordForm
from shokibo.web.care.known import CHAINED, CLOCKED, PLACED, Known, known_of
from shokibo.web.care.models import Child
from shokibo.web.care.prefill import prefilled
from shokibo.web.care.reach import Reach, is_of_protection, law_of, reach_of
from shokibo.web.care.views.crumbs import to_child, to_children
from shokibo.web.care.views.deadlines import deadline
from shokibo.web.care.wording import CLOCKS, STEPS, WHO, cell
from shokibo.web.pages.listing import (
    Column,
    Listed,
    Listing,
    SearchQuery,
    acts,
    link,
    links,
    list_page,
    note,
    whole,
)
from shokibo.web.pages.saving import Saving, save_page

_READ = (Permission.CHILD_READ, Permission.CHILD_OF_HOME)
_WRITE = Permission.CHILD_WRITE


@office_page(*_READ)
@asks(SearchQuery)
def children(request: HttpRequest, office: Office, *, asked: SearchQuery) -> HttpResponse:
    """List the children with whom the person has a relation; the earliest deadline comes first.

    Only to those who see the deadlines, that is.
    """
    reach = reach_of(office)
    law = law_of(office.authority)
    rows: Any = reach.children().order_by("code")

    def compute(rows: Any) -> None:
        known = {one.child.pk: one for one in known_of(rows)}
        for row in rows:
            row.known = known[row.pk]
            row.clock = next(iter(row.known.open_clocks(law, reach.day)), None)

    sees_deadlines = office.may(_WRITE)
    if sees_deadlines and not asked.given["sort"]:
        rows = list(rows)
        due = dict(zip(rows, _due_days(reach, rows), strict=True))
        rows.sort(key=lambda row: due[row] or dt.date.max)
    return list_page(
        request,
        asked,
        _listing(reach),
        rows,
        "care/children.html",
        shown=lambda rows: office.looked(gettext_noop("児童の一覧"), len(rows)),
        compute=compute,
        writes=sees_deadlines,
    )


def _due_days(reach: Reach, children: Sequence[Child]) -> list[dt.date | None]:
    """Return children's earliest deadlines, for which only days are read."""
    law = law_of(reach.office.authority)
    clocks = (known.open_clocks(law, reach.day) for known in known_of(children, CLOCKED))
    return [next((clock.due for clock in running), None) for running in clocks]


def _places(reach: Reach, children: Sequence[Child]) -> list[str | None]:
    return [_place(known, reach) for known in known_of(children, PLACED)]


def _steps(children: Sequence[Child]) -> list[str | None]:
    return [_step(known) for known in known_of(children, CHAINED)]


def _listing(reach: Reach) -> Listing:
    office = reach.office

    def to(row: Child) -> object:
        return link(reverse("care:child", args=[office.authority.code, row.pk]), row.code)

    columns = [
        Column("code", _("児童コード"), cell=to, names_row=True),
        Column("birth_month", _("生年月"), lambda row: month(row.birth_month)),
        Column("center_code", _("児童相談所")),
        Column(
            "place",
            _("今の養育の場"),
            lambda row: _place(row.known, reach),
            computed=True,
            keys=partial(_places, reach),
        ),
    ]
    if office.may(_WRITE):
        columns += [
            Column("step", _("次の段階"), lambda row: _step(row.known), computed=True, keys=_steps),
            Column(
                "due",
                _("最も近い期限"),
                lambda row: row.clock.due if row.clock else None,
                lambda row: _due(row.clock),
                computed=True,
                keys=partial(_due_days, reach),
            ),
        ]
    return Listing(
        _("児童の記録"),
        columns,
        empty=_("児童はいません"),
        hint=_("登録した児童と、自分の施設にいる児童だけを表示します。"),
        search=("code", "center_code"),
    )


def _place(known: Known, reach: Reach) -> str | None:
    """Name the present place; a home does not see another home's."""
    stay = known.stay
    if stay is None:
        return None
    is_seen = reach.is_of_center(known.child) or stay.home_id in reach.homes
    if not is_seen and reach.sight(known.child, "placement").own_home:
        return None
    return " ".join(str(one) for one in (stay.get_place_display(), stay.home, stay.unit) if one)


def _step(known: Known) -> str | None:
    step = known.next_step
    return as_text(STEPS[step.kind]) if step else None


def _due(clock: Any) -> object:
    if clock is None:
        return "—"
    return deadline(clock, today(), note(as_text(CLOCKS[clock.what])))


@office_page(*_READ)
def child(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show a child: its chain with the next step, clocks, records, and who looked."""
    reach = reach_of(office)
    found = reach.child(pk)
    reach.looked("児童の記録", found)
    (known,) = known_of([found])
    writes = reach.sight(found, "placement").write
    step = known.next_step if writes else None
    context = {
        "child": found,
        "relation": reach.relation(found),
        "opened": reach.relation(found) is Relation.OPENED,
        "writes": writes,
        "place": _place(known, reach),
        "stay": known.stay,
        "is_bare": not any(known.records.values()),
        "steps": [(as_text(STEPS[one.kind]), one) for one in known.steps] if writes else [],
        "next": step,
        "next_words": as_text(STEPS[step.kind]) if step else "",
        "form": _next_form(office, found, step.kind) if step else None,
        "clocks": _clocks(known, office, reach) if writes else None,
        "kinds": [
            (kind, as_text(kind.name), _records(reach, found, kind))
            for kind in RECORDS
            if reach.sight(found, kind.code).read
        ],
    }
    return render(request, "care/child.html", context)


def _next_form(office: Office, found: Child, kind: str) -> RecordForm:
    return RecordForm(None, office, found, kind, initial=prefilled(found, kind))


def _clocks(known: Known, office: Office, reach: Reach) -> Listed:
    return whole(CLOCK_LIST, known.open_clocks(law_of(office.authority), reach.day))


CLOCK_LIST = Listing(
    "期限",
    [
        Column(
            "what", gettext_lazy("すること"), lambda one: as_text(CLOCKS[one.what]), names_row=True
        ),
        Column("who", gettext_lazy("だれが"), lambda one: as_text(WHO[one.what])),
        Column("due", gettext_lazy("期限"), cell=lambda one: deadline(one, today()), look="day"),
    ],
    empty=gettext_lazy("期限のある手続はありません"),
)


def _records(reach: Reach, found: Child, kind: RecordKind) -> Listed:
    sight = reach.sight(found, kind.code)
    columns = [
        Column(item.name, _(item.column.header), partial(cell, item=item), names_row=at == 0)
        for at, item in enumerate(kind.items)
    ]
    if kind.code == "situation":
        columns += [
            Column("center_agreed_by", _("児童相談所の合意"), lambda row: row.center_agreed_by),
            Column("home_agreed_by", _("施設の合意"), lambda row: row.home_agreed_by),
        ]
    if sight.write or sight.agree:
        columns.append(acts(lambda row: links(_acts(reach, sight, kind.code, row))))
    listing = Listing(as_text(kind.name), columns, empty=_("記録はありません"), look="small")
    return whole(listing, list(reach.records(found, kind.code)))


def _acts(reach: Reach, sight: Sight, kind: str, row: Any) -> Iterator[SafeString]:
    code = reach.office.authority.code
    if sight.write and not is_of_protection(row):
        yield link(reverse("care:edit_record", args=[code, kind, row.pk]), _("修正"), row)
        yield link(reverse("care:remove_record", args=[code, kind, row.pk]), _("削除"), row)
    if sight.agree and not (row.home_agreed_by_id if row.home_id in reach.homes else True):
        yield link(reverse("care:agree", args=[code, row.pk]), _("合意する"), row)


@office_page(_WRITE, write=_WRITE)
def add_child(request: HttpRequest, office: Office) -> HttpResponse:
    """Register a child under a generated code."""
    form = ChildForm(request.POST or None, office)
    saving = Saving(
        title=_("児童を登録する"),
        button=_("登録する"),
        done=_("登録しました。"),
        up=to_children(office),
        lead=_(
            "児童コードはプログラムが付けます。氏名との対応は、児童相談所の記録だけに残してください。"
        ),
        narrow=True,
    )

    def save(**_given: Any) -> HttpResponse:
        made = actions.register(office=office, values=form.values)
        return redirect("care:child", office.authority.code, made.pk)

    return save_page(request, saving, save, form)


@office_page(_WRITE, write=_WRITE)
def edit_child(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Correct the month of birth, or hand the child over to another center."""
    found = reach_of(office).child(pk)
    form = ChildForm(request.POST or None, office, found)
    saving = Saving(
        title=_("児童の登録を修正する"),
        button=_("保存する"),
        done=_("修正しました。"),
        up=to_children(office),
        lead=_("児童相談所を変えると、記録はその児童相談所に移り、こちらからは見えなくなります。"),
        narrow=True,
    )

    def save(**given: Any) -> None:
        actions.change_child(
            office=office, child=found, version=given["version"], values=form.values
        )

    return save_page(request, saving, save, form)


@office_page(_WRITE, write=_WRITE)
def end_care(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """End the open stay, and with it care."""
    found = reach_of(office).child(pk)
    stay = actions.open_stay(found)
    initial = {"ended_on": today(), "version": stay.version if stay else 0}
    form = EndForm(request.POST or None, initial)
    saving = Saving(
        title=_("養育を終える"),
        button=_("養育を終える"),
        done=_("養育の終わりを記録しました。"),
        up=to_child(office, found),
        lead=_(
            "家庭復帰や自立などで養育が終わるときに使います。場が変わるときは「措置を始める」です。"
        ),
        narrow=True,
        barred="" if stay else _("続いている養育がありません。"),
    )
    save = partial(actions.end_care, office=office, child=found)
    return save_page(request, saving, save, form)


@office_page(Permission.CHILD_READ, write=Permission.CHILD_READ)
def open_records(request: HttpRequest, office: Office) -> HttpResponse:
    """Open the records of another center's child for a reason, for fifteen minutes."""
    form = OpeningForm(request.POST or None)
    saving = Saving(
        title=_("ほかの児童相談所の児童の記録を開く"),
        button=_("理由を記録して開く"),
        up=to_children(office),
        lead=_(
            "急を要するときだけ使います。15分間、見ることだけができます。"
            "開いたことは、児童の児童相談所に今日のうちに知らせます。"
        ),
        grave=True,
        narrow=True,
    )

    def save(*, code: str, reason: str) -> HttpResponse:
        found = Child.objects.filter(authority=office.authority, code=code).first()
        if found is None:
            raise RefusedError("この児童コードの記録はありません。", "There are no such records.")
        if reach_of(office).relation(found) is Relation.OTHER_CENTER:
            actions.open_records(office=office, child=found, reason=reason)
        return redirect("care:child", office.authority.code, found.pk)

    return save_page(request, saving, save, form)
