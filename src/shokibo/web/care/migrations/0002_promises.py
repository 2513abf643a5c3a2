"""A child is in one place on a day."""

from django.db import migrations

from shokibo.web.database import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial")]
    operations = [
        NoOverlap("placement_no_overlap", "care_placement", ("child_id",), "started_on", "ended_on")
    ]
