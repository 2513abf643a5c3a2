"""Django's entry for pages."""

from django.apps import AppConfig
from django.urls import register_converter


class Pages(AppConfig):
    """What every page is made of."""

    name = "shokibo.web.pages"
    verbose_name = "画面"

    def ready(self) -> None:
        """Register the converters `<code:…>` and `<number:…>`."""
        from shokibo.web.base.converters import AuthorityCode, Number

        register_converter(AuthorityCode, "code")
        register_converter(Number, "number")
