"""Django's entry for exchange."""

from django.apps import AppConfig


class Exchange(AppConfig):
    """See the package."""

    name = "shokibo.web.exchange"
    verbose_name = "取込・書出"

    def ready(self) -> None:
        """Listen for work that broke off."""
        from shokibo.web.exchange import tasks  # noqa: F401
