"""The tabs over the plan's pages."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office


@dataclass(frozen=True)
class Tab:
    """One tab; `here` on the page that is shown."""

    label: str
    url: str
    here: bool


def tabs(request: HttpRequest, office: Office) -> list[Tab]:
    """Give the tabs in the order in which a plan is made."""
    named = (
        ("planning:overview", _("計画の全体")),
        ("planning:need", _("必要量")),
        ("planning:actions", _("取組")),
        ("planning:targets", _("目標")),
        ("costs:costs", _("経費")),
    )
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        Tab(label, reverse(name, args=[office.authority.code]), name == here)
        for name, label in named
    ]
