"""The menu: the pages a person may open, in the order of an office's work."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Access, Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.store.mapping import MAPPED


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    label: str
    url: str
    here: bool


_OF_THE_WHOLE = ("certification:queue", "office:values")
"""Pages that are not in a home's menu."""
_SECTIONS = {"certification:applications": "certification:queue"}
"""Pages of an entry that lie below the address of another page."""


def menu_of(access: Access, office: Office | None, path: str) -> list[Entry]:
    """Return a person's menu at an office, with the page of people if they manage people."""
    found: list[tuple[str, str, str]] = []
    if office is not None:
        code = office.authority.code
        for permission, name, label in (
            (Permission.TODAY_READ, "today:today", _("今日の仕事")),
            (Permission.REGISTER_READ, "homes:homes", _("施設と生活単位")),
            (Permission.APPLICATION_WRITE, "certification:applications", _("申請")),
            (Permission.APPLICATION_READ, "certification:queue", _("審査と認定")),
            (Permission.RETURN_READ, "returns:returns", _("国への報告")),
            (Permission.PLAN_READ, "planning:overview", _("計画")),
            (Permission.PLAN_READ, "costs:costs", _("経費")),
            (Permission.SUPPORT_READ, "support:staff", _("支援")),
            (Permission.REGISTER_READ, "office:values", _("自治体の値")),
            (Permission.CHILD_READ, "care:children", _("児童の記録")),
            (Permission.CHILD_OF_HOME, "care:children", _("児童の記録")),
            (Permission.CHILD_COUNT, "care:counts", _("児童の数")),
            (Permission.CHILD_READ, "homes:list_episode", _("養育の経過")),
            (Permission.LEDGER_EXPORT, "exchange:exchange", _("取込・書出")),
            (Permission.OPEN_DATA_PUBLISH, "opendata:publications", _("公開データ")),
            (Permission.AUDIT_READ, "trail:events", _("記録")),
        ):
            of_homes_only = name in _OF_THE_WHOLE and not office.sees_all_homes
            if office.may(permission) and not of_homes_only:
                found.append(
                    (label, _address(name, code), _address(_SECTIONS.get(name, name), code))
                )
    if access.may(Permission.RETURN_READ_SUBMITTED):
        found.append((_("提出された報告"), reverse("nation"), reverse("nation")))
    if access.may(Permission.PEOPLE_MANAGE):
        found.append((_("アカウントと権限"), reverse("people:people"), reverse("people:people")))
        found.append((_("システムの記録"), reverse("system_log"), reverse("system_log")))
    entry_of = {section: section for _label, _url, section in found}
    if office is not None:
        support = _address("support:staff", office.authority.code)
        entry_of |= dict.fromkeys(_lists_of_support(office), support)
    nearest = max(filter(path.startswith, entry_of), key=len, default="")
    return [Entry(label, url, section == entry_of.get(nearest)) for label, url, section in found]


def _lists_of_support(office: Office) -> Iterator[str]:
    """Return the lists of support rows, which lie below the address of the homes."""
    for mapped in MAPPED.values():
        if mapped.read in (Permission.SUPPORT_READ, Permission.HOUSING_READ):
            name = mapped.label.rpartition(".")[2].lower()
            yield _address(f"homes:list_{name}", office.authority.code)


@lru_cache(maxsize=4096)
def _address(name: str, code: str) -> str:
    """Return the address of an authority's page, made once: every page has some thirty."""
    return reverse(name, args=[code])
