"""Django's entry for children's records."""

from django.apps import AppConfig


class Care(AppConfig):
    """See the package."""

    name = "shokibo.web.care"
    label = "care"
    verbose_name = "児童の記録"
