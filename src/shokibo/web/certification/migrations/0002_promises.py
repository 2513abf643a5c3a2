"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("certification", "0001_initial")]
    operations: ClassVar = [
        Frozen(
            "application_closed",
            "certification_application",
            "OLD.state IN ('rejected', 'withdrawn', 'ended')",
        ),
        Frozen(
            "application_certified",
            "certification_application",
            "OLD.state = 'certified'",
            (
                "code",
                "edition",
                "previous_id",
                "addon",
                "home_id",
                "unit_id",
                "fiscal_year",
                "start_month",
                "requested_extra",
                "applied_on",
                "certified_extra",
                "decided_on",
                "reason",
                "judgement",
                "submitted_by_id",
                "proposed_by_id",
                "decided_by_id",
            ),
        ),
        Frozen("comment_kept", "certification_comment", "TRUE"),
    ]
