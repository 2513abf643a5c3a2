"""Django's entry for mail."""

from django.apps import AppConfig


class Mail(AppConfig):
    """See the package."""

    name = "shokibo.web.mail"
    verbose_name = "メール"

    def ready(self) -> None:
        """Register the tasks, and forget them when they are done."""
        from shokibo.web.mail import tasks  # noqa: F401
