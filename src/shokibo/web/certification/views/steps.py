"""What the pages of one application's steps have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import PROCESS, Applied
from shokibo.web.pages import stepping


def get_application(office: Office, pk: int, permission: Permission) -> Application:
    """Give an application over which the person holds a permission; 404 for any other."""
    rows = office.rows(Application, permission).select_related(
        "home",
        "unit",
        "authority",
        "previous",
        "submitted_by",
        "proposed_by",
        "decided_by",
        "end_proposed_by",
    )
    return get_object_or_404(rows, pk=pk)


def url_of(office: Office, pk: int) -> str:
    """Give the address of an application's page."""
    return reverse("certification:application", args=[office.authority.code, pk])


def is_ending(office: Office, pk: int, permission: Permission) -> bool:
    """Whether an application's end is proposed."""
    return PROCESS.state_of(get_application(office, pk, permission)) == "ending"


def to_detail(office: Office, application: Application) -> HttpResponse:
    """Go to an application's page."""
    return redirect(url_of(office, application.pk))


def step_page(
    request: HttpRequest, office: Office, pk: int, step: Applied, **options: Any
) -> HttpResponse:
    """Answer a step of the application of this key."""
    application = get_application(office, pk, step.permission)
    return stepping.step_page(
        request,
        office,
        application,
        step,
        **{
            "template": "certification/step.html",
            "back": url_of(office, pk),
            "application": application,
            **options,
        },
    )
