"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen, NotReplaced


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("returns", "0001_initial")]
    operations: ClassVar = [
        Frozen("return_submitted", "returns_return", "OLD.state = 'submitted'"),
        NotReplaced("returns_return_not_replaced", "returns_return", "o.state = 'submitted'"),
        Frozen("return_file_kept", "returns_returnfile", "TRUE"),
        NotReplaced("returns_returnfile_not_replaced", "returns_returnfile", "TRUE"),
    ]
