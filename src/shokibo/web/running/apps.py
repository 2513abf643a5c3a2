"""Django's entry for running."""

from django.apps import AppConfig


class Running(AppConfig):
    """What the installation knows of itself."""

    name = "shokibo.web.running"
    verbose_name = "運用"
