"""What 引き継ぐ wrote, row by row, and undoing it as long as none of it changed since.

Rows go back in the reverse of their order, each by the action or step that is the reverse of the
one that wrote it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.utils import translation
from django.utils.translation import gettext as _

from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts
from shokibo.web.base.words import wareki
from shokibo.web.certification.models import Application, Handover
from shokibo.web.certification.transitions import DISCARD_PREPARED, TAKE_BACK_END
from shokibo.web.homes import actions
from shokibo.web.register.models import Unit
from shokibo.web.steps.step import NEW, Process, Step, Taking
from shokibo.web.steps.taking import take
from shokibo.web.store.wording import Labelled, kind_of_row

Row = dict[str, Any]
"""A row of `Handover.written`."""
_NAMED = 10
"""How many of the rows changed since are named."""


def added(row: Model) -> Row:
    """Note a row that was added."""
    return _noted(row, None)


def changed(row: Model, before: Mapping[str, Any]) -> Row:
    """Note a row that was changed, with its fields as they were."""
    return _noted(row, dict(before))


def _noted(row: Any, before: dict[str, Any] | None) -> Row:
    with translation.override("ja"):
        name = str(row)
    model = row._meta.label_lower
    return {"model": model, "pk": row.pk, "version": row.version, "name": name, "before": before}


def _written_keys(handover: Handover) -> dict[type[Model], list[int]]:
    keys: dict[type[Model], list[int]] = defaultdict(list)
    for one in handover.written:
        keys[apps.get_model(one["model"])].append(one["pk"])
    return keys


def _present_rows(handover: Handover) -> dict[tuple[str, int], Any]:
    """Return the written rows as they are now, by model and key."""
    return {
        (model._meta.label_lower, pk): row
        for model, pks in _written_keys(handover).items()
        for pk, row in model._default_manager.in_bulk(pks).items()
    }


def _named(one: Row, row: Model | None) -> str:
    """Name a written row in the page's language; as it was noted if it was removed since."""
    name = one["name"] if row is None else str(row)
    return f"{kind_of_row(apps.get_model(one['model']))} {name}"


def touched_since(handover: Handover) -> list[str]:
    """Name the rows that changed since, or that refer to the new unit."""
    keys, rows = _written_keys(handover), _present_rows(handover)
    named = [
        _named(one, row)
        for one in handover.written
        for row in [rows.get((one["model"], one["pk"]))]
        if row is None or row.version != one["version"]
    ]
    for relation in Unit._meta.related_objects:
        model: Any = relation.related_model
        if model is not Handover:
            of_it = model._default_manager.filter(**{relation.field.name: handover.later_id})
            new = of_it.exclude(pk__in=keys[model]) if handover.later_id else of_it.none()
            named += [f"{kind_of_row(model)} {row}".strip() for row in new]
    return named


def undoable(unit: Unit) -> Handover | None:
    """Return a unit's last 引き継ぎ, as the earlier or the new unit, if it can be undone."""
    found = Handover.objects.filter(Q(unit=unit) | Q(later=unit), state="done")
    last = found.select_related("unit__home", "later__home").last()
    return last if last is not None and not touched_since(last) else None


def shown_of(handover: Handover) -> Labelled:
    """Return what undoing it does, in the page's language."""
    rows = _present_rows(handover)

    def named(is_meant: Callable[[Any], bool]) -> str:
        meant = (one for one in handover.written if is_meant(one["before"]))
        names = [_named(one, rows.get((one["model"], one["pk"]))) for one in meant]
        return _("、").join(names) or "—"

    return (
        (_("引き継ぐ日"), wareki(handover.day)),
        (_("前の生活単位"), f"{handover.unit.home} {handover.unit}"),
        (_("新しい生活単位"), f"{handover.later.home} {handover.later}" if handover.later else "—"),
        (_("削除する行"), named(lambda before: before is None)),
        (_("元の値に戻す行"), named(bool)),
        (_("終了の起案を取り消す申請"), named(lambda before: before == {})),
    )


def facts_of(handover: Handover) -> Facts:
    """Return the same in Japanese."""
    with translation.override("ja"):
        return dict(shown_of(handover))


def _nothing_rests_on_it(taking: Taking[Handover]) -> None:
    if named := touched_since(taking.row):
        first = "、".join(named[:_NAMED])
        raise RefusedError(
            f"引き継いだ後に変わった行か、新しい生活単位を使う行があるので、取り消せません:{first}"
            f"({len(named)}行)。その行を画面で元に戻すか、手引きの手順で一つずつ戻してください。",
            f"{len(named)} rows were changed since, or name the new unit: {first}. Undo those "
            "first, or go back row by row as the guide says.",
        )


def _take_back(taking: Taking[Handover]) -> None:
    for one in reversed(taking.row.written):
        row: Any = apps.get_model(one["model"])._default_manager.get(pk=one["pk"])
        given: dict[str, Any] = {
            "office": taking.office,
            "version": one["version"],
            "reason": taking.reason,
        }
        if isinstance(row, Application):
            take(TAKE_BACK_END if one["before"] == {} else DISCARD_PREPARED, row=row, **given)
        elif one["before"] is None:
            actions.remove(row=row, **given)
        else:
            fields = {name: row._meta.get_field(name) for name in one["before"]}
            values = {
                fields[name].attname: fields[name].to_python(value)
                for name, value in one["before"].items()
            }
            actions.change(row=row, values=values, **given)


PROCESS = Process(
    Handover,
    Handover.STATES,
    lambda _row: Text("この引継ぎ", "this continuation"),
)
RECORD = Step(
    PROCESS,
    Text("引き継ぐ", "Continue"),
    "register.hand_over",
    Permission.REGISTER_WRITE,
    (NEW,),
    "done",
)
UNDO = Step(
    PROCESS,
    Text("引き継ぎを取り消す", "Undo the continuation"),
    "register.undo_hand_over",
    Permission.REGISTER_WRITE,
    ("done",),
    "undone",
    (_nothing_rests_on_it,),
    reason="required",
    facts=facts_of,
    more=_take_back,
)


def record(office: Office, unit: Unit, new: Unit, written: list[Row]) -> None:
    """Note what was written, as one step of the log."""
    row = Handover(
        authority=office.authority,
        home=unit.home,
        unit=unit,
        later=new,
        day=new.opened_on,
        written=written,
    )
    take(RECORD, office=office, row=row)
