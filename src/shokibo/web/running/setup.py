"""Make Django ready in this process, and the database what the program expects."""

import os


def ready() -> None:
    """Load the settings and the applications. Raises UnsafeSettingsError."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shokibo.web.settings")
    import django

    from shokibo.web.environment import read_environment

    read_environment(os.environ)
    django.setup()


def migrate() -> None:
    """Bring the database to the program's version; make its folder and its cache table."""
    from django.conf import settings
    from django.core.management import call_command

    settings.ENVIRONMENT.var.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
