"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen, NotReplaced


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("planning", "0001_initial")]
    operations: ClassVar = [
        Frozen(
            "plan_version_kept",
            "planning_planversion",
            "TRUE",
            (
                "authority_id",
                "number",
                "note",
                "snapshot",
                "figures",
                "sha256",
                "proposed_at",
                "proposed_by_id",
            ),
        ),
        Frozen("plan_version_closed", "planning_planversion", "OLD.state <> 'proposed'"),
        NotReplaced("planning_planversion_not_replaced", "planning_planversion", "TRUE"),
        Frozen("plan_file_kept", "planning_planfile", "TRUE"),
        NotReplaced("planning_planfile_not_replaced", "planning_planfile", "TRUE"),
    ]
