"""The program's clock: now in Japan, or this time of day on the day set for practice.

Every moment that the program stores, and the day of every page, comes from here.
"""

import datetime as dt
import os
from typing import Any

from django.db.models import DateTimeField, Model
from django.utils import timezone


def practice_day() -> dt.date | None:
    """Return the day that SHOKIBO_TODAY sets for practice; None in production."""
    given = os.environ.get("SHOKIBO_TODAY")
    return dt.date.fromisoformat(given) if given else None


def today() -> dt.date:
    """Return the date in Japan, or the day set for practice."""
    return practice_day() or timezone.localdate()


def now() -> dt.datetime:
    """Return the current time, on the day set for practice if there is one."""
    real, day = timezone.now(), practice_day()
    return (
        timezone.localtime(real).replace(year=day.year, month=day.month, day=day.day)
        if day
        else real
    )


class Moment(DateTimeField):  # type: ignore[type-arg]
    """The clock's time when a row is added (`auto_now_add`) or saved (`auto_now`)."""

    def pre_save(self, model_instance: Model, add: bool) -> Any:
        """Stamp the row."""
        if self.auto_now or (self.auto_now_add and add):
            setattr(model_instance, self.attname, now())
        return getattr(model_instance, self.attname)

    def deconstruct(self) -> Any:
        """Pass for Django's own field in migrations, since the database sees no difference."""
        name, _, args, given = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, given
