"""The notes of a form are stored beside its figures; they are not sent."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """A field of its own for the notes."""

    dependencies: ClassVar = [("returns", "0003_later_deadline")]
    operations: ClassVar = [
        migrations.AddField("return", "notes", models.JSONField("確認事項", null=True, blank=True)),
    ]
