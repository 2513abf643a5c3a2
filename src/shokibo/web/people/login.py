"""Logging in."""

from typing import Any, cast

from allauth.account.views import LoginView

from shokibo.web.running.demo import practice_people
from shokibo.web.running.practice import PASSWORD


class PracticeLoginView(LoginView):  # type: ignore[misc]
    """Logs in as allauth does; the page of a practice lists who may."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Add the people of a practice, and the password that everybody knows."""
        people = practice_people()
        context = cast("dict[str, Any]", super().get_context_data(**given))
        return {**context, "practice_people": people, "practice_password": PASSWORD}
