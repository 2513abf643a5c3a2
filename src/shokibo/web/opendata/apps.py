"""Django's entry for opendata."""

from django.apps import AppConfig


class OpenData(AppConfig):
    """See the package."""

    name = "shokibo.web.opendata"
    label = "opendata"
    verbose_name = "公開データ"
