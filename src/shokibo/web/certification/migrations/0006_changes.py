"""A proposed end may be a change; who decides on it is another than who proposed it."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from shokibo.web.database import Frozen, FrozenWith, Lifted, NotReplaced

TABLE = "certification_application"
CLOSED = Frozen("application_closed", TABLE, "OLD.state IN ('rejected', 'withdrawn', 'ended')")
DECIDED = (
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
CERTIFIED = Frozen("application_certified", TABLE, "OLD.state = 'certified'", DECIDED)
DECIDED_STATES = "o.state IN ('certified', 'rejected', 'withdrawn', 'ended')"
NOT_REPLACED = NotReplaced(f"{TABLE}_not_replaced", TABLE, DECIDED_STATES)
REPLACES = Frozen("application_replaces", TABLE, "OLD.state = 'certified'", ("replaces_id",))
EVIDENCE = FrozenWith(
    "evidence_kept", "certification_evidence", "application_id", TABLE, "p.state <> 'draft'"
)
PROMISES = (CLOSED, CERTIFIED, REPLACES, NOT_REPLACED, EVIDENCE)


def paired(one: str, two: str) -> Q:
    """Both are given or both are blank."""
    neither = Q(**{f"{one}__isnull": True, f"{two}__isnull": True})
    return neither | Q(**{f"{one}__isnull": False, f"{two}__isnull": False})


class Migration(migrations.Migration):
    """SQLite builds the table again, and its triggers with it."""

    dependencies: ClassVar = [
        ("certification", "0005_promises"),
        ("audit", "0005_seal_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        *(Lifted(promise) for promise in PROMISES),
        migrations.AddField(
            model_name="application",
            name="end_decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="終了の決裁日時"),
        ),
        migrations.AddField(
            model_name="application",
            name="end_decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="end_proposed_extra",
            field=models.BigIntegerField(
                blank=True, null=True, verbose_name="変更後の加配数の起案"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=paired("end_proposed_at", "end_proposed_by"),
                name="application_end_proposal_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=paired("end_decided_at", "end_decided_by"),
                name="application_end_decision_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=~Q(end_decided_by=F("end_proposed_by")),
                name="application_end_four_eyes",
            ),
        ),
        *PROMISES,
    ]
