import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="メールアドレス"),
                ),
                ("name", models.CharField(max_length=100, verbose_name="氏名")),
                ("is_active", models.BooleanField(default=True, verbose_name="利用できる")),
                (
                    "credentials_version",
                    models.PositiveIntegerField(default=1, verbose_name="認証の版"),
                ),
                ("joined_at", models.DateTimeField(auto_now_add=True, verbose_name="登録日時")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("home_staff", "施設担当者"),
                            ("officer", "自治体担当者"),
                            ("approver", "自治体決裁者"),
                            ("center_staff", "児童相談所"),
                            ("ministry", "国"),
                            ("auditor", "監査"),
                            ("admin", "システム管理"),
                        ],
                        max_length=20,
                        verbose_name="役割",
                    ),
                ),
                ("operator", models.CharField(blank=True, max_length=200, verbose_name="法人名")),
                (
                    "center_code",
                    models.CharField(
                        blank=True, max_length=100, null=True, verbose_name="児童相談所コード"
                    ),
                ),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.CharField(max_length=2000, verbose_name="画面")),
                (
                    "form",
                    models.CharField(default="", max_length=22, verbose_name="記入した画面の番号"),
                ),
                ("typed", models.TextField(verbose_name="記入した内容")),
                ("has_files", models.BooleanField(default=False, verbose_name="ファイルがあった")),
                (
                    "resumes",
                    models.BooleanField(default=False, verbose_name="次に開いたときに表示する"),
                ),
                ("at", models.DateTimeField(auto_now=True, db_index=True, verbose_name="日時")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "下書き",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("home_staff", "施設担当者"),
                            ("officer", "自治体担当者"),
                            ("approver", "自治体決裁者"),
                            ("center_staff", "児童相談所"),
                            ("ministry", "国"),
                            ("auditor", "監査"),
                            ("admin", "システム管理"),
                        ],
                        max_length=20,
                        verbose_name="役割",
                    ),
                ),
                ("operator", models.CharField(blank=True, max_length=200, verbose_name="法人名")),
                (
                    "center_code",
                    models.CharField(
                        blank=True, max_length=100, null=True, verbose_name="児童相談所コード"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="メールアドレス")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(verbose_name="有効期限")),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
