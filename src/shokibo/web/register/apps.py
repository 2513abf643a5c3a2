"""Django's entry for register."""

from django.apps import AppConfig


class Register(AppConfig):
    """See the package."""

    name = "shokibo.web.register"
    label = "register"
    verbose_name = "台帳"
