"""Sessions in the database that end when idle, and in any case some hours after the log-in."""

import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends import db
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

_BEGAN = "began_at"
_STORED_AFTER = dt.timedelta(minutes=1)
"""A session in use is stored again after this time, so that most requests write nothing."""


class SessionStore(db.SessionStore):
    """A session whose row expires at the latest SESSION_HOURS after the log-in."""

    def load(self) -> dict[str, Any]:
        """Read the session; have it stored again where its idleness is counted from long ago."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        if row is None:
            return {}
        idle = dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if row.expire_date < timezone.now() + idle - _STORED_AFTER:
            self.modified = True
        found: dict[str, Any] = self.decode(row.session_data)
        return found

    def get_expiry_date(self, **given: Any) -> dt.datetime:
        """Return when it ends if not used before, never later than its limit."""
        idle = super().get_expiry_date(**given)
        began = self.get(_BEGAN)
        if began is None:
            return idle
        limit = dt.timedelta(hours=settings.SESSION_HOURS)
        return min(idle, dt.datetime.fromtimestamp(began, dt.UTC) + limit)


@receiver(user_logged_in)
def _begin(request: HttpRequest, **_: object) -> None:
    request.session[_BEGAN] = int(time.time())
