"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen

_PROPOSED = (
    "authority_id",
    "number",
    "note",
    "snapshot",
    "figures",
    "sha256",
    "proposed_at",
    "proposed_by_id",
)


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("planning", "0002_versions")]
    operations: ClassVar = [
        Frozen("plan_version_closed", "planning_planversion", "OLD.state <> 'proposed'"),
        Frozen("plan_version_kept", "planning_planversion", "TRUE", _PROPOSED),
        Frozen("plan_file_kept", "planning_planfile", "TRUE"),
    ]
