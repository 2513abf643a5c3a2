"""Django's entry for exchange."""

from django.apps import AppConfig


class Exchange(AppConfig):
    """See the package."""

    name = "shokibo.web.exchange"
    verbose_name = "取込・書出"

    def ready(self) -> None:
        """Listen for work that broke off, and for children that are gone."""
        from shokibo.web.exchange import forgetting, tasks  # noqa: F401
