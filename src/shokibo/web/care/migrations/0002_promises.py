"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import NoOverlap


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("care", "0001_initial")]
    operations: ClassVar = [
        NoOverlap("placement_no_overlap", "care_placement", ("child_id",), "started_on", "ended_on")
    ]
