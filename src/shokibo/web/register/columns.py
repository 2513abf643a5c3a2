"""Fields and constraints of models, by the kinds of the ledger's columns."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from shokibo.web.base.language import labels


def coded(header: str, codes: dict[str, str], *, blank: bool = False) -> Any:
    """Make a field for a column of codes."""
    return models.CharField(
        header,
        max_length=max(len(code) for code in codes),
        choices=list(labels(codes).items()),
        blank=blank,
        null=blank,
    )


def text(header: str, *, blank: bool = False, length: int = 200) -> Any:
    """Make a field for a column of text."""
    return models.CharField(header, max_length=length, blank=blank, null=blank)


def day(header: str, *, blank: bool = False) -> Any:
    """Make a field for a column of days."""
    return models.DateField(header, blank=blank, null=blank)


def number(header: str, *, blank: bool = False) -> Any:
    """Make a field for a column of whole numbers."""
    return models.BigIntegerField(header, blank=blank, null=blank)


def yes_no(header: str, *, blank: bool = False) -> Any:
    """Make a field for a column of yes or no."""
    return models.BooleanField(header, blank=blank, null=blank)


def in_order(first: str, last: str, name: str) -> models.CheckConstraint:
    """Require an end no earlier than the start; a blank is allowed."""
    holds = Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True})
    return models.CheckConstraint(condition=holds | Q(**{f"{last}__gte": F(first)}), name=name)


def paired(one: str, two: str, name: str) -> models.CheckConstraint:
    """Require two fields to be both given or both blank."""
    neither = Q(**{f"{one}__isnull": True, f"{two}__isnull": True})
    both = Q(**{f"{one}__isnull": False, f"{two}__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=name)
