"""The table of visits."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    """Make it."""

    initial = True
    dependencies: ClassVar[list[Any]] = [("register", "0001_initial")]
    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            "Visit",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("visited_on", models.DateField("訪問日")),
                ("people", models.BigIntegerField("人数")),
                ("remarks", models.CharField("所見", max_length=1000, blank=True, null=True)),
                (
                    "authority",
                    models.ForeignKey("register.authority", PROTECT, "+", verbose_name="自治体"),
                ),
                ("home", models.ForeignKey("register.home", PROTECT, verbose_name="施設")),
            ],
            options={
                "ordering": ["home", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=["home", "visited_on"], name="visit_once_a_day")
                ],
            },
        )
    ]
