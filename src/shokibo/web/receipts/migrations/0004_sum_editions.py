import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    dependencies = [
        ("receipts", "0003_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SumEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "様式1"), (2, "様式2")], verbose_name="様式"
                    ),
                ),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
                ("edition", models.PositiveIntegerField(verbose_name="版")),
                ("published_on", models.DateField(verbose_name="公開日")),
                ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="公開日時")),
                ("total", models.JSONField(verbose_name="合計")),
                ("versions", models.JSONField(verbose_name="合計した版")),
                (
                    "changes",
                    models.JSONField(default=list, verbose_name="前の版から変わったところ"),
                ),
                ("description", models.JSONField(verbose_name="説明")),
                ("digest", models.CharField(max_length=64, verbose_name="ダイジェスト")),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="公開した人",
                    ),
                ),
            ],
            options={
                "verbose_name": "公開した全国の計",
                "ordering": ["form", "-fiscal_year", "-edition"],
            },
        ),
        migrations.CreateModel(
            name="SumFile",
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
                        to="receipts.sumedition",
                    ),
                ),
            ],
            options={
                "verbose_name": "公開した全国の計のファイル",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="sumedition",
            constraint=models.UniqueConstraint(
                fields=("form", "fiscal_year", "edition"), name="sum_edition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sumfile",
            constraint=models.UniqueConstraint(fields=("of", "name"), name="sum_file_once"),
        ),
        Frozen("sum_edition_kept", "receipts_sumedition", "TRUE"),
        Frozen("sum_file_kept", "receipts_sumfile", "TRUE"),
    ]
