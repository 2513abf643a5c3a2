from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="作成日時")),
                ("sender", models.CharField(max_length=320, verbose_name="差出人")),
                ("recipients", models.JSONField(verbose_name="宛先")),
                ("subject", models.CharField(max_length=998, verbose_name="件名")),
                ("body", models.TextField(verbose_name="本文")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="試した回数")),
            ],
            options={
                "verbose_name": "送信待ちのメール",
            },
        ),
    ]
