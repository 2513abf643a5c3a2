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
            name="Calculation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "計算中"),
                            ("done", "計算済み"),
                            ("refused", "計算不可"),
                            ("failed", "中断"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("asked", models.JSONField(verbose_name="条件")),
                (
                    "grounds",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="もとにした内容のSHA-256"
                    ),
                ),
                ("answer", models.JSONField(null=True, verbose_name="結果")),
                ("message", models.JSONField(default=dict, verbose_name="知らせ")),
                ("progress", models.JSONField(default=dict, verbose_name="進み")),
                ("is_to_stop", models.BooleanField(default=False, verbose_name="止める")),
                (
                    "tries",
                    models.PositiveSmallIntegerField(default=0, verbose_name="処理を始めた回数"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="計算を頼んだ日時"),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="計算が終わった日時")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="計算を頼んだ人",
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
            ],
            options={
                "verbose_name": "計算",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__isnull", False), ("state", "done")),
                            models.Q(
                                models.Q(("state", "done"), _negated=True), ("answer__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="calculation_answered_once_done",
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["authority", "kind", "state"], name="needs_calcu_authori_b5385a_idx"
                    )
                ],
            },
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
    ]
