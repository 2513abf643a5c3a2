"""Components of the pages: badges, dates in eras, hours, pictures of time."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version as version_of
from typing import Any

from django import template
from django.core.paginator import Page
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.law.day_evaluation import BLOCKING
from shokibo.law.reasons import Reason
from shokibo.texts import Text
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.resending import TOKEN, make_token
from shokibo.web.base import citations, words
from shokibo.web.base.clock import practice_day, today
from shokibo.web.base.parameters import wanted_tables
from shokibo.web.base.words import as_text, wareki
from shokibo.web.pages.others import done_by
from shokibo.web.pages.shown_tables import file_of, tables_of, title_of

register = template.Library()
_VERSION = version_of("shokibo")
for written in (
    words.as_text,
    words.bracketed,
    words.colon,
    words.wareki,
    words.clock_time,
    words.month,
    words.day_or_month,
    words.nendo,
    words.year_in_both_counts,
    words.hours,
    words.fte,
    words.comma,
    words.signed,
    words.circle,
    words.headed,
    words.or_dash,
    words.people,
    words.room,
    words.shown,
    citations.article,
):
    register.filter(written)

Remedies = Mapping[str, Sequence[tuple[str, str]]]
"""Where an obstacle is removed: addresses with their texts, by the rule's code."""
_OUTCOMES = {
    "met": Text("満たす", "met"),
    "not_met": Text("満たさない", "not met"),
    "not_applicable": Text("該当なし", "not applicable"),
    "cannot_judge": Text("判定保留(資料不足)", "can't be judged yet"),
    "failed": Text("計算失敗", "failed"),
}


ANSWERS = {
    "not_met": gettext_lazy("不可"),
    "cannot_judge": gettext_lazy("判定保留(資料不足)"),
    "met": gettext_lazy("可"),
    "not_applicable": gettext_lazy("該当なし"),
}
"""Whether an add-on may be certified, by the outcome of all its rules."""


@register.simple_tag(takes_context=True)
def left_to(context: dict[str, Any], permission: str, *names: str) -> SafeString | str:
    """Name the roles that do something the reader may not."""
    wanted = Permission[permission]
    if context["office"].may(wanted):
        return ""
    return format_html('<p class="help">{}</p>', done_by(wanted, names))


@register.simple_tag
def technical(name: str, value: str) -> SafeString:
    """Collapse what only programs or experts compare: a digest, a seal."""
    return format_html(
        '<details class="technical"><summary>{}</summary>'
        '<p class="help">{} <code class="breaks">{}</code></p></details>',
        _("技術情報"),
        name,
        value,
    )


@register.simple_tag
def outcome(code: str) -> SafeString:
    """Show a rule's outcome as a badge, in words and colour."""
    return badge(code, as_text(_OUTCOMES[code]))


@register.simple_tag
def badge(code: str, label: object) -> SafeString:
    """Show a state as a badge."""
    return format_html('<span class="badge {}">{}</span>', code, label)


@register.simple_tag
def eligible(answer: bool | None) -> SafeString:
    """Show whether an add-on may be certified."""
    code = answer_code(answer)
    return badge(code, ANSWERS[code])


def answer_code(answer: bool | None) -> str:
    """Return the outcome of all rules of an add-on."""
    return {True: "met", False: "not_met", None: "cannot_judge"}[answer]


class _CompactEncoder(DjangoJSONEncoder):
    """JSON without spaces, Japanese as it is: half the bytes of the standard form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False, "separators": (",", ":")})


@register.filter
def compact_json_script(value: object) -> SafeString:
    """Write the value for a script of the page, as Django's `json_script` does."""
    return json_script(value, encoder=_CompactEncoder)


@register.simple_tag(takes_context=True)
def form_token(context: dict[str, Any]) -> SafeString:
    """Render the hidden fields of a form of a logged-in person."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="{}" value="{}">',
        context["csrf_token"],
        TOKEN,
        make_token(context["request"]),
    )


@register.simple_tag
def drafted() -> SafeString:
    """Mark a form whose draft is stored while it is typed (draft.js)."""
    words = _(
        "下書きを残せませんでした。ログインが切れたか、サーバーにつながりません。"
        "この画面を閉じずに、別のタブでログインし直してから保存してください。"
    )
    return format_html('data-draft="{}"', words)


@register.simple_tag
def version() -> str:
    """Return the program's version."""
    return _VERSION


@register.simple_tag
def practice_banner() -> SafeString | str:
    """Show that the day is set for practice."""
    day = practice_day()
    if day is None:
        return ""
    words = _("練習用:今日を %(day)s として動いています。") % {"day": wareki(day)}
    return format_html(
        '<aside class="banner" aria-label="{}"><p>{}</p></aside>', _("練習用の表示"), words
    )


@register.inclusion_tag("pages/print_head.html", takes_context=True)
def print_head(context: dict[str, Any]) -> dict[str, object]:
    """Head the printed page with authority and days: that of its figures, otherwise today's."""
    office = context.get("office")
    return {
        "authority": office.authority.name if office else "",
        "day": day_of(context),
        "today": today(),
    }


def day_of(context: Mapping[str, Any]) -> dt.date:
    """Return the day of a page's figures, otherwise today's."""
    day = context.get("day")
    return day if isinstance(day, dt.date) else today()


@register.simple_block_tag(takes_context=True)
def with_files(context: dict[str, Any], content: str) -> str:
    """Offer a page's tables as files, and note those that the address asks for, or that none is.

    A page in response to a form offers none: what it shows is not saved.
    """
    request = context["request"]
    if request.method != "GET" or not context["user"].is_authenticated:
        return content
    tables = tables_of(content) if "<table" in content else []
    wanted = wanted_tables(request)
    if wanted is not None:
        title, day = title_of(content), day_of(context)
        request.tables_file = file_of(wanted, title, tables, day)
        if request.tables_file is None:
            content = SafeString(render_to_string("pages/no_such_table.html")) + content
    offer = {"tables": tables, "request": request}
    return content + SafeString(render_to_string("pages/table_files.html", offer))


@register.inclusion_tag("pages/timeline.html")
def timeline(steps: Iterable[object]) -> dict[str, object]:
    """Show steps in time: each has when, what, and may have who, why, now."""
    return {"steps": list(steps)}


@register.inclusion_tag("pages/reasons.html")
def reasons(found: list[Reason], remedies: Remedies | None = None) -> dict[str, object]:
    """List every rule, first the obstacles and where they are removed."""
    order = {outcome: place for place, outcome in enumerate(BLOCKING)}
    ranked = sorted(found, key=lambda reason: order.get(reason.outcome, len(order)))
    return {"reasons": [(reason, (remedies or {}).get(reason.code, ())) for reason in ranked]}


@register.inclusion_tag("pages/as_of.html", takes_context=True)
def as_of_picker(context: dict[str, Any], day: dt.date) -> dict[str, object]:
    """Show the picker of the page's day; other parameters stay."""
    others = [(k, v) for k, v in context["request"].GET.items() if k not in ("as_of", "page")]
    return {"day": day, "others": others}


@register.inclusion_tag("pages/empty.html")
def empty_state(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, str]:
    """Show that there is nothing yet, and what to do."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("pages/crumbs.html")
def crumbs(*parts: str) -> dict[str, object]:
    """Show breadcrumbs: label, url, label, url, …, the last without url."""
    labels, urls = parts[::2], [*parts[1::2], ""]
    return {"links": list(zip(labels, urls, strict=False))}


@register.inclusion_tag("pages/crumbs.html")
def crumbs_to(up: tuple[str, ...], here: str) -> dict[str, object]:
    """Show breadcrumbs: `up` is label, url, and so on."""
    return {"links": [*zip(up[::2], up[1::2], strict=True), (here, "")]}


@register.inclusion_tag("pages/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Page[Any]) -> dict[str, object]:
    """Link to the previous and next page; other parameters stay."""
    asked = context["request"].GET.copy()

    def to(number: int) -> str:
        asked["page"] = str(number)
        return str(asked.urlencode())

    return {
        "page": page,
        "before": to(page.number - 1) if page.has_previous() else "",
        "after": to(page.number + 1) if page.has_next() else "",
    }


@register.simple_tag(takes_context=True)
def asked(context: dict[str, Any], **changed: str) -> str:
    """Return the page's query string with some parameters changed; blank ones are left out."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return str(query.urlencode())


@register.simple_tag(takes_context=True)
def asked_fields(context: dict[str, Any], apart: str) -> SafeString:
    """Render the page's parameters as hidden fields, except some."""
    kept = [(k, v) for k, v in context["request"].GET.items() if k not in apart.split()]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


@register.inclusion_tag("pages/filter.html", takes_context=True)
def list_filter(context: dict[str, Any], query: Any, names: str) -> dict[str, object]:
    """Show the filter of some fields of the query; other parameters stay."""
    fields = [query[name] for name in names.split()]
    shown = ["page", *(field.html_name for field in fields)]
    others = [(k, v) for k, v in context["request"].GET.items() if k not in shown]
    return {"fields": fields, "others": others}
