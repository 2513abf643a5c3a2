"""Django's entry for the authority's own settings."""

from django.apps import AppConfig


class OfficeSettings(AppConfig):
    """See the package."""

    name = "shokibo.web.office"
    label = "office"
    verbose_name = "自治体の値"
