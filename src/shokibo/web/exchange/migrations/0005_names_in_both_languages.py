from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0004_runs_of_children"),
    ]

    operations = [
        migrations.RenameField("runchange", "name", "name_ja"),
        migrations.AddField(
            model_name="runchange",
            name="name_en",
            field=models.CharField(max_length=500, null=True, verbose_name="行"),
        ),
    ]
