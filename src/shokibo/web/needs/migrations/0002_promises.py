"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("needs", "0001_initial")]
    operations: ClassVar = [
        Frozen("calculation_file_kept", "needs_calculationfile", "TRUE"),
    ]
