"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import NoOverlap

_DAYS = {"first": "started_on", "last": "ended_on"}


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("register", "0001_initial")]
    operations: ClassVar = [
        NoOverlap(
            "posting_no_overlap",
            "register_posting",
            ("home_id", "unit_id", "code", "role"),
            **_DAYS,
        ),
        NoOverlap("absence_no_overlap", "register_absence", ("authority_id", "code"), **_DAYS),
        NoOverlap(
            "own_value_no_overlap",
            "register_ownvalue",
            ("authority_id", "name"),
            "effective_from",
            "effective_to",
        ),
    ]
