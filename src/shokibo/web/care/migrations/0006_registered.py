"""When a child was registered; of those that are there the log knows."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone


def from_the_log(apps: Any, _schema_editor: Any) -> None:
    child, event = apps.get_model("care", "Child"), apps.get_model("audit", "Event")
    registered = event.objects.filter(
        subject_kind="care.child", action__in=("care.register", "care.take_over")
    )
    for pk, at in registered.order_by("pk").values_list("subject_id", "at"):
        child.objects.filter(pk=pk).update(registered_at=at)


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0005_codes_of_an_authority"),
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="child",
            name="registered_at",
            field=models.DateTimeField(
                auto_now_add=True, default=timezone.now, verbose_name="登録日時"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(from_the_log, migrations.RunPython.noop),
    ]
