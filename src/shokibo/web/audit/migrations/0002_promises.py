"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("audit", "0001_initial")]
    operations: ClassVar = [
        Frozen("audit_event_kept", "audit_event", "TRUE"),
        Frozen("audit_look_kept", "audit_look", "TRUE"),
    ]
