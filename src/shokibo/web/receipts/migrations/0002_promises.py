"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("receipts", "0001_initial")]
    operations: ClassVar = [
        Frozen("acceptance_kept", "receipts_acceptance", "TRUE"),
        Frozen("delivery_kept", "receipts_delivery", "TRUE"),
        Frozen("delivered_file_kept", "receipts_deliveredfile", "OLD.state <> 'waiting'"),
        Frozen("question_kept", "receipts_question", "OLD.state <> 'open'"),
        Frozen("sum_edition_kept", "receipts_sumedition", "TRUE"),
        Frozen("sum_file_kept", "receipts_sumfile", "TRUE"),
    ]
