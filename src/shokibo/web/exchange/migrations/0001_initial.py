import django.core.serializers.json
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
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "読み取り中"),
                            ("refused", "誤りあり"),
                            ("ready", "確認待ち"),
                            ("applying", "取込み中"),
                            ("applied", "取込み済み"),
                            ("undone", "取消し済み"),
                            ("discarded", "取りやめ"),
                            ("failed", "中断"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("homes", models.JSONField(editable=False, null=True, verbose_name="施設")),
                (
                    "of_children",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="児童の行を含みうる"
                    ),
                ),
                ("centers", models.JSONField(editable=False, null=True, verbose_name="児童相談所")),
                ("file_name", models.CharField(max_length=200, verbose_name="ファイル名")),
                ("size", models.PositiveBigIntegerField(verbose_name="大きさ")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content", models.BinaryField(null=True, verbose_name="ファイル")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="読込日時")),
                ("findings", models.JSONField(default=dict, verbose_name="誤りと注意")),
                ("counts", models.JSONField(default=dict, verbose_name="件数")),
                ("touched", models.JSONField(default=list, verbose_name="触れる認定")),
                ("message", models.JSONField(default=dict, verbose_name="知らせ")),
                (
                    "tries",
                    models.PositiveSmallIntegerField(default=0, verbose_name="処理を始めた回数"),
                ),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="取込日時")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="取消日時")),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="取り込んだ人",
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
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="取り消した人",
                    ),
                ),
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
                "verbose_name": "取込み",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="run_undoing_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content__isnull", True),
                            ("state__in", ("waiting", "refused", "ready", "applying", "failed")),
                            _connector="OR",
                        ),
                        name="run_file_kept_while_open_only",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["authority", "state"], name="exchange_ru_authori_5769e9_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RunProgress",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="progress",
                        serialize=False,
                        to="exchange.run",
                    ),
                ),
                ("stage", models.CharField(default="queued", max_length=10, verbose_name="段階")),
                ("table", models.CharField(blank=True, max_length=20, verbose_name="表")),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "取込みの進み",
            },
        ),
        migrations.CreateModel(
            name="RunChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("table", models.CharField(max_length=20, verbose_name="表")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("add", "追加"),
                            ("change", "変更"),
                            ("remove", "削除"),
                            ("propose", "申出"),
                            ("draft", "申請の下書き"),
                        ],
                        max_length=10,
                        verbose_name="変更",
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="場所")),
                ("name_ja", models.CharField(max_length=500, verbose_name="行")),
                ("name_en", models.CharField(max_length=500, null=True, verbose_name="行")),
                ("row_id", models.BigIntegerField(null=True)),
                ("row_version", models.PositiveIntegerField(null=True)),
                (
                    "before",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="変更前",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="変更後",
                    ),
                ),
                (
                    "held",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="exchange.run",
                    ),
                ),
            ],
            options={
                "verbose_name": "取込みの行",
                "ordering": ["run", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "position"), name="run_change_position_once"
                    )
                ],
            },
        ),
    ]
