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
            name="Seal",
            fields=[
                (
                    "number",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="番号"),
                ),
                ("event_id", models.BigIntegerField(unique=True, verbose_name="記録の番号")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
            ],
            options={
                "verbose_name": "封印",
            },
        ),
        migrations.CreateModel(
            name="SealCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                ("sealed", models.BigIntegerField(verbose_name="封印の数")),
                ("broken", models.TextField(blank=True, verbose_name="見つかったこと")),
            ],
            options={
                "verbose_name": "封印の確認",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SentForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True, verbose_name="送信の鍵")),
                ("request", models.UUIDField(verbose_name="受け付けた要求")),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="日時")),
                ("answer", models.CharField(blank=True, max_length=2000, verbose_name="行き先")),
            ],
            options={
                "verbose_name": "受け付けた送信",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                ("actor_name", models.CharField(max_length=100, verbose_name="氏名")),
                ("action", models.CharField(max_length=40, verbose_name="操作")),
                ("subject_kind", models.CharField(max_length=40, verbose_name="対象の種類")),
                ("subject_id", models.BigIntegerField(null=True)),
                ("subject", models.CharField(max_length=300, verbose_name="対象")),
                ("subject_en", models.CharField(max_length=300, null=True, verbose_name="対象")),
                ("before", models.JSONField(default=dict, verbose_name="変更前")),
                ("after", models.JSONField(default=dict, verbose_name="変更後")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="利用者",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.authority",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="register.home",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        fields=["authority", "-at"], name="audit_event_authori_ae6dab_idx"
                    ),
                    models.Index(
                        fields=["authority", "-id"], name="audit_event_authori_cd5d7e_idx"
                    ),
                    models.Index(
                        fields=["subject_kind", "subject_id"], name="audit_event_subject_9d1101_idx"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                ("actor_name", models.CharField(max_length=100, verbose_name="氏名")),
                ("what", models.CharField(max_length=200, verbose_name="見たもの")),
                ("rows", models.PositiveIntegerField(verbose_name="行数")),
                ("child", models.BigIntegerField(null=True, verbose_name="児童の番号")),
                ("relation", models.CharField(max_length=20, null=True, verbose_name="関係")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.authority",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="register.home",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["authority", "-at"], name="audit_look_authori_7f70f2_idx")
                ],
            },
        ),
    ]
