"""The pages that write a child's records."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shokibo.care.kinds import BY_CODE
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import VersionedForm
from shokibo.web.base.words import as_text
from shokibo.web.care import actions
from shokibo.web.care.forms import RecordForm
from shokibo.web.care.kept import versions_of
from shokibo.web.care.models import MODELS, Child, Situation
from shokibo.web.care.prefill import prefilled
from shokibo.web.care.reach import reach_of
from shokibo.web.care.units import misfit_words, most_asked, most_for
from shokibo.web.care.views.crumbs import to_child
from shokibo.web.care.wording import STEPS, cell, name_of
from shokibo.web.pages.saving import Saving, save_page

_WRITE = Permission.CHILD_WRITE


@office_page(_WRITE, write=_WRITE)
def add_record(request: HttpRequest, office: Office, pk: int, kind: str) -> HttpResponse:
    """Add a record of a kind, prefilled with what is known."""
    reach = reach_of(office)
    child = reach.child(pk)
    if kind not in MODELS or not reach.sight(child, kind).write:
        raise Http404
    reach.looked(BY_CODE[kind].name.ja, child)
    form = RecordForm(request.POST or None, office, child, kind, initial=prefilled(child, kind))
    saving = Saving(
        title=as_text(STEPS[kind]),
        button=_("登録する"),
        done=_("登録しました。"),
        up=to_child(office, child),
        lead=as_text(BY_CODE[kind].why),
    )

    def save(**_given: Any) -> None:
        values = form.values
        actions.add(office=office, child=child, kind=kind, values=values)
        _warn(request, child, kind, values)

    return save_page(request, saving, save, form)


def _warn(request: HttpRequest, child: Child, kind: str, values: dict[str, Any]) -> None:
    """Warn that the chosen unit does not fit."""
    unit = values.get("unit")
    if unit is None or kind not in ("assessment", "placement"):
        return
    most = (
        most_asked(child, values["individual_care"], values["at_most_four"])
        if kind == "assessment"
        else most_for(child)
    )
    if found := misfit_words(unit, child, most):
        words = _("%(unit)sは、児童の必要に合わないところがあります:%(what)s。")
        messages.warning(request, words % {"unit": unit, "what": _("、").join(found)})


@office_page(_WRITE, write=_WRITE)
def edit_record(request: HttpRequest, office: Office, kind: str, pk: int) -> HttpResponse:
    """Correct a record; its former versions are shown."""
    reach = reach_of(office)
    row = reach.record(kind, pk, write=True)
    reach.looked(BY_CODE[kind].name.ja, row.child)
    form = RecordForm(request.POST or None, office, row.child, kind, row)
    saving = Saving(
        title=_("%(kind)sを修正する") % {"kind": name_of(kind)},
        button=_("保存する"),
        done=_("修正しました。"),
        up=to_child(office, row.child),
        template="care/edit_record.html",
    )

    def save(**given: Any) -> None:
        actions.change(
            office=office, kind=kind, row=row, version=given["version"], values=form.values
        )

    return save_page(request, saving, save, form, versions=versions_of(kind, row))


@office_page(_WRITE, write=_WRITE)
def remove_record(request: HttpRequest, office: Office, kind: str, pk: int) -> HttpResponse:
    """Remove a record entered by mistake."""
    row = reach_of(office).record(kind, pk, write=True)
    facts = [(_(item.column.header), cell(row, item)) for item in BY_CODE[kind].items]
    saving = Saving(
        title=_("%(kind)sを削除しますか") % {"kind": name_of(kind)},
        button=_("削除する"),
        done=_("削除しました。"),
        up=to_child(office, row.child),
        lead=_("誤って登録した記録だけを削除します。内容と版は元に戻せません。"),
        grave=True,
        facts=tuple(facts),
    )
    form = VersionedForm(request.POST or None, initial={"version": row.version})
    save = partial(actions.remove, office=office, kind=kind, row=row)
    return save_page(request, saving, save, form)


@office_page(_WRITE, Permission.CHILD_OF_HOME, write=Permission.CHILD_OF_HOME)
def agree(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Agree to a policy for one's home."""
    reach = reach_of(office)
    row = reach.record("situation", pk)
    if not isinstance(row, Situation) or not reach.sight(row.child, "situation").agree:
        raise Http404
    reach.looked(BY_CODE["situation"].name.ja, row.child)
    facts = [(_(item.column.header), cell(row, item)) for item in BY_CODE["situation"].items]
    saving = Saving(
        title=_("援助方針に合意する"),
        button=_("合意する"),
        done=_("合意を記録しました。"),
        up=to_child(office, row.child),
        facts=tuple(facts),
        narrow=True,
        barred=_("施設はこの方針に合意しています。") if row.home_agreed_by_id else "",
    )
    form = VersionedForm(request.POST or None, initial={"version": row.version})
    return save_page(request, saving, partial(actions.agree, office=office, row=row), form)
