"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("certification", "0004_replaces")]
    operations: ClassVar = [
        Frozen(
            "application_replaces",
            "certification_application",
            "OLD.state = 'certified'",
            ("replaces_id",),
        ),
    ]
