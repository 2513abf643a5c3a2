"""Rows of former imports that named a child go with its records."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from shokibo.web.exchange.models import RunChange
from shokibo.web.register.forgetting import forgotten
from shokibo.web.register.models import Authority


@receiver(forgotten)
def forget(*, authority: Authority, code: str, **_given: Any) -> None:
    """Delete the rows of imports that hold a child's code; such an import can't be undone."""
    named = Q(name_ja__contains=code) | Q(before__child_code=code) | Q(after__child_code=code)
    RunChange.objects.filter(named, run__authority=authority, table="episodes").delete()
