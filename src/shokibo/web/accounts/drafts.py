"""Drafts: what a person typed into a page's form and has not saved, one per page; see `Draft`."""

import datetime as dt

from shokibo.web.accounts.models import LONGEST_PAGE, Draft, Person
from shokibo.web.base.clock import now

LIVE_FOR = dt.timedelta(days=14)
MOST_DRAFTS, MOST_LENGTH = 20, 1_000_000
"""Drafts of a person, the latest of them, and the length of each."""


def store(
    person: int, page: str, form: str, typed: str, *, has_files: bool, resumes: bool
) -> Draft | None:
    """Store what was typed in place of the page's earlier draft; None if it can't be stored."""
    is_known = Person.objects.filter(pk=person, is_active=True).exists()
    if len(typed) > MOST_LENGTH or len(page) > LONGEST_PAGE or not is_known:
        return None
    Draft.objects.filter(at__lt=now() - LIVE_FOR).delete()
    given = {"form": form, "typed": typed, "has_files": has_files, "resumes": resumes}
    stored, _ = Draft.objects.update_or_create(person_id=person, page=page, defaults=given)
    own = Draft.objects.filter(person_id=person).order_by("-at", "-pk")
    Draft.objects.filter(pk__in=list(own.values_list("pk", flat=True)[MOST_DRAFTS:])).delete()
    return stored


def find(person: int, page: str) -> Draft | None:
    """Return a person's own draft of a page."""
    return Draft.objects.filter(person_id=person, page=page, at__gte=now() - LIVE_FOR).first()


def resume(person: int, page: str, *, at_next_look: bool) -> None:
    """Have the page show the draft in its form the next time it is opened, or not any more."""
    Draft.objects.filter(person_id=person, page=page).update(resumes=at_next_look)


def discard(person: int, page: str) -> None:
    """Delete a person's draft of a page."""
    Draft.objects.filter(person_id=person, page=page).delete()


def discard_saved(person: int, page: str, form: str) -> None:
    """Delete the draft of a form that was saved.

    One that was sent since and waits for them stays, and so does one typed in another tab.
    """
    Draft.objects.filter(person_id=person, page=page, form=form, resumes=False).delete()
