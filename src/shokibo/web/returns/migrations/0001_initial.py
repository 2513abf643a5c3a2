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
            name="Return",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "form",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "様式1"), (2, "様式2")], verbose_name="様式"
                    ),
                ),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="版")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "作成中"), ("submitted", "提出済み")],
                        default="draft",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                (
                    "letter_number",
                    models.CharField(blank=True, max_length=100, verbose_name="文書番号"),
                ),
                ("letter_date", models.DateField(blank=True, null=True, verbose_name="文書の日付")),
                ("remark", models.TextField(blank=True, verbose_name="訂正の理由・備考")),
                ("late_ground", models.TextField(blank=True, verbose_name="期限を過ぎる根拠")),
                ("drafted_at", models.DateTimeField(auto_now_add=True)),
                ("figures", models.JSONField(blank=True, null=True, verbose_name="数値")),
                ("notes", models.JSONField(blank=True, null=True, verbose_name="確認事項")),
                (
                    "questions",
                    models.JSONField(blank=True, null=True, verbose_name="国からの質問への説明"),
                ),
                ("figures_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="提出日時"),
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
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="following",
                        to="returns.return",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-fiscal_year", "form", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "form", "fiscal_year", "edition"),
                        name="return_edition_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("authority", "form", "fiscal_year"),
                        name="return_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("submitted_at__isnull", True), ("submitted_by__isnull", True)
                            ),
                            models.Q(
                                ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="return_submission_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), ("submitted_at__isnull", True)),
                            models.Q(
                                ("figures__isnull", False),
                                ("state", "submitted"),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="return_frozen_when_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("submitted_by", models.F("drafted_by")), _negated=True),
                        name="return_four_eyes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LaterDeadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "form",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "様式1"), (2, "様式2")], verbose_name="様式"
                    ),
                ),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
                ("day", models.DateField(verbose_name="延長後の期限")),
                ("ground", models.TextField(verbose_name="延長の根拠")),
                ("entered_at", models.DateTimeField(auto_now=True, verbose_name="記入日時")),
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
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="記入者",
                    ),
                ),
            ],
            options={
                "verbose_name": "報告の期限の延長",
                "ordering": ["-fiscal_year", "form"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "form", "fiscal_year"), name="later_deadline_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True),
                        name="later_deadline_with_its_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "form",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "様式1"), (2, "様式2")], verbose_name="様式"
                    ),
                ),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
                ("day", models.DateField(verbose_name="紙で提出した日")),
                ("entered_at", models.DateTimeField(auto_now=True, verbose_name="記入日時")),
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
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="記入者",
                    ),
                ),
            ],
            options={
                "verbose_name": "紙で提出した報告",
                "ordering": ["-fiscal_year", "form"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "form", "fiscal_year"), name="paper_return_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnFile",
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
                        to="returns.return",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
    ]
