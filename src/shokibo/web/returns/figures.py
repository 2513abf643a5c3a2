"""A form's figures as a page lays them out, and as facts that a submission rests on."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shokibo.returns.differences import differences
from shokibo.web.base.language import labels, language
from shokibo.web.base.seen import Facts
from shokibo.web.base.words import circle, or_dash
from shokibo.web.returns.models import Return

KINDS = {
    "community_home": gettext_noop("地域小規模児童養護施設"),
    "branch_group_care": gettext_noop("分園型小規模グループケア"),
    "total": gettext_noop("合計"),
}


def figure_tables(figures: dict[str, Any]) -> dict[str, Any]:
    """Lay a form's figures out as its tables: rows of counts, kinds as columns."""
    units = figures["units"]
    counts = [(_("生活単位数"), [units[kind]["units"] for kind in KINDS], False)]
    for key, label in (("applied", _("申請")), ("certified", _("認定"))):
        for part in units["total"][key]:
            named = label if part == "total" else _("うち定員%(n)s名") % {"n": part}
            counts.append((named, [units[k][key][part] for k in KINDS], part != "total"))
    return {
        "figures": figures,
        "kinds": labels(KINDS).values(),
        "counts": counts,
        "backup": figures["backup"],
        "listed": figures["list"],
    }


_BACKUP = {
    "homes": "児童養護施設",
    "homes_with_units": "うち対象の生活単位がある施設",
    "applied": "バックアップ職員加算 申請",
    "certified": "バックアップ職員加算 認定",
}


def facts_of(figures: dict[str, Any]) -> Facts:
    """Give every figure by its place on the page; notes are of the same rows."""
    with translation.override("ja"):
        tables = figure_tables(figures)
        counts = {
            f"{label} {kind}": str(value)
            for label, values, _part in tables["counts"]
            for kind, value in zip(tables["kinds"], values, strict=True)
        }
        backup = {_BACKUP[name]: str(value) for name, value in tables["backup"].items()}
        listed = {
            f"{row['home_name']} {row['unit_name']}": _listed(row) for row in tables["listed"]
        }
    return {**counts, **backup, **listed}


def _listed(row: dict[str, Any]) -> str:
    shown = (row["capacity"], circle(row["dispersal"]), row["staff"], circle(row["backup"]))
    return " ".join(str(or_dash(value)) for value in shown)


def differences_from(previous: Return | None, figures: dict[str, Any]) -> list[str]:
    """Describe what differs from the edition before, in the page's language."""
    if previous is None:
        return []
    return [text.say(language()) for text in differences(previous.figures or {}, figures)]
