"""Sessions in the database that end after idleness, and in any case some hours after the log-in."""

import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends import db
from django.dispatch import receiver
from django.http import HttpRequest

_BEGAN = "began_at"


class SessionStore(db.SessionStore):
    """A session whose row expires at the latest SESSION_HOURS after the log-in."""

    def get_expiry_date(self, **given: Any) -> dt.datetime:
        """Return when it ends unless it is used before, never later than its limit."""
        idle = super().get_expiry_date(**given)
        began = self.get(_BEGAN)
        if began is None:
            return idle
        limit = dt.timedelta(hours=settings.SESSION_HOURS)
        return min(idle, dt.datetime.fromtimestamp(began, dt.UTC) + limit)


@receiver(user_logged_in)
def _begin(request: HttpRequest, **_: object) -> None:
    request.session[_BEGAN] = int(time.time())
