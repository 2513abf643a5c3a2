"""Rows that an authority owns, guarded against concurrent saves."""

from typing import Any

from django.db import models
from django.utils.encoding import force_str


class Owned(models.Model):
    """A row of one authority. `version` grows with every save, so that a stale form is detected."""

    authority = models.ForeignKey(
        "register.Authority", models.PROTECT, related_name="+", verbose_name="自治体"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    home_path: str | None = None
    """The lookup from the row to its home; None if it is the authority's own."""

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802 - Django's name
        """Return a code's word in the page's language; Django would translate all to find one."""
        value = getattr(self, field.attname)
        return force_str(dict(field.flatchoices).get(value, value), strings_only=True)


class OwnedByHome(Owned):
    """A row of a home."""

    home = models.ForeignKey("register.Home", models.PROTECT, verbose_name="施設")
    home_path = "home"

    class Meta:
        abstract = True
