"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen, FrozenWith, NotReplaced

_APPLICATION = "certification_application"
_DECIDED = (
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
)


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("certification", "0001_initial")]
    operations: ClassVar = [
        Frozen(
            "application_closed", _APPLICATION, "OLD.state IN ('rejected', 'withdrawn', 'ended')"
        ),
        Frozen("application_certified", _APPLICATION, "OLD.state = 'certified'", _DECIDED),
        Frozen("application_replaces", _APPLICATION, "OLD.state = 'certified'", ("replaces_id",)),
        NotReplaced(
            "certification_application_not_replaced",
            _APPLICATION,
            "o.state IN ('certified', 'rejected', 'withdrawn', 'ended')",
        ),
        Frozen("comment_kept", "certification_comment", "TRUE"),
        NotReplaced("certification_comment_not_replaced", "certification_comment", "TRUE"),
        FrozenWith(
            "evidence_kept",
            "certification_evidence",
            "application_id",
            _APPLICATION,
            "p.state <> 'draft'",
        ),
        NotReplaced("certification_evidence_not_replaced", "certification_evidence", "TRUE"),
        Frozen(
            "letter_kept",
            "certification_letter",
            "TRUE",
            ("authority_id", "application_id", "decision", "fiscal_year", "count", "number"),
        ),
    ]
