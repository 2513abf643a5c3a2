import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=6, verbose_name="団体コード")),
                ("name", models.CharField(max_length=200, verbose_name="自治体名")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("prefecture", "都道府県"),
                            ("designated_city", "指定都市"),
                            ("center_city", "児童相談所設置市"),
                        ],
                        max_length=15,
                        verbose_name="自治体区分",
                    ),
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
                (
                    "homes_due",
                    models.CharField(
                        default="04-10",
                        help_text="月-日",
                        max_length=5,
                        verbose_name="施設からの申請の期限",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="問い合わせ先"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="authority_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Home",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=100, verbose_name="施設ID")),
                ("name", models.CharField(max_length=200, verbose_name="施設名")),
                ("operator", models.CharField(max_length=200, verbose_name="法人名")),
                (
                    "operator_number",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="法人番号"),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="開設日")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="廃止日")),
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
                "ordering": ["authority", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "code"), name="home_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opened_on__isnull", True),
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="home_end_not_before_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("name", models.CharField(max_length=100, verbose_name="項目")),
                ("effective_from", models.DateField(verbose_name="適用開始日")),
                (
                    "effective_to",
                    models.DateField(blank=True, null=True, verbose_name="適用終了日"),
                ),
                ("value", models.CharField(max_length=200, verbose_name="値")),
                ("source", models.CharField(max_length=1000, verbose_name="根拠")),
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
                "ordering": ["authority", "name", "effective_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_from__isnull", True),
                            ("effective_to__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="own_value_end_not_before_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("early_return", "早期の家庭復帰や里親委託等に向けた専門的な支援"),
                            ("training", "人材育成"),
                            ("long_term_plan", "概ね10年程度の計画の策定"),
                            ("duty_information", "情報共有"),
                            ("duty_management", "マネジメント"),
                            ("duty_supervision", "スーパーバイズ"),
                            ("duty_mental_health", "メンタルヘルス"),
                            ("duty_relief", "応援支援"),
                            ("duty_community", "地域社会との関係性の構築"),
                            ("duty_other", "その他必要な支援"),
                            ("coordination", "他の職員との連携"),
                        ],
                        max_length=18,
                        verbose_name="確認事項",
                    ),
                ),
                ("result", models.BooleanField(blank=True, null=True, verbose_name="結果")),
                ("confirmed_on", models.DateField(verbose_name="確認日")),
                ("holds_from", models.DateField(blank=True, null=True, verbose_name="効力開始日")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="有効期限")),
                (
                    "evidence",
                    models.CharField(
                        blank=True, max_length=1000, null=True, verbose_name="根拠資料"
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
            ],
            options={
                "ordering": ["home", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("home", "item", "confirmed_on"), name="confirmation_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("holds_from__isnull", True),
                            ("expires_on__isnull", True),
                            ("expires_on__gte", models.F("holds_from")),
                            _connector="OR",
                        ),
                        name="confirmation_end_not_before_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=100, verbose_name="職員ID")),
                ("started_on", models.DateField(verbose_name="開始日")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="終了日")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("maternity", "産前産後休業"),
                            ("childcare", "育児休業"),
                            ("sick", "病気休職"),
                            ("other", "その他"),
                        ],
                        max_length=9,
                        verbose_name="区分",
                    ),
                ),
                (
                    "counted",
                    models.BooleanField(blank=True, null=True, verbose_name="職員数に算入"),
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
            ],
            options={
                "ordering": ["home", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="absence_end_not_before_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Occupancy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("as_of", models.DateField(verbose_name="基準日")),
                (
                    "population",
                    models.CharField(
                        choices=[
                            ("residents", "区域内施設の全入所児童"),
                            ("placed", "当該自治体が措置した児童"),
                        ],
                        max_length=9,
                        verbose_name="対象",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("all", "合計"),
                            ("main", "本体施設"),
                            ("group_home", "グループホーム"),
                            ("infant_home", "乳児院"),
                            ("foster", "里親"),
                            ("family_home", "ファミリーホーム"),
                        ],
                        max_length=11,
                        verbose_name="区分",
                    ),
                ),
                ("children", models.BigIntegerField(verbose_name="入所児童数")),
                (
                    "individual_care",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="個別的ケアが必要な児童数"
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
                        to="register.home",
                        verbose_name="施設",
                    ),
                ),
            ],
            options={
                "ordering": ["authority", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("home", "as_of", "population", "place"),
                        name="occupancy_once_a_home",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("home__isnull", True)),
                        fields=("authority", "as_of", "population", "place"),
                        name="occupancy_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("children__gte", 0)), name="occupancy_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=100, verbose_name="生活単位ID")),
                ("name", models.CharField(max_length=200, verbose_name="生活単位名")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("main_unit", "本体施設ユニット"),
                            ("community_home", "地域小規模児童養護施設"),
                            ("branch_group_care", "分園型小規模グループケア"),
                            ("other_group_home", "その他のグループホーム"),
                        ],
                        max_length=17,
                        verbose_name="種別",
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="開設日")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="廃止日")),
                (
                    "area",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="所在地"),
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
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="register.unit",
                        verbose_name="前の生活単位ID",
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
            ],
            options={
                "ordering": ["home", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "code"), name="unit_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opened_on__isnull", True),
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="unit_end_not_before_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("continues", models.F("id")), _negated=True),
                        name="unit_continues_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=100, verbose_name="職員ID")),
                (
                    "job",
                    models.CharField(
                        choices=[
                            ("child_instructor", "児童指導員"),
                            ("childcare_worker", "保育士"),
                            ("other", "その他"),
                        ],
                        max_length=16,
                        verbose_name="職種",
                    ),
                ),
                (
                    "employment",
                    models.CharField(
                        choices=[("full_time", "常勤"), ("part_time", "非常勤")],
                        max_length=9,
                        verbose_name="雇用形態",
                    ),
                ),
                (
                    "weekly_hours",
                    models.BigIntegerField(blank=True, null=True, verbose_name="週勤務時間"),
                ),
                (
                    "full_time_weekly_hours",
                    models.BigIntegerField(blank=True, null=True, verbose_name="常勤の週勤務時間"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("care", "直接養育"),
                            ("backup", "バックアップ"),
                            ("support", "本体からの応援"),
                        ],
                        max_length=7,
                        verbose_name="役割",
                    ),
                ),
                ("dedicated", models.BooleanField(verbose_name="専任")),
                ("main_rota", models.BooleanField(verbose_name="本体勤務ローテーション")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="配置開始日")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="配置終了日")),
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
                "ordering": ["home", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="posting_end_not_before_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Episode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("child_code", models.CharField(max_length=100, verbose_name="児童コード")),
                ("birth_month", models.DateField(verbose_name="生年月")),
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
                    "center_code",
                    models.CharField(
                        blank=True, max_length=100, null=True, verbose_name="児童相談所コード"
                    ),
                ),
                (
                    "of_records",
                    models.BooleanField(editable=False, null=True, verbose_name="記録から作成"),
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
                "ordering": ["authority", "child_code", "started_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "child_code", "started_on"), name="episode_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="episode_end_not_before_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeProposal",
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
                            ("open", "開設"),
                            ("close", "廃止"),
                            ("kind", "種別の変更"),
                            ("capacity", "定員の変更"),
                        ],
                        max_length=10,
                        verbose_name="変更",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="適用日")),
                (
                    "unit_name",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="生活単位名"
                    ),
                ),
                (
                    "unit_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("main_unit", "本体施設ユニット"),
                            ("community_home", "地域小規模児童養護施設"),
                            ("branch_group_care", "分園型小規模グループケア"),
                            ("other_group_home", "その他のグループホーム"),
                        ],
                        max_length=17,
                        null=True,
                        verbose_name="種別",
                    ),
                ),
                ("capacity", models.BigIntegerField(blank=True, null=True, verbose_name="定員")),
                ("reason", models.TextField(verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "確認待ち"),
                            ("accepted", "登録済み"),
                            ("declined", "登録しない"),
                            ("withdrawn", "取下げ"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="申出日時")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="処理日時"),
                ),
                ("comment", models.TextField(blank=True, verbose_name="担当者から")),
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
                    "proposed_by",
                    models.ForeignKey(
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
                "ordering": ["-proposed_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_decision_paired",
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
                        name="proposal_decided_with_its_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Capacity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("effective_from", models.DateField(verbose_name="適用開始日")),
                ("capacity", models.BigIntegerField(verbose_name="定員")),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacities",
                        to="register.unit",
                        verbose_name="生活単位",
                    ),
                ),
            ],
            options={
                "ordering": ["unit", "effective_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "effective_from"), name="capacity_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__gte", 1)), name="capacity_one_or_more"
                    ),
                ],
            },
        ),
    ]
