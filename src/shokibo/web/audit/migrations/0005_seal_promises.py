"""What the database itself refuses of seals, evidence, and rows put in the place of frozen ones."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen, FrozenWith, NotReplaced

_CLOSED = "o.state IN ('certified', 'rejected', 'withdrawn', 'ended')"
_FROZEN = (
    ("audit_event", "TRUE"),
    ("audit_look", "TRUE"),
    ("audit_sealcheck", "TRUE"),
    ("api_apitoken", "TRUE"),
    ("certification_application", _CLOSED),
    ("certification_comment", "TRUE"),
    ("certification_evidence", "TRUE"),
    ("opendata_publication", "TRUE"),
    ("opendata_publishedfile", "TRUE"),
    ("planning_planversion", "TRUE"),
    ("planning_planfile", "TRUE"),
    ("returns_return", "o.state = 'submitted'"),
    ("returns_returnfile", "TRUE"),
)


class Migration(migrations.Migration):
    """Triggers."""

    dependencies: ClassVar = [
        ("audit", "0004_seals"),
        ("api", "0004_bound_tokens"),
        ("certification", "0002_promises"),
        ("opendata", "0002_promises"),
        ("planning", "0003_promises"),
        ("returns", "0004_notes"),
    ]
    operations: ClassVar = [
        Frozen("audit_seal_kept", "audit_seal", "TRUE"),
        Frozen("audit_sealcheck_kept", "audit_sealcheck", "TRUE"),
        FrozenWith(
            "evidence_kept",
            "certification_evidence",
            "application_id",
            "certification_application",
            "p.state <> 'draft'",
        ),
        NotReplaced("audit_seal_not_replaced", "audit_seal", "TRUE", key="number"),
        *(NotReplaced(f"{table}_not_replaced", table, held) for table, held in _FROZEN),
    ]
