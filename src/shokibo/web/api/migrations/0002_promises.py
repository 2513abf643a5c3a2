"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen


class Migration(migrations.Migration):
    """A token is never deleted nor widened; a revoked one never lives again."""

    dependencies: ClassVar = [("api", "0001_initial")]
    operations: ClassVar = [
        Frozen(
            "token_kept",
            "api_apitoken",
            "TRUE",
            (
                "person_id",
                "authority_id",
                "name",
                "prefix",
                "digest",
                "scopes",
                "made_at",
                "expires_at",
            ),
        ),
        Frozen("token_revoked", "api_apitoken", "OLD.revoked_at IS NOT NULL"),
    ]
