"""Django's entry for children's records."""

from django.apps import AppConfig


class Care(AppConfig):
    """See the package."""

    name = "shokibo.web.care"
    label = "care"
    verbose_name = "児童の記録"

    def ready(self) -> None:
        """Answer whose records were deleted, and hear of it."""
        from shokibo.web.care import deletions, forgetting  # noqa: F401
