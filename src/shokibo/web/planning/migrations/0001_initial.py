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
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("change_capacity", "定員変更"),
                            ("open", "新設"),
                            ("close", "廃止"),
                            ("convert", "転用"),
                        ],
                        max_length=15,
                        verbose_name="取組",
                    ),
                ),
                (
                    "unit_code",
                    models.CharField(
                        blank=True, max_length=100, null=True, verbose_name="生活単位ID"
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
                (
                    "new_function",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high_care", "ケアニーズの高い児童"),
                            ("temporary_protection", "一時保護"),
                            ("family_support", "子育て支援"),
                            ("foster_support", "里親支援"),
                            ("other", "その他"),
                        ],
                        max_length=20,
                        null=True,
                        verbose_name="転用後の機能",
                    ),
                ),
                ("count", models.BigIntegerField(blank=True, null=True, verbose_name="か所数")),
                ("capacity", models.BigIntegerField(blank=True, null=True, verbose_name="定員")),
                (
                    "announced",
                    models.BooleanField(blank=True, null=True, verbose_name="主な取組みに記載"),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="備考"),
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
                "ordering": ["authority", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("number", models.PositiveIntegerField(verbose_name="版")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "起案中"),
                            ("published", "公表"),
                            ("sent_back", "差戻し"),
                            ("taken_back", "取消し"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("note", models.TextField(max_length=1000, verbose_name="変更の内容")),
                ("snapshot", models.JSONField(verbose_name="内容")),
                ("figures", models.JSONField(verbose_name="数値")),
                ("sha256", models.CharField(max_length=64)),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="起案日時")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="決裁日時"),
                ),
                (
                    "comment",
                    models.TextField(blank=True, max_length=1000, verbose_name="理由・所見"),
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "計画の版",
                "ordering": ["authority", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "number"), name="plan_version_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("authority",),
                        name="plan_version_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_version_decision_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plan_version_decided_once_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", models.F("proposed_by")),
                            ("state", "published"),
                            _negated=True,
                        ),
                        name="plan_version_four_eyes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Population",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
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
                ("children", models.BigIntegerField(verbose_name="児童人口")),
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
                    models.UniqueConstraint(
                        fields=("authority", "fiscal_year", "age_band"), name="population_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("main_six_or_more", "本体6人以上"),
                            ("main_five_to_four", "本体5～4人"),
                            ("main_capacity", "本体定員"),
                            ("group_six_or_more", "グループホーム6人以上"),
                            ("group_five_to_four", "グループホーム5～4人"),
                            ("group_count", "グループホームのか所数"),
                            ("group_capacity", "グループホームの定員"),
                            ("total", "合計定員"),
                        ],
                        max_length=18,
                        verbose_name="項目",
                    ),
                ),
                ("value", models.BigIntegerField(blank=True, null=True, verbose_name="値")),
                ("approximate", models.BooleanField(blank=True, null=True, verbose_name="程度")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="理由"),
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
                "ordering": ["authority", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "fiscal_year", "item"), name="target_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CareRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
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
                    "in_care_per_10000",
                    models.CharField(max_length=20, verbose_name="代替養育率(1万人あたり)"),
                ),
                ("foster_rate", models.CharField(max_length=20, verbose_name="里親等委託率(%)")),
                (
                    "source",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="出典"),
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
                "ordering": ["authority", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "fiscal_year", "age_band"), name="care_rate_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
                ("item", models.CharField(max_length=200, verbose_name="項目")),
                ("account", models.CharField(max_length=200, verbose_name="科目")),
                (
                    "timing",
                    models.CharField(
                        choices=[("initial", "初期"), ("annual", "年間")],
                        max_length=7,
                        verbose_name="区分",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opened_home", "新設グループホーム"),
                            ("converted_unit", "転用ユニット"),
                            ("year", "年度"),
                            ("extra_staff_month", "加配職員1人1か月"),
                            ("backup_month", "バックアップ職員1人1か月"),
                            ("reduced_unit", "定員引下げ"),
                        ],
                        max_length=17,
                        null=True,
                        verbose_name="単位",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金額(円)")),
                (
                    "programme",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="国の制度"
                    ),
                ),
                (
                    "revenue_account",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="歳入科目"
                    ),
                ),
                (
                    "national_share",
                    models.CharField(
                        blank=True, max_length=20, null=True, verbose_name="国の負担割合"
                    ),
                ),
                (
                    "prefecture_programme",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="都道府県の制度"
                    ),
                ),
                (
                    "prefecture_share",
                    models.CharField(
                        blank=True, max_length=20, null=True, verbose_name="都道府県の負担割合"
                    ),
                ),
                (
                    "eligible_rule",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="対象経費"
                    ),
                ),
                (
                    "months",
                    models.BigIntegerField(blank=True, null=True, verbose_name="初年度の月数"),
                ),
                (
                    "source",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="出典"),
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
                "ordering": ["authority", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("basis__isnull", False)),
                        fields=("authority", "fiscal_year", "item", "account", "timing", "basis"),
                        name="cost_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("basis__isnull", True)),
                        fields=("authority", "fiscal_year", "item", "account", "timing"),
                        name="cost_once_of_blank_basis",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
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
                ("children", models.BigIntegerField(verbose_name="人数")),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[("forecast", "推計"), ("actual", "実績")],
                        max_length=8,
                        null=True,
                        verbose_name="区分",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="備考"),
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
                "ordering": ["authority", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "fiscal_year", "age_band"), name="need_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(max_length=200, verbose_name="計画名")),
                ("baseline_on", models.DateField(verbose_name="基準日")),
                ("from_year", models.BigIntegerField(verbose_name="計画開始年度")),
                ("to_year", models.BigIntegerField(verbose_name="計画終了年度")),
                (
                    "goal_year",
                    models.BigIntegerField(blank=True, null=True, verbose_name="長期目標年度"),
                ),
                (
                    "period_from",
                    models.DateField(blank=True, null=True, verbose_name="計画期間開始日"),
                ),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="策定日")),
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
                "constraints": [
                    models.UniqueConstraint(fields=("authority",), name="plan_one_of_an_authority"),
                    models.CheckConstraint(
                        condition=models.Q(("to_year__gte", models.F("from_year"))),
                        name="plan_end_not_before_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("name", models.CharField(max_length=100, verbose_name="ファイル名")),
                ("content", models.BinaryField(verbose_name="内容")),
                ("sha256", models.CharField(max_length=64)),
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
                "verbose_name": "計画の図",
                "ordering": ["authority", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "name"), name="plan_picture_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("趣旨", "趣旨"),
                            ("経緯", "経緯"),
                            ("考え方", "考え方"),
                            ("目指すもの", "目指すもの"),
                            ("計画期間", "計画期間"),
                            ("状況-定員", "状況-定員"),
                            ("状況-入所", "状況-入所"),
                            ("状況-個別的ケア", "状況-個別的ケア"),
                            ("必要量", "必要量"),
                            ("各施設の取組", "各施設の取組"),
                            ("目標", "目標"),
                            ("支援-住宅", "支援-住宅"),
                            ("支援-人材", "支援-人材"),
                            ("支援-児童相談所", "支援-児童相談所"),
                            ("支援-地域", "支援-地域"),
                            ("経費", "経費"),
                            ("スケジュール", "スケジュール"),
                            ("構成", "構成"),
                            ("報告-主旨", "報告-主旨"),
                            ("報告-趣旨", "報告-趣旨"),
                            ("報告-経緯", "報告-経緯"),
                            ("報告-考え方", "報告-考え方"),
                            ("報告-目指すもの", "報告-目指すもの"),
                            ("報告-計画期間", "報告-計画期間"),
                            ("報告-目標", "報告-目標"),
                            ("報告-支援", "報告-支援"),
                            ("報告-経費", "報告-経費"),
                        ],
                        max_length=20,
                        verbose_name="節",
                    ),
                ),
                ("source", models.TextField(verbose_name="文章")),
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
                "verbose_name": "計画の文章",
                "ordering": ["authority", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "section"), name="plan_text_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanFile",
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
                        to="planning.planversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "計画の文書",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
    ]
