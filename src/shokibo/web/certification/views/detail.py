"""One application: its facts, what the rules say, evidence, comments, history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import asks
from shokibo.web.certification import history, transitions
from shokibo.web.certification.guards import contradicts_proposal, versions
from shokibo.web.certification.lapsed import lapsed_applications
from shokibo.web.certification.models import COMMENT_FIELDS, Application
from shokibo.web.certification.months import boxes_of
from shokibo.web.certification.views.asking import QueueQuery, at
from shokibo.web.certification.views.letters import DECIDED
from shokibo.web.certification.views.neighbours import neighbours_of
from shokibo.web.certification.views.steps import PAGES, get_application, judgements
from shokibo.web.pages.others import steps_of_others
from shokibo.web.steps.taking import barred, possible
from shokibo.web.store.rules import Rules

_SECONDARY = (
    "send_for_correction",
    "take_back",
    "send_back",
    "propose_change",
    "propose_end",
    "withdraw",
    "discard",
)
"""What is never the main thing to do."""
_OF_UNITS = "propose_change"
"""What only an add-on of a unit has: a number that can change."""


@office_page(Permission.APPLICATION_READ)
@asks(QueueQuery)
def application(
    request: HttpRequest, office: Office, pk: int, *, asked: QueueQuery
) -> HttpResponse:
    """Show everything about an application that the person may see, and what they may do."""
    row = get_application(office, pk, Permission.APPLICATION_READ)
    inside = history.is_inside(office)
    chain = versions(row)[::-1]
    while following := Application.objects.filter(previous=chain[-1]).first():
        chain.append(following)
    earlier = office.rows(Application, Permission.APPLICATION_READ).filter(
        addon=row.addon, home=row.home, unit=row.unit, fiscal_year__lt=row.fiscal_year
    )
    commented = row if row.state == "returned" or row.previous is None else row.previous
    lapsed = []
    if row.state in ("certified", "ended"):
        lapsed = lapsed_applications(Rules(row.authority, [row.home]), [row.fiscal_year])
    context = {
        "application": row,
        "inside": inside,
        "from_list": at(request),
        "neighbours": neighbours_of(row, office, asked) if inside else None,
        "state": history.shown_state(row, inside=inside),
        "steps": _steps(office, row, chain),
        "others": [] if row != chain[-1] else steps_of_others(_next_steps(row), office, row),
        "following": chain[chain.index(row) + 1] if row != chain[-1] else None,
        "chain": chain if len(chain) > 1 else [],
        "differences": history.differences(row),
        "comments": [
            (_(COMMENT_FIELDS[comment.field]), comment.text) for comment in commented.comments.all()
        ],
        "evidence": row.evidence.defer("content").select_related("added_by"),
        "timeline": history.timeline_of(chain, inside=inside),
        "earlier": [(one, history.shown_state(one, inside=inside)) for one in earlier],
        "months": boxes_of(row),
        "lapsed": [one for one in lapsed if one.application == row],
        "examines": office.may(Permission.APPLICATION_EXAMINE),
        "changes": [
            *((one, _("変更前の申請")) for one in (row.replaces,) if one is not None),
            *((one, _("変更後の申請")) for one in row.replaced_by.all()),
        ],
        "letters": _letters(request, office, row),
        **judgements(office, row, inside=inside),
    }
    return render(request, "certification/detail.html", context)


def _letters(request: HttpRequest, office: Office, row: Application) -> str:
    """Return the query of the page that makes the letter of a decision; blank if none is."""
    makes = office.may(Permission.APPLICATION_EXAMINE) or office.may(Permission.APPLICATION_DECIDE)
    if not makes or row.state not in DECIDED:
        return ""
    listed = at(request)
    return f"{listed}&pk={row.pk}" if listed else f"?pk={row.pk}"


def _pages_of(row: Application) -> list[tuple[str, Any]]:
    return [
        ("edit", transitions.EDIT),
        *((page.name, page.step) for page in PAGES.pages if row.unit or page.name != _OF_UNITS),
    ]


def _next_steps(row: Application) -> list[Any]:
    steps = (step for _page, step in _pages_of(row))
    return [step for step in steps if not contradicts_proposal(step, row)]


def _steps(
    office: Office, row: Application, chain: list[Application]
) -> list[tuple[str, str, Any]]:
    """Return the buttons: page, look, transition; a version that was followed has none."""
    if row.state == "returned" and row != chain[-1]:
        return []
    pages = _pages_of(row)
    steps = (step for _page, step in pages if not barred(step, office, row))
    allowed = possible(steps, office, row)
    buttons: list[tuple[str, str, Any]] = []
    for page, step in {page: step for page, step in pages if step in allowed}.items():
        look = " second" if buttons or page in _SECONDARY else ""
        buttons.append((f"certification:{page}", look, step))
    return buttons
