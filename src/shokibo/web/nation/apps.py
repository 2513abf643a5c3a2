"""Django's entry for nation."""

from django.apps import AppConfig


class Nation(AppConfig):
    """See the package."""

    name = "shokibo.web.nation"
    label = "nation"
    verbose_name = "全国"
