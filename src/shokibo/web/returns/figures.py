"""A form's figures as tables of a page, and as the facts of a submission."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shokibo.returns.differences import differences
from shokibo.returns.filed.figures import FiledFigures
from shokibo.returns.forms import FormFigures
from shokibo.returns.rollup import RollUp
from shokibo.web.base.language import labels, language
from shokibo.web.base.seen import Facts
from shokibo.web.base.words import circle, or_dash
from shokibo.web.returns.models import Return

KINDS = {
    "community_home": gettext_noop("地域小規模児童養護施設"),
    "branch_group_care": gettext_noop("分園型小規模グループケア"),
    "total": gettext_noop("合計"),
}


def figure_tables(figures: FormFigures) -> dict[str, Any]:
    """Lay a form's figures out as its tables."""
    return {**count_tables(figures), "listed": figures.rows, "day": figures.last}


def count_tables(figures: FormFigures | FiledFigures | RollUp) -> dict[str, Any]:
    """Lay out the counts of one or many forms as tables: rows of counts, kinds as columns."""
    kinds = [figures.units[kind] for kind in KINDS]
    counts = [
        (_("小規模かつ地域分散化された生活単位か所数"), [kind.units for kind in kinds], False)
    ]
    for label, splits in (
        (_("申請"), [kind.applied for kind in kinds]),
        (_("認定"), [kind.certified for kind in kinds]),
    ):
        for part in splits[-1]:
            named = label if part == "total" else _("うち定員%(n)s名") % {"n": part}
            counts.append((named, [split[part] for split in splits], part != "total"))
    return {
        "figures": figures,
        "kinds": labels(KINDS).values(),
        "counts": counts,
        "backup": figures.backup,
    }


_BACKUP = {
    "homes": "児童養護施設",
    "homes_with_units": "うち対象の生活単位がある施設",
    "applied": "バックアップ職員加算 申請",
    "certified": "バックアップ職員加算 認定",
}


def facts_of(figures: FormFigures) -> Facts:
    """Return every figure by its place on the page."""
    with translation.override("ja"):
        tables = figure_tables(figures)
        counts, whole = {}, ""
        for label, values, part in tables["counts"]:
            whole = whole if part else label
            named = f"{whole} {label}" if part else label
            for kind, value in zip(tables["kinds"], values, strict=True):
                counts[f"{named} {kind}"] = str(value)
        backup = {word: str(getattr(figures.backup, name)) for name, word in _BACKUP.items()}
        listed: dict[str, str] = {}
        for row in figures.rows:
            values = (row.capacity, circle(row.dispersal), row.staff, circle(row.backup))
            name = f"{row.home_name} {row.unit_name}"  # which another unit may have, too
            words = " ".join(str(or_dash(value)) for value in values)
            listed[name] = "、".join(filter(None, [listed.get(name), words]))
    return {**counts, **backup, **listed}


def differences_from(previous: Return | None, figures: FormFigures) -> list[str]:
    """Describe what differs from the edition before, in the page's language."""
    if previous is None:
        return []
    return [text.say(language()) for text in differences(previous.sent, figures)]
