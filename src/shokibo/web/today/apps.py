"""Django's entry for today."""

from django.apps import AppConfig


class Today(AppConfig):
    """See the package."""

    name = "shokibo.web.today"
    verbose_name = "今日の仕事"
