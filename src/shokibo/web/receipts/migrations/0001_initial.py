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
            name="Delivery",
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
                ("came_on", models.DateField(verbose_name="届いた日")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="読込日時")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="読み込んだ人",
                    ),
                ),
            ],
            options={
                "verbose_name": "届いたファイルの受取",
                "ordering": ["-pk"],
            },
        ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("form", "fiscal_year", "edition"), name="sum_edition_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Acceptance",
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
                ("sha256", models.CharField(max_length=64, verbose_name="受理した版のSHA-256")),
                ("accepted_at", models.DateTimeField(auto_now_add=True, verbose_name="受理日時")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="受理した人",
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
                "verbose_name": "報告の受理",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "回答待ち"),
                            ("answered", "回答済み"),
                            ("withdrawn", "取下げ"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("text", models.TextField(verbose_name="照会の内容")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="照会日時")),
                ("answer", models.TextField(blank=True, verbose_name="回答")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="回答日時"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回答した人",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="照会した人",
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
                "verbose_name": "国からの照会",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="question_answer_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", False), ("state", "answered")),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answered_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="question_answered_with_its_day",
                    ),
                ],
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
                "constraints": [
                    models.UniqueConstraint(fields=("of", "name"), name="sum_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveredFile",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "読取り待ち"),
                            ("clean", "確認事項なし"),
                            ("questions", "確認事項あり"),
                            ("unreadable", "読み取れない"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("figures", models.JSONField(null=True, verbose_name="数値")),
                ("places", models.JSONField(null=True, verbose_name="数値の場所")),
                ("findings", models.JSONField(default=list, verbose_name="確認事項")),
                ("message", models.JSONField(default=dict, verbose_name="知らせ")),
                (
                    "tries",
                    models.PositiveSmallIntegerField(default=0, verbose_name="読取りを始めた回数"),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.authority",
                        verbose_name="自治体",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="receipts.delivery",
                        verbose_name="受取",
                    ),
                ),
            ],
            options={
                "verbose_name": "届いたファイル",
                "ordering": ["delivery_id", "name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "unreadable"]),
                            models.Q(("authority__isnull", False), ("figures__isnull", False)),
                            _connector="OR",
                        ),
                        name="delivered_file_read_with_its_sender",
                    )
                ],
            },
        ),
    ]
