"""The tabs of the ministry's pages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Tab:
    """A page that a tab leads to."""

    label: str
    url: str
    here: bool


def tabs(here: str) -> list[Tab]:
    """Return the tabs; `here` is the name of the page's address."""
    pages = {
        "nation": _("提出された報告"),
        "nation_files": _("届いたファイル"),
        "nation_questions": _("照会"),
        "nation_sum": _("全国の計"),
        "nation_timeliness": _("提出の状況"),
        "nation_years": _("年度ごとの推移"),
        "nation_prefectures": _("都道府県別"),
        "nation_children": _("児童の数"),
    }
    return [Tab(label, reverse(name), name == here) for name, label in pages.items()]
