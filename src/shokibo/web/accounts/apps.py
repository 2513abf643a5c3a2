"""Django's entry for accounts."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """People and roles."""

    name = "shokibo.web.accounts"
    verbose_name = "利用者"

    def ready(self) -> None:
        """Have a change of second factor end sessions, and log log-ins and log-outs."""
        from shokibo.web.accounts import sessions  # noqa: F401
        from shokibo.web.accounts.security import listen

        listen()
