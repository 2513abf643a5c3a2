"""The tabs over the plan's pages."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shokibo.documents.years import Line

register = template.Library()


_OF_NEED = ("planning:estimate", "planning:population", "planning:care_rates")
"""The pages under that of the need."""


@dataclass(frozen=True)
class Tab:
    """One tab; `here` on the page that is shown."""

    label: str
    url: str
    here: bool


@register.inclusion_tag("planning/_tabs.html", takes_context=True)
def plan_tabs(context: dict[str, Any]) -> dict[str, list[Tab]]:
    """Show the tabs in the order in which a plan is made, published and followed."""
    named = (
        ("planning:overview", _("計画の全体")),
        ("planning:need", _("必要量")),
        ("needs:forecasts", _("見通し")),
        ("planning:actions", _("取組")),
        ("planning:targets", _("目標")),
        ("costs:costs", _("経費")),
        ("needs:proposals", _("計画の提案")),
        ("planning:texts", _("文章")),
        ("planning:document", _("計画書")),
        ("planning:versions", _("版管理・公表")),
        ("planning:review", _("進捗")),
    )
    shown = context["request"].resolver_match.view_name
    here = "planning:need" if shown in _OF_NEED else shown
    code = context["office"].authority.code
    return {"tabs": [Tab(label, reverse(name, args=[code]), name == here) for name, label in named]}


@register.inclusion_tag("planning/_need_pages.html", takes_context=True)
def need_pages(context: dict[str, Any]) -> dict[str, list[Tab]]:
    """Show the pages of the need: what is stated, the estimate, and what that is based on."""
    named = (
        ("planning:need", _("必要量")),
        ("planning:estimate", _("推計")),
        ("planning:population", _("児童人口")),
        ("planning:care_rates", _("代替養育の率")),
    )
    here = context["request"].resolver_match.view_name
    code = context["office"].authority.code
    return {
        "pages": [Tab(label, reverse(name, args=[code]), name == here) for name, label in named]
    }


@register.filter
def cells(line: Line) -> SafeString:
    """Draw the cells of a year table's row, without a template each: a page has hundreds."""
    look = "text" if line.is_text else "number"
    texts = ((look, linebreaksbr(cell.text)) for cell in line.cells)
    return format_html_join("", '<td class="{}">{}</td>', texts)
