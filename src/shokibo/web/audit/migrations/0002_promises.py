"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen, NotReplaced


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("audit", "0001_initial")]
    operations: ClassVar = [
        Frozen("audit_event_kept", "audit_event", "TRUE"),
        Frozen("audit_look_kept", "audit_look", "TRUE"),
        Frozen("audit_seal_kept", "audit_seal", "TRUE"),
        Frozen("audit_sealcheck_kept", "audit_sealcheck", "TRUE"),
        NotReplaced("audit_event_not_replaced", "audit_event", "TRUE"),
        NotReplaced("audit_look_not_replaced", "audit_look", "TRUE"),
        NotReplaced("audit_seal_not_replaced", "audit_seal", "TRUE", key="number"),
        NotReplaced("audit_sealcheck_not_replaced", "audit_sealcheck", "TRUE"),
    ]
