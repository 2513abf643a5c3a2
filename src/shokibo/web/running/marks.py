"""Whether a database is a practice's, which `serve --demo` made and marked, or an office's.

Both checks work on a database of any version, before it is upgraded.
"""

from django.db import connection

from shokibo.web.base.refusal import RefusedError
from shokibo.web.running.backup import backed_up
from shokibo.web.running.models import Practice


def check_for_practice() -> None:
    """Refuse a practice in a non-empty database that is not marked as a practice's."""
    if not _is_practice() and any(_holds_rows(model._meta.db_table) for model in backed_up()):
        raise RefusedError(
            "このデータベースには練習用でないものがあるため、--demo では始めません。"
            "練習用の利用者は、どこにも作っていません。DATABASE_URL と SHOKIBO_VAR を外すか、"
            "別の空のフォルダを指定してください(以前の版の練習用なら、そのフォルダを消してください)。",
            "This database holds something that is not a practice's; --demo does not start on it, "
            "and no person for practice was made. Leave out DATABASE_URL and SHOKIBO_VAR, or name "
            "an empty folder (if it is the practice of a former version, delete the folder).",
        )


def check_for_office() -> None:
    """Refuse production in the database of a practice, whose passwords everybody knows."""
    if _is_practice():
        raise RefusedError(
            "このデータベースは練習用です。だれもが知っているパスワードの利用者がいます。"
            "練習なら --demo を付けて始め、実務なら DATABASE_URL か SHOKIBO_VAR で"
            "別のデータベースを指定してください。",
            "This is the database of a practice, with people whose password everybody knows. "
            "Start with --demo to practise; for work in earnest name another by DATABASE_URL or "
            "SHOKIBO_VAR.",
        )


def _is_practice() -> bool:
    return _holds_rows(Practice._meta.db_table)


def _holds_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None
