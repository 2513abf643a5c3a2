"""The day on which the pages stand: today in Japan, or the day of a practice."""

import datetime as dt
import os

from django.http import HttpRequest
from django.utils import timezone

from shokibo import calendar


def practice_day() -> dt.date | None:
    """Give the day that SHOKIBO_TODAY fixes for practice; None in earnest."""
    given = os.environ.get("SHOKIBO_TODAY")
    return dt.date.fromisoformat(given) if given else None


def today() -> dt.date:
    """Give the day of today."""
    return practice_day() or timezone.localdate()


def as_of(request: HttpRequest) -> dt.date:
    """Give the day the page is asked for with `?as_of=`, in any written form; else today."""
    try:
        day = calendar.parse_date(request.GET.get("as_of", ""))
        calendar.era_of(day)
    except ValueError:
        return today()
    return day
