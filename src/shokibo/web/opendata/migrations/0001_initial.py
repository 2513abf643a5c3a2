import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("edition", models.PositiveIntegerField(verbose_name="版")),
                ("published_on", models.DateField(verbose_name="公開日")),
                ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="公開日時")),
                ("description", models.JSONField(verbose_name="説明")),
                ("digest", models.CharField(max_length=64, verbose_name="ダイジェスト")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="取りやめた日時"),
                ),
                ("withdrawn_reason", models.TextField(blank=True, verbose_name="取りやめの理由")),
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
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="公開した人",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="取りやめた人",
                    ),
                ),
            ],
            options={
                "verbose_name": "公開した集計",
                "ordering": ["authority", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "edition"), name="publication_edition_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="publication_withdrawal_paired",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "threshold",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="公開する最小の人数",
                    ),
                ),
                ("licence", models.CharField(blank=True, max_length=300, verbose_name="利用条件")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.authority",
                        verbose_name="自治体",
                    ),
                ),
            ],
            options={
                "verbose_name": "公開の設定",
                "constraints": [
                    models.UniqueConstraint(fields=("authority",), name="open_settings_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("threshold__isnull", True), ("threshold__gte", 1), _connector="OR"
                        ),
                        name="open_threshold_one_or_more",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.BinaryField(verbose_name="内容")),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=100, verbose_name="ファイル名")),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="opendata.publication",
                    ),
                ),
            ],
            options={
                "verbose_name": "公開したファイル",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("of", "name"), name="published_file_once")
                ],
            },
        ),
    ]
