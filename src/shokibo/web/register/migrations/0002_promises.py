"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import NoOverlap


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("register", "0001_initial")]
    operations: ClassVar = [
        NoOverlap(
            "posting_no_overlap",
            "register_posting",
            ("home_id", "unit_id", "code"),
            "started_on",
            "ended_on",
        ),
    ]
