"""Django's entry for planning."""

from django.apps import AppConfig


class Planning(AppConfig):
    """See the package."""

    name = "shokibo.web.planning"
    label = "planning"
    verbose_name = "計画"
