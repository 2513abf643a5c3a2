"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from shokibo.web.database import Frozen, NotReplaced


class Migration(migrations.Migration):
    """Triggers and constraints."""

    dependencies: ClassVar = [("opendata", "0001_initial")]
    operations: ClassVar = [
        Frozen(
            "publication_kept",
            "opendata_publication",
            "TRUE",
            (
                "authority_id",
                "edition",
                "published_on",
                "published_at",
                "published_by_id",
                "description",
                "digest",
            ),
        ),
        Frozen("publication_withdrawn", "opendata_publication", "OLD.withdrawn_at IS NOT NULL"),
        NotReplaced("opendata_publication_not_replaced", "opendata_publication", "TRUE"),
        Frozen("published_file_kept", "opendata_publishedfile", "TRUE"),
        NotReplaced("opendata_publishedfile_not_replaced", "opendata_publishedfile", "TRUE"),
    ]
