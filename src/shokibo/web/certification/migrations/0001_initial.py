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
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=100, verbose_name="申請ID")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="版")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "作成中"),
                            ("submitted", "審査中"),
                            ("returned", "差戻し"),
                            ("proposed", "決裁待ち"),
                            ("certified", "認定"),
                            ("rejected", "不認定"),
                            ("withdrawn", "取下げ"),
                            ("ended", "終了"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                (
                    "addon",
                    models.CharField(
                        choices=[
                            ("dispersal", "小規模かつ地域分散化加算"),
                            ("backup", "バックアップ職員加算"),
                        ],
                        max_length=9,
                        verbose_name="加算区分",
                    ),
                ),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
                ("start_month", models.DateField(verbose_name="適用開始月")),
                (
                    "requested_extra",
                    models.BigIntegerField(blank=True, null=True, verbose_name="申請加配数"),
                ),
                ("applied_on", models.DateField(blank=True, null=True, verbose_name="申請日")),
                (
                    "certified_extra",
                    models.BigIntegerField(blank=True, null=True, verbose_name="認定加配数"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="決定日")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="終了日")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True, max_length=1000, null=True, verbose_name="終了理由"
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="理由"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="提出日時"),
                ),
                (
                    "proposal",
                    models.CharField(
                        blank=True,
                        choices=[("certify", "認定"), ("reject", "不認定")],
                        max_length=10,
                        verbose_name="起案",
                    ),
                ),
                (
                    "proposed_extra",
                    models.BigIntegerField(blank=True, null=True, verbose_name="起案の加配数"),
                ),
                ("proposal_reason", models.TextField(blank=True, verbose_name="起案の理由")),
                (
                    "proposed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="起案日時"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="決裁日時"),
                ),
                (
                    "end_proposed_on",
                    models.DateField(blank=True, null=True, verbose_name="終了日の起案"),
                ),
                (
                    "end_proposal_reason",
                    models.CharField(
                        blank=True, max_length=1000, null=True, verbose_name="終了の起案の理由"
                    ),
                ),
                (
                    "end_proposed_extra",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="変更後の加配数の起案"
                    ),
                ),
                (
                    "end_proposed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="終了の起案日時"),
                ),
                (
                    "end_decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="終了の決裁日時"),
                ),
                (
                    "judgement",
                    models.JSONField(
                        blank=True,
                        help_text="起案したときの判定。後の台帳では変わらない。",
                        null=True,
                        verbose_name="判定の控え",
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "end_decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "end_proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="following",
                        to="certification.application",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="certification.application",
                        verbose_name="変更前の申請ID",
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
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="register.unit",
                        verbose_name="生活単位",
                    ),
                ),
            ],
            options={
                "ordering": ["-fiscal_year", "home", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "code"), name="application_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("addon", "dispersal"), ("unit__isnull", False)),
                            models.Q(("addon", "backup"), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="application_unit_fits_addon",
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
                        name="application_submission_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(
                                ("proposed_at__isnull", False), ("proposed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="application_proposal_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_decision_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_proposed_at__isnull", True), ("end_proposed_by__isnull", True)
                            ),
                            models.Q(
                                ("end_proposed_at__isnull", False),
                                ("end_proposed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="application_end_proposal_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_decided_at__isnull", True), ("end_decided_by__isnull", True)
                            ),
                            models.Q(
                                ("end_decided_at__isnull", False), ("end_decided_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="application_end_decision_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "submitted", "returned", "proposed"]),
                            ("decided_on__isnull", False),
                            _connector="OR",
                        ),
                        name="application_decided_on_with_its_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("state", "ended"), _connector="OR"
                        ),
                        name="application_ended_on_with_its_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                        name="application_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_decided_by", models.F("end_proposed_by")), _negated=True
                        ),
                        name="application_end_four_eyes",
                    ),
                ],
            },
        ),
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
        migrations.CreateModel(
            name="LetterSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "pattern",
                    models.CharField(blank=True, max_length=60, verbose_name="文書番号の書き方"),
                ),
                (
                    "first_year",
                    models.BigIntegerField(blank=True, null=True, verbose_name="最初の番号の年度"),
                ),
                (
                    "first_number",
                    models.BigIntegerField(blank=True, null=True, verbose_name="最初の番号"),
                ),
                (
                    "template_name",
                    models.CharField(blank=True, max_length=200, verbose_name="ひな形"),
                ),
                ("content", models.BinaryField(null=True, verbose_name="ひな形の内容")),
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
                "verbose_name": "通知書の設定",
                "constraints": [
                    models.UniqueConstraint(fields=("authority",), name="letter_settings_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_number__isnull", True), ("first_year__isnull", True)),
                            models.Q(
                                ("first_number__isnull", False), ("first_year__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letter_first_number_paired",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=40)),
                ("due", models.DateField()),
                ("days_before", models.PositiveIntegerField()),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.authority",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "person", "what", "due", "days_before"),
                        name="reminder_sent_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="項目")),
                ("text", models.TextField(verbose_name="内容")),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="certification.application",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="certification.application",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("decision", models.CharField(max_length=10, verbose_name="決定")),
                ("fiscal_year", models.BigIntegerField(verbose_name="番号の年度")),
                ("count", models.BigIntegerField(verbose_name="番号")),
                ("number", models.CharField(max_length=100, verbose_name="文書番号")),
                ("issued_on", models.DateField(verbose_name="通知日")),
                (
                    "signatory",
                    models.CharField(blank=True, max_length=100, verbose_name="発信者の職・氏名"),
                ),
                (
                    "recipient",
                    models.CharField(blank=True, max_length=100, verbose_name="宛先の職・氏名"),
                ),
                ("conditions", models.TextField(blank=True, verbose_name="条件")),
                ("remark", models.TextField(blank=True, verbose_name="付記")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="certification.application",
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
                "verbose_name": "通知書",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "fiscal_year", "count"), name="letter_number_once"
                    ),
                    models.UniqueConstraint(
                        fields=("application", "decision"), name="letter_once_a_decision"
                    ),
                ],
            },
        ),
    ]
