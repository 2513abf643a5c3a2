from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0006_looks_at_children"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="subject_en",
            field=models.CharField(max_length=300, null=True, verbose_name="対象"),
        ),
    ]
