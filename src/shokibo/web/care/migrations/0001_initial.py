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
            name="UsedCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
            ],
            options={
                "verbose_name": "使った児童コード",
            },
        ),
        migrations.CreateModel(
            name="AnonymousBreakdown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("children_home", "児童養護施設"),
                            ("infant_home", "乳児院"),
                            ("foster", "里親"),
                            ("family_home", "ファミリーホーム"),
                            ("temporary_protection", "一時保護"),
                            ("other", "その他"),
                        ],
                        max_length=20,
                        null=True,
                        verbose_name="養育の場",
                    ),
                ),
                (
                    "age_band",
                    models.CharField(
                        choices=[
                            ("under_3", "3歳未満"),
                            ("preschool", "3歳以上就学前"),
                            ("school_age", "学童期以降"),
                            ("three_and_over", "3歳以上"),
                        ],
                        max_length=14,
                        verbose_name="年齢区分",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("children", "児童の間の関係"),
                            ("adults", "養育者との関係"),
                            ("absence", "無断外出"),
                            ("violence", "暴力"),
                            ("wish", "児童の希望"),
                            ("home", "施設の事情"),
                            ("other", "その他"),
                        ],
                        max_length=8,
                        verbose_name="不調の内容",
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
                "verbose_name": "匿名の不調",
                "ordering": ["-fiscal_year", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Child",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=20, verbose_name="児童コード")),
                ("birth_month", models.DateField(verbose_name="生年月")),
                (
                    "center_code",
                    models.CharField(
                        blank=True, max_length=100, null=True, verbose_name="児童相談所コード"
                    ),
                ),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("girl", "女子"), ("boy", "男子")],
                        max_length=4,
                        null=True,
                        verbose_name="性別",
                    ),
                ),
                ("registered_at", models.DateTimeField(auto_now_add=True, verbose_name="登録日時")),
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
                "verbose_name": "児童",
                "ordering": ["authority", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "code"), name="child_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Deletion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("kinds", models.JSONField(verbose_name="種類")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.authority",
                    ),
                ),
            ],
            options={
                "verbose_name": "保存期間による削除",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "digest", "at"), name="deletion_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("girl", "女子"), ("boy", "男子")],
                        max_length=4,
                        null=True,
                        verbose_name="性別",
                    ),
                ),
                (
                    "age_from",
                    models.BigIntegerField(blank=True, null=True, verbose_name="年齢(から)"),
                ),
                (
                    "age_to",
                    models.BigIntegerField(blank=True, null=True, verbose_name="年齢(まで)"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="そのほかの条件"
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
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="care_rule",
                        to="register.unit",
                        verbose_name="生活単位",
                    ),
                ),
            ],
            options={
                "verbose_name": "受け入れる児童",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_from__isnull", True),
                            ("age_to__isnull", True),
                            ("age_to__gte", models.F("age_from")),
                            _connector="OR",
                        ),
                        name="unit_rule_ages_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Breakdown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="記録日時")),
                ("noticed_on", models.DateField(verbose_name="気付いた日")),
                (
                    "breakdown",
                    models.CharField(
                        choices=[
                            ("children", "児童の間の関係"),
                            ("adults", "養育者との関係"),
                            ("absence", "無断外出"),
                            ("violence", "暴力"),
                            ("wish", "児童の希望"),
                            ("home", "施設の事情"),
                            ("other", "その他"),
                        ],
                        max_length=8,
                        verbose_name="不調の内容",
                    ),
                ),
                ("tried", models.JSONField(blank=True, default=list, verbose_name="試みたこと")),
                (
                    "took_part",
                    models.JSONField(blank=True, default=list, verbose_name="関わった人"),
                ),
                (
                    "next_step",
                    models.CharField(
                        choices=[
                            ("protection", "一時保護"),
                            ("reassessment", "一時保護をせずに再アセスメント"),
                            ("support", "今の場での支援を続ける"),
                        ],
                        max_length=12,
                        verbose_name="次の段階",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.home",
                        verbose_name="施設",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="記録した人",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.child",
                        verbose_name="児童",
                    ),
                ),
            ],
            options={
                "verbose_name": "不調",
                "ordering": ["-noticed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Backing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="記録日時")),
                ("started_on", models.DateField(verbose_name="開始日")),
                ("team", models.JSONField(blank=True, default=list, verbose_name="支援チーム")),
                ("review_on", models.DateField(verbose_name="次の見直し日")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="終了日")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.home",
                        verbose_name="施設",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="記録した人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.unit",
                        verbose_name="生活単位",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.child",
                        verbose_name="児童",
                    ),
                ),
            ],
            options={
                "verbose_name": "復帰後の支援",
                "ordering": ["-started_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="backing_end_not_before_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="記録日時")),
                ("assessed_on", models.DateField(verbose_name="実施日")),
                ("individual_care", models.BooleanField(verbose_name="個別的ケアが必要")),
                ("at_most_four", models.BooleanField(verbose_name="4人以下の生活単位が必要")),
                (
                    "needs",
                    models.JSONField(blank=True, default=list, verbose_name="そのほかの必要"),
                ),
                ("heard", models.BooleanField(verbose_name="児童の希望を聴いた")),
                (
                    "heard_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("talk", "面接で"),
                            ("writing", "書面で"),
                            ("advocate", "意見表明等支援員を通して"),
                            ("other", "その他"),
                        ],
                        max_length=8,
                        null=True,
                        verbose_name="聴き方",
                    ),
                ),
                (
                    "coordinated_on",
                    models.DateField(blank=True, null=True, verbose_name="施設との調整日"),
                ),
                (
                    "coordinated_with",
                    models.JSONField(blank=True, default=list, verbose_name="調整の相手"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("home", "施設"), ("foster", "里親等")],
                        max_length=6,
                        verbose_name="結果",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.home",
                        verbose_name="施設",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="記録した人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.unit",
                        verbose_name="生活単位",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.child",
                        verbose_name="児童",
                    ),
                ),
            ],
            options={
                "verbose_name": "アセスメント",
                "ordering": ["-assessed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
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
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="care.child",
                        verbose_name="児童",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="開いた人",
                    ),
                ),
            ],
            options={
                "verbose_name": "理由を書いて開いた記録",
                "ordering": ["-opened_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="記録日時")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("children_home", "児童養護施設"),
                            ("infant_home", "乳児院"),
                            ("foster", "里親"),
                            ("family_home", "ファミリーホーム"),
                            ("temporary_protection", "一時保護"),
                            ("other", "その他"),
                        ],
                        max_length=20,
                        verbose_name="養育の場",
                    ),
                ),
                ("started_on", models.DateField(verbose_name="開始日")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="終了日")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("return_home", "家庭復帰"),
                            ("foster", "里親等委託"),
                            ("adoption", "養子縁組"),
                            ("independence", "自立"),
                            ("transfer", "移動"),
                            ("other", "その他"),
                        ],
                        max_length=12,
                        null=True,
                        verbose_name="終了理由",
                    ),
                ),
                (
                    "move_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("planned", "計画的な移動"),
                            ("breakdown", "不調"),
                            ("home_closed", "施設の都合"),
                            ("other", "その他"),
                        ],
                        max_length=11,
                        null=True,
                        verbose_name="移動の理由",
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
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.child",
                        verbose_name="児童",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.home",
                        verbose_name="施設",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="記録した人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.unit",
                        verbose_name="生活単位",
                    ),
                ),
            ],
            options={
                "verbose_name": "措置",
                "ordering": ["-started_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="placement_end_not_before_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("child",),
                        name="placement_one_open_a_child",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="種類")),
                ("record_id", models.BigIntegerField(verbose_name="記録")),
                ("version", models.PositiveIntegerField(verbose_name="版")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                ("values", models.JSONField(verbose_name="内容")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="記録した人",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.child",
                        verbose_name="児童",
                    ),
                ),
            ],
            options={
                "verbose_name": "児童の記録の版",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["kind", "record_id"], name="care_record_kind_fb6702_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="Situation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="記録日時")),
                ("recorded_on", models.DateField(verbose_name="記録日")),
                (
                    "goal",
                    models.CharField(
                        choices=[
                            ("return_home", "家庭復帰"),
                            ("foster", "里親等委託"),
                            ("adoption", "養子縁組"),
                            ("independence", "自立"),
                            ("stay", "今の場での養育"),
                        ],
                        max_length=12,
                        verbose_name="目標",
                    ),
                ),
                ("review_on", models.DateField(verbose_name="次の見直し日")),
                (
                    "situation",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="子どもの状況"
                    ),
                ),
                (
                    "policy",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="援助方針"
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
                    "center_agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="児童相談所の合意",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.child",
                        verbose_name="児童",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.home",
                        verbose_name="施設",
                    ),
                ),
                (
                    "home_agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="施設の合意",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="記録した人",
                    ),
                ),
            ],
            options={
                "verbose_name": "子どもの状況と援助方針",
                "ordering": ["-recorded_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Protection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="記録日時")),
                (
                    "protected_at",
                    models.CharField(
                        choices=[
                            ("center", "一時保護所"),
                            ("home", "施設に委託"),
                            ("foster", "里親等に委託"),
                            ("hospital", "病院に委託"),
                            ("other", "その他"),
                        ],
                        max_length=8,
                        verbose_name="保護の場所",
                    ),
                ),
                (
                    "consent",
                    models.BooleanField(blank=True, null=True, verbose_name="親権者等の同意"),
                ),
                ("consent_on", models.DateField(blank=True, null=True, verbose_name="同意の日")),
                (
                    "warrant_asked_on",
                    models.DateField(blank=True, null=True, verbose_name="一時保護状を請求した日"),
                ),
                (
                    "warrant_given_on",
                    models.DateField(blank=True, null=True, verbose_name="一時保護状が出た日"),
                ),
                (
                    "warrant_refused_on",
                    models.DateField(blank=True, null=True, verbose_name="請求が却下された日"),
                ),
                (
                    "prolonged_on",
                    models.DateField(blank=True, null=True, verbose_name="延長の手続をした日"),
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
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.child",
                        verbose_name="児童",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.home",
                        verbose_name="施設",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="記録した人",
                    ),
                ),
                (
                    "stay",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protection",
                        to="care.placement",
                        verbose_name="期間",
                    ),
                ),
            ],
            options={
                "verbose_name": "一時保護",
                "ordering": ["-stay__started_on", "-pk"],
            },
        ),
    ]
