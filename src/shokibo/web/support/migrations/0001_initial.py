import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommunityEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("held_on", models.DateField(verbose_name="実施日")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("neighbourhood", "町会・自治会"),
                            ("school", "学校"),
                            ("event", "行事"),
                            ("volunteer", "ボランティア"),
                            ("offices", "庁内連携"),
                            ("publicity", "広報"),
                            ("other", "その他"),
                        ],
                        max_length=13,
                        verbose_name="区分",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="内容")),
                (
                    "participants",
                    models.BigIntegerField(blank=True, null=True, verbose_name="人数"),
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
                "ordering": ["authority", "-held_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("home", "unit", "held_on", "kind", "what"),
                        name="community_of_unit_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("home", "held_on", "kind", "what"),
                        name="community_of_home_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("home__isnull", True)),
                        fields=("authority", "held_on", "kind", "what"),
                        name="community_of_authority_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("participants__isnull", True),
                            ("participants__gte", 0),
                            _connector="OR",
                        ),
                        name="community_participants_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilySupport",
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
                    "supported",
                    models.BigIntegerField(blank=True, null=True, verbose_name="支援した児童数"),
                ),
                (
                    "returned_home",
                    models.BigIntegerField(blank=True, null=True, verbose_name="家庭復帰"),
                ),
                (
                    "to_foster",
                    models.BigIntegerField(blank=True, null=True, verbose_name="里親等委託"),
                ),
                (
                    "to_adoption",
                    models.BigIntegerField(blank=True, null=True, verbose_name="養子縁組"),
                ),
                (
                    "activities",
                    models.CharField(
                        blank=True, max_length=1000, null=True, verbose_name="専門的な支援の内容"
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
                "ordering": ["home", "-fiscal_year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("home", "fiscal_year"), name="family_support_once_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supported__isnull", True), ("supported__gte", 0), _connector="OR"
                        ),
                        name="family_support_supported_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_home__isnull", True),
                            ("returned_home__gte", 0),
                            _connector="OR",
                        ),
                        name="family_support_returned_home_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_foster__isnull", True), ("to_foster__gte", 0), _connector="OR"
                        ),
                        name="family_support_to_foster_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_adoption__isnull", True), ("to_adoption__gte", 0), _connector="OR"
                        ),
                        name="family_support_to_adoption_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hiring",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("fiscal_year", models.BigIntegerField(verbose_name="年度")),
                ("planned", models.BigIntegerField(blank=True, null=True, verbose_name="採用予定")),
                ("hired", models.BigIntegerField(blank=True, null=True, verbose_name="採用")),
                ("left", models.BigIntegerField(blank=True, null=True, verbose_name="離職")),
                (
                    "measures",
                    models.CharField(
                        blank=True, max_length=1000, null=True, verbose_name="確保の取組"
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
                "ordering": ["home", "-fiscal_year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("home", "fiscal_year"), name="hiring_once_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned__isnull", True), ("planned__gte", 0), _connector="OR"
                        ),
                        name="hiring_planned_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hired__isnull", True), ("hired__gte", 0), _connector="OR"
                        ),
                        name="hiring_hired_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left__isnull", True), ("left__gte", 0), _connector="OR"
                        ),
                        name="hiring_left_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=100, verbose_name="物件ID")),
                ("found_on", models.DateField(verbose_name="把握日")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("vacant_house", "空き家等の情報"),
                            ("agent", "不動産業者"),
                            ("public_property", "公有財産"),
                            ("operator", "法人・施設"),
                            ("other", "その他"),
                        ],
                        max_length=15,
                        verbose_name="情報源",
                    ),
                ),
                ("area", models.CharField(max_length=200, verbose_name="所在地")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "情報提供"),
                            ("visited", "内見"),
                            ("negotiating", "交渉中"),
                            ("contracted", "契約"),
                            ("opened", "開設"),
                            ("dropped", "見送り"),
                        ],
                        max_length=11,
                        verbose_name="状態",
                    ),
                ),
                ("state_on", models.DateField(verbose_name="状態の日")),
                (
                    "planned_year",
                    models.BigIntegerField(blank=True, null=True, verbose_name="開設予定年度"),
                ),
                (
                    "capacity",
                    models.BigIntegerField(blank=True, null=True, verbose_name="見込定員"),
                ),
                (
                    "monthly_rent",
                    models.BigIntegerField(blank=True, null=True, verbose_name="月額家賃"),
                ),
                (
                    "initial_cost",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="礼金・仲介手数料等"
                    ),
                ),
                (
                    "equipment_cost",
                    models.BigIntegerField(blank=True, null=True, verbose_name="備品購入費"),
                ),
                (
                    "conversion_cost",
                    models.BigIntegerField(blank=True, null=True, verbose_name="改築費"),
                ),
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
                "ordering": ["authority", "-state_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "code"), name="lead_code_once"),
                    models.UniqueConstraint(fields=("unit",), name="lead_unit_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("found_on__isnull", True),
                            ("state_on__isnull", True),
                            ("state_on__gte", models.F("found_on")),
                            _connector="OR",
                        ),
                        name="lead_state_not_before_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "opened"), _negated=True),
                            ("unit__isnull", False),
                            _connector="OR",
                        ),
                        name="lead_opened_with_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capacity__isnull", True), ("capacity__gte", 0), _connector="OR"
                        ),
                        name="housing_capacity_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("monthly_rent__isnull", True),
                            ("monthly_rent__gte", 0),
                            _connector="OR",
                        ),
                        name="housing_monthly_rent_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("initial_cost__isnull", True),
                            ("initial_cost__gte", 0),
                            _connector="OR",
                        ),
                        name="housing_initial_cost_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("equipment_cost__isnull", True),
                            ("equipment_cost__gte", 0),
                            _connector="OR",
                        ),
                        name="housing_equipment_cost_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversion_cost__isnull", True),
                            ("conversion_cost__gte", 0),
                            _connector="OR",
                        ),
                        name="housing_conversion_cost_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("done_on", models.DateField(verbose_name="実施日")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("third_party", "第三者評価"),
                            ("self", "自己評価"),
                            ("complaints", "苦情解決"),
                            ("childrens_voice", "意見表明等支援"),
                            ("other", "その他"),
                        ],
                        max_length=15,
                        verbose_name="区分",
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="公表日")),
                (
                    "result",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="結果"),
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
                "ordering": ["home", "-done_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("home", "done_on", "kind"), name="quality_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("done_on", models.DateField(verbose_name="実施日")),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("duty_information", "情報共有"),
                            ("duty_management", "マネジメント"),
                            ("duty_supervision", "スーパーバイズ"),
                            ("duty_mental_health", "メンタルヘルス"),
                            ("duty_relief", "応援支援"),
                            ("duty_community", "地域社会との関係性の構築"),
                            ("other", "その他"),
                        ],
                        max_length=18,
                        verbose_name="支援",
                    ),
                ),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("head", "施設長"),
                            ("senior_worker", "基幹的職員"),
                            ("backup_worker", "バックアップ職員"),
                            ("other", "その他"),
                        ],
                        max_length=13,
                        verbose_name="支援した人",
                    ),
                ),
                ("minutes", models.BigIntegerField(blank=True, null=True, verbose_name="分")),
                (
                    "note",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="内容"),
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
                "ordering": ["home", "-done_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("home", "unit", "done_on", "duty", "by"),
                        name="support_of_unit_once_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("home", "done_on", "duty", "by"),
                        name="support_of_home_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minutes__isnull", True), ("minutes__gte", 0), _connector="OR"
                        ),
                        name="support_log_minutes_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=100, verbose_name="研修ID")),
                ("held_on", models.DateField(verbose_name="実施日")),
                ("title", models.CharField(max_length=200, verbose_name="研修名")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("high_function", "高機能化"),
                            ("multi_function", "多機能化・機能転換"),
                            ("small_dispersed", "小規模かつ地域分散化"),
                            ("leader", "リーダー育成"),
                            ("supervision", "スーパーバイズ"),
                            ("other", "その他"),
                        ],
                        max_length=15,
                        verbose_name="目的",
                    ),
                ),
                ("external", models.BooleanField(blank=True, null=True, verbose_name="外部研修")),
                ("participants", models.BigIntegerField(verbose_name="参加人数")),
                ("hours", models.BigIntegerField(blank=True, null=True, verbose_name="時間")),
                ("cost", models.BigIntegerField(blank=True, null=True, verbose_name="費用")),
                ("subsidised", models.BooleanField(blank=True, null=True, verbose_name="補助対象")),
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
                        related_name="+",
                        to="register.unit",
                        verbose_name="生活単位",
                    ),
                ),
            ],
            options={
                "ordering": ["home", "-held_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "code"), name="training_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("participants__isnull", True),
                            ("participants__gte", 0),
                            _connector="OR",
                        ),
                        name="trainings_participants_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost__isnull", True), ("cost__gte", 0), _connector="OR"
                        ),
                        name="trainings_cost_not_negative",
                    ),
                ],
            },
        ),
    ]
