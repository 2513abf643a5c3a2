"""Seals over the log, and checks of them; the log's own order is that of its numbers."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables beside the log."""

    dependencies: ClassVar = [
        ("audit", "0003_sent_forms"),
        ("register", "0003_places_elsewhere"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "number",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="番号"),
                ),
                ("event_id", models.BigIntegerField(unique=True, verbose_name="記録の番号")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
            ],
            options={"verbose_name": "封印"},
        ),
        migrations.CreateModel(
            name="SealCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                ("sealed", models.BigIntegerField(verbose_name="封印の数")),
                ("broken", models.TextField(blank=True, verbose_name="見つかったこと")),
            ],
            options={
                "ordering": ["-pk"],
                "verbose_name": "封印の確認",
            },
        ),
        migrations.AlterModelOptions(
            name="event",
            options={"ordering": ["-pk"]},
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["authority", "-id"], name="audit_event_authori_cd5d7e_idx"),
        ),
    ]
