"""Django's entry for support."""

from django.apps import AppConfig


class Support(AppConfig):
    """See the package."""

    name = "shokibo.web.support"
    label = "support"
    verbose_name = "支援"
