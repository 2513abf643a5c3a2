"""A token knows whether it was made with a second factor, and never learns it later."""

from typing import ClassVar

from django.db import migrations, models

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    """A column that may be blank: SQLite adds no other without a table anew, less its triggers."""

    dependencies: ClassVar = [("api", "0004_bound_tokens")]
    operations: ClassVar = [
        migrations.AddField(
            "apitoken",
            "has_factor",
            models.BooleanField("二段階認証を確かめて発行", null=True),
        ),
        Frozen("token_factor", "api_apitoken", "TRUE", ("has_factor",)),
    ]
