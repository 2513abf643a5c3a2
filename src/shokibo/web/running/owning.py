"""On PostgreSQL, two roles: one owns the tables and migrates, the program runs as the other.

The role of the program reads and writes rows. It can't empty a table, switch a trigger off or
change a table, and to the log it can only add.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
from django.conf import settings
from django.db import connection

_ONLY_GROW = ("audit_event", "audit_look", "audit_seal", "audit_sealcheck")
"""Tables to which rows are only added."""
_ONLY_READ = ("django_migrations",)


@contextmanager
def as_owner() -> Iterator[None]:
    """Be the owner within, where SHOKIBO_OWNER_DATABASE_URL names one; then the program's role.

    Afterwards the program's role has what it needs, on tables that were added too.
    """
    address = settings.ENVIRONMENT.owner_database_url
    if not address or connection.vendor != "postgresql":
        yield
        return
    runtime = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(dj_database_url.parse(address))
    try:
        yield
        role = connection.ops.quote_name(runtime["USER"])
        with connection.cursor() as cursor:
            for statement in (
                f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
                f"REVOKE CREATE ON SCHEMA public FROM {role}",
                f"GRANT USAGE ON SCHEMA public TO {role}",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
                f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
                *(f"REVOKE UPDATE, DELETE ON {table} FROM {role}" for table in _ONLY_GROW),
                *(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}" for table in _ONLY_READ),
            ):
                cursor.execute(statement)
    finally:
        connection.close()
        connection.settings_dict.update(runtime)
