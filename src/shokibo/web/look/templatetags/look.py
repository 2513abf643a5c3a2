"""Components of the pages: badges, dates in eras, hours, pictures of time."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from importlib.metadata import version as version_of
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.law.day_evaluation import Reason
from shokibo.ledger.cells import hours_text
from shokibo.rounding import tenths
from shokibo.texts import Text
from shokibo.web.accounts.resending import TOKEN, make_token
from shokibo.web.base.clock import practice_day
from shokibo.web.base.language import language

register = template.Library()

_OUTCOMES = {
    "met": Text("満たす", "met"),
    "not_met": Text("満たさない", "not met"),
    "not_applicable": Text("該当なし", "not applicable"),
    "cannot_judge": Text("判定保留(資料不足)", "can't judge"),
    "failed": Text("計算失敗", "failed"),
}


@register.filter
def said(text: Text) -> str:
    """Say a text in the page's language."""
    return text.say(language())


@register.filter
def wareki(day: dt.date | dt.datetime | None) -> str:
    """Write a day with its era (令和4年4月1日), or as ISO in English; a dash for none."""
    if day is None:
        return "—"
    if isinstance(day, dt.datetime):
        from django.utils.timezone import localtime

        moment = localtime(day)
        return f"{wareki(moment.date())} {moment:%H:%M}"
    if language() == "en":
        return day.isoformat()
    return calendar.era_date(day)


@register.filter
def month(day: dt.date) -> str:
    """Write a month with its era."""
    return f"{day:%Y-%m}" if language() == "en" else calendar.era_month(day)


@register.filter
def nendo(year: int) -> str:
    """Write a fiscal year: 令和4年度, FY2022."""
    return f"FY{year}" if language() == "en" else calendar.fiscal_year_label(year)


@register.filter
def hours(seconds: int | None) -> str:
    """Write hours; a dash where they are blank."""
    return "—" if seconds is None else hours_text(seconds)


@register.filter
def fte(value: int | None) -> str:
    """Write FTE with its decimal; a dash where it is not known."""
    return "—" if value is None else tenths(value)


@register.filter
def comma(value: int | Decimal) -> str:
    """Write a number in groups of three, △ before what is below zero."""
    return f"{value:,}".replace("-", "△")


@register.filter
def signed(value: int | Decimal) -> str:
    """Write a difference with its sign, as offices do: +3, △3."""
    return f"+{value:,}" if value > 0 else comma(value)


@register.filter
def circle(value: bool | None) -> str:
    """Write yes and no as ○ and ×; a dash for blank."""
    return {True: "○", False: "×", None: "—"}[value]


@register.filter
def headed(words: str, header: str) -> str:
    """Put a field's name before words that do not name it themselves."""
    return words if str(header) in words else f"{header}:{words}"


@register.filter
def or_dash(value: object) -> object:
    """Write a dash for a blank; zero stays zero."""
    return "—" if value is None or value == "" else value


@register.simple_tag
def outcome(code: str) -> SafeString:
    """Show the outcome of a rule as a badge, in words and colour."""
    return badge(code, said(_OUTCOMES[code]))


@register.simple_tag
def badge(code: str, label: str) -> SafeString:
    """Show a state as a badge."""
    return format_html('<span class="badge {}">{}</span>', code, label)


@register.simple_tag
def eligible(answer: bool | None) -> SafeString:
    """Show whether an add-on may be certified."""
    code, label = {
        True: ("met", _("可")),
        False: ("not_met", _("不可")),
        None: ("cannot_judge", _("判定保留(資料不足)")),
    }[answer]
    return badge(code, label)


@register.simple_tag(takes_context=True)
def form_token(context: dict[str, Any]) -> SafeString:
    """Write the hidden fields of a form of somebody who is logged in."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="{}" value="{}">',
        context["csrf_token"],
        TOKEN,
        make_token(context["request"]),
    )


@register.simple_tag
def version() -> str:
    """Give the program's version."""
    return version_of("shokibo")


@register.simple_tag
def practice_banner() -> SafeString | str:
    """Say that the day is fixed for practice."""
    day = practice_day()
    if day is None:
        return ""
    words = _("練習用:今日を %(day)s として動いています。") % {"day": wareki(day)}
    return format_html(
        '<aside class="banner" aria-label="{}"><p>{}</p></aside>', _("練習用の表示"), words
    )


@register.inclusion_tag("look/timeline.html")
def timeline(steps: Iterable[object]) -> dict[str, object]:
    """Draw steps in time: each has when, what, and may have who, why, now."""
    return {"steps": list(steps)}


@register.inclusion_tag("look/reasons.html")
def reasons(found: list[Reason]) -> dict[str, object]:
    """List every rule that was looked at: outcome, words, article."""
    return {"reasons": found}


@register.inclusion_tag("look/as_of.html", takes_context=True)
def as_of_picker(context: dict[str, Any], day: dt.date) -> dict[str, object]:
    """Let the person choose the day the page speaks of; other choices stay."""
    kept = [(k, v) for k, v in context["request"].GET.items() if k not in ("as_of", "page")]
    return {"day": day, "kept": kept}


@register.inclusion_tag("look/empty.html")
def empty_state(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, str]:
    """Say that there is nothing yet, and what to do."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("look/crumbs.html")
def crumbs(*parts: str) -> dict[str, object]:
    """Show where the page stands: label, url, label, url, …, the last without url."""
    labels, urls = parts[::2], [*parts[1::2], ""]
    return {"links": list(zip(labels, urls, strict=False))}


@register.inclusion_tag("look/crumbs.html")
def crumbs_to(up: tuple[str, ...], here: str) -> dict[str, object]:
    """Show where a page stands below others: `up` is label, url, and so on."""
    return {"links": [*zip(up[::2], up[1::2], strict=True), (here, "")]}


@register.inclusion_tag("look/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Page[Any]) -> dict[str, object]:
    """Link to the pages before and after; other choices stay."""
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
    """Give the page's own query with some choices changed; a blank one is left out."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return str(query.urlencode())


@register.filter
def shown(value: object) -> object:
    """Write any value of a row: months with their era, a dash for blank."""
    return month(value) if isinstance(value, dt.date) else or_dash(value)
