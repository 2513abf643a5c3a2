"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("office", "0001_initial")]
    operations: ClassVar = [
        Frozen(
            "setting_proposal_kept",
            "office_settingproposal",
            "TRUE",
            (
                "authority_id",
                "change",
                "name",
                "effective_from",
                "effective_to",
                "value",
                "source",
                "reporting_officer",
                "reports_from",
                "reason",
                "proposed_at",
                "proposed_by_id",
            ),
        ),
        Frozen("setting_proposal_settled", "office_settingproposal", "OLD.state <> 'pending'"),
    ]
