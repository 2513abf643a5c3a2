"""Django's entry for api."""

from django.apps import AppConfig


class Api(AppConfig):
    """See the package."""

    name = "shokibo.web.api"
    verbose_name = "API"
