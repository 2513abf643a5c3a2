"""Django's entry for audit."""

from django.apps import AppConfig


class Audit(AppConfig):
    """See the package."""

    name = "shokibo.web.audit"
    label = "audit"
    verbose_name = "記録"

    def ready(self) -> None:
        """Listen to what is to be logged."""
        from shokibo.web.audit.security import listen

        listen()
