import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certification", "0006_changes"),
        ("register", "0007_contact"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("day", models.DateField(verbose_name="引き継ぐ日")),
                (
                    "written",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="書いた行",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("done", "登録済み"), ("undone", "取消し")],
                        default="done",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.authority",
                        verbose_name="自治体",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="register.home",
                        verbose_name="施設",
                    ),
                ),
                (
                    "later",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="handover",
                        to="register.unit",
                        verbose_name="新しい生活単位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
                        to="register.unit",
                        verbose_name="前の生活単位",
                    ),
                ),
            ],
            options={
                "verbose_name": "引継ぎ",
                "ordering": ["pk"],
            },
        ),
    ]
