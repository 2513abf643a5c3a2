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
            name="SettingProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("set", "値を定める"),
                            ("remove", "値を削除する"),
                            ("reporting", "報告者職名と報告開始年度"),
                        ],
                        max_length=10,
                        verbose_name="変更",
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, max_length=100, null=True, verbose_name="項目"),
                ),
                (
                    "effective_from",
                    models.DateField(blank=True, null=True, verbose_name="適用開始日"),
                ),
                (
                    "effective_to",
                    models.DateField(blank=True, null=True, verbose_name="適用終了日"),
                ),
                (
                    "value",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="値"),
                ),
                (
                    "source",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="根拠"),
                ),
                (
                    "reporting_officer",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="報告者職名"
                    ),
                ),
                (
                    "reports_from",
                    models.BigIntegerField(blank=True, null=True, verbose_name="報告開始年度"),
                ),
                ("reason", models.TextField(verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "決裁待ち"),
                            ("accepted", "決定"),
                            ("declined", "決定しない"),
                            ("withdrawn", "取下げ"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="起案日時")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="決裁日時"),
                ),
                ("comment", models.TextField(blank=True, verbose_name="決裁者から")),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="決裁した人",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起案した人",
                    ),
                ),
            ],
            options={
                "verbose_name": "自治体の値の起案",
                "ordering": ["-proposed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("change", "reporting"), ("name__isnull", True)),
                            models.Q(
                                models.Q(("change", "reporting"), _negated=True),
                                ("effective_from__isnull", False),
                                ("name__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="setting_names_its_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="setting_decision_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "pending")),
                            models.Q(
                                models.Q(("state", "pending"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="setting_decided_with_its_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="setting_four_eyes",
                    ),
                ],
            },
        ),
    ]
