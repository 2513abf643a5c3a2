"""Django's entry for look."""

from django.apps import AppConfig
from django.urls import register_converter


class Look(AppConfig):
    """What every page is made of."""

    name = "shokibo.web.look"
    label = "look"
    verbose_name = "画面"

    def ready(self) -> None:
        """Make `<code:…>` and `<number:…>` known to addresses."""
        from shokibo.web.base.converters import AuthorityCode, Number

        register_converter(AuthorityCode, "code")
        register_converter(Number, "number")
