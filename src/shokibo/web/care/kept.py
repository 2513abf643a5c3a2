"""The former versions of a record, in words."""

from django.utils.translation import gettext as _

from shokibo.care.kinds import BY_CODE
from shokibo.web.base.words import wareki
from shokibo.web.care.models import MODELS, Record, RecordVersion
from shokibo.web.pages.listing import Column, Listed, Listing, whole
from shokibo.web.store.wording import display


def versions_of(kind: str, row: Record) -> Listed:
    """List the contents of each version of a record, the latest first."""
    rows = RecordVersion.objects.filter(kind=kind, record_id=row.pk).select_related("by")
    columns = [
        Column("version", _("版"), look="number", names_row=True),
        Column("at", _("日時"), lambda one: wareki(one.at), look="day"),
        Column("by", _("記録した人"), lambda one: str(one.by), look="person"),
        Column("values", _("内容"), lambda one: _in_words(kind, one)),
    ]
    listing = Listing(_("これまでの版"), columns, empty=_("版はありません"), look="small")
    return whole(listing, list(rows))


def _in_words(kind: str, version: RecordVersion) -> str:
    model, held = MODELS[kind], version.values
    parts = []
    for item in BY_CODE[kind].items:
        value = held.get(item.name)
        if item.several:
            value = [_((item.column.codes or {}).get(one, one)) for one in value or []]
        elif item.column.refers and value is not None:
            value = _named(model, item.name, value)
        parts.append(f"{_(item.column.header)} {display(model, item.name, value)}")
    return _("、").join(parts)


def _named(model: type[Record], name: str, key: int) -> str:
    target = model._meta.get_field(name).related_model
    found = target._default_manager.filter(pk=key).first()  # type: ignore[union-attr]
    return str(found) if found else str(key)
