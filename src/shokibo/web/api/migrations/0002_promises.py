"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen, NotReplaced


class Migration(migrations.Migration):
    """Triggers and constraints."""

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
        Frozen("token_bound", "api_apitoken", "TRUE", ("membership_id",)),
        Frozen("token_factor", "api_apitoken", "TRUE", ("has_factor",)),
        Frozen("token_revoked", "api_apitoken", "OLD.revoked_at IS NOT NULL"),
        NotReplaced("api_apitoken_not_replaced", "api_apitoken", "TRUE"),
    ]
