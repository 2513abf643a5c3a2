"""What people typed of a child and did not save goes with its records."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote_plus

from django.db.models import Model
from django.dispatch import receiver
from django.urls import reverse

from shokibo.web.accounts.models import Draft
from shokibo.web.care.models import Child, Record, Situation
from shokibo.web.register.forgetting import Forgotten, are_named, forgotten
from shokibo.web.register.models import Episode


@receiver(forgotten)
def forget(*, children: Sequence[Forgotten], **_given: Any) -> None:
    """Delete the drafts of pages of a child and its rows, and those that name it."""
    for child in children:
        code = child.authority.code
        pages = tuple(page for row in child.rows for page in _pages(code, row))
        for draft in Draft.objects.filter(page__startswith=f"/{code}/"):
            typed = f"{unquote_plus(draft.page)} {unquote_plus(draft.typed)}"
            if draft.page.startswith(pages) or are_named([child.code], typed):
                draft.delete()


def _pages(authority: str, row: Model) -> Iterator[str]:
    """Return how the addresses of a row's pages begin."""
    if isinstance(row, Child):
        yield reverse("care:child", args=[authority, row.pk])
    elif isinstance(row, Episode):
        for act in ("edit", "remove"):
            yield reverse(f"homes:{act}_episode", args=[authority, row.pk])
    elif isinstance(row, Record):
        for act in ("edit", "remove"):
            yield reverse(f"care:{act}_record", args=[authority, _kind(row), row.pk])
    if isinstance(row, Situation):
        yield reverse("care:agree", args=[authority, row.pk])


def _kind(row: Record) -> str:
    return str(row._meta.model_name)
