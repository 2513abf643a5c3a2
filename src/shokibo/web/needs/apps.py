"""Django's entry for needs."""

from django.apps import AppConfig


class Needs(AppConfig):
    """See the package."""

    name = "shokibo.web.needs"
    label = "needs"
    verbose_name = "見通しと計画の提案"

    def ready(self) -> None:
        """Listen for work that broke off."""
        from shokibo.web.needs import tasks  # noqa: F401
