import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="calculation",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="計算を頼んだ人",
            ),
        ),
        migrations.AlterField(
            model_name="calculation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("forecast", "見通し"),
                    ("proposal", "計画の提案"),
                    ("check", "台帳の確認"),
                    ("document", "計画書"),
                    ("open_data", "公開データ"),
                ],
                max_length=10,
                verbose_name="種類",
            ),
        ),
        migrations.CreateModel(
            name="CalculationFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="ファイル名")),
                ("content", models.BinaryField(verbose_name="内容")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="needs.calculation",
                    ),
                ),
            ],
            options={
                "verbose_name": "作成したファイル",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("of", "name"), name="calculation_file_once")
                ],
            },
        ),
        Frozen("calculation_file_kept", "needs_calculationfile", "TRUE"),
    ]
