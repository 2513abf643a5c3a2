"""Django's entry for accounts."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """People and roles."""

    name = "shokibo.web.accounts"
    label = "accounts"
    verbose_name = "利用者"
