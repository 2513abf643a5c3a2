from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Drill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="実施日時")),
                ("into", models.CharField(max_length=20, verbose_name="戻した先")),
                ("rows", models.PositiveBigIntegerField(default=0, verbose_name="行数")),
                ("seconds", models.PositiveIntegerField(default=0, verbose_name="秒")),
                ("failure", models.TextField(blank=True, verbose_name="失敗の理由")),
            ],
            options={
                "verbose_name": "復元の確認",
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="作成日時")),
            ],
            options={
                "verbose_name": "練習",
            },
        ),
    ]
