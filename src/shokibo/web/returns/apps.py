"""Django's entry for returns."""

from django.apps import AppConfig


class Returns(AppConfig):
    """See the package."""

    name = "shokibo.web.returns"
    label = "returns"
    verbose_name = "国への報告"
