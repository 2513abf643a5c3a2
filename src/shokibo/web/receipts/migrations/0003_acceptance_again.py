"""A version that comes again after another one was accepted can be accepted again."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen, Lifted

_KEPT = Frozen("acceptance_kept", "receipts_acceptance", "TRUE")


class Migration(migrations.Migration):
    """Without the constraint of one acceptance a version."""

    dependencies: ClassVar = [("receipts", "0002_promises")]
    operations: ClassVar = [
        Lifted(_KEPT),
        migrations.RemoveConstraint(model_name="acceptance", name="acceptance_once"),
        _KEPT,
    ]
