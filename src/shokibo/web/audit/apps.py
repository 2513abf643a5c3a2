"""Django's entry for audit."""

from django.apps import AppConfig


class Audit(AppConfig):
    """See the package."""

    name = "shokibo.web.audit"
    verbose_name = "記録"
