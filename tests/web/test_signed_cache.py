"""The cache in the database hands back what this installation wrote, and runs nothing else."""

import base64
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from shokibo.web import settings as production
from shokibo.web.base.signed_cache import SignedDatabaseCache

TABLE = "test_signed_cache"


@pytest.fixture
def cache(db: None) -> Iterator[SignedDatabaseCache]:
    call_command("createcachetable", TABLE)
    yield SignedDatabaseCache(TABLE, {})
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def _stored(key: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT value FROM {TABLE} WHERE cache_key = %s", [f":1:{key}"])  # noqa: S608
        return str(cursor.fetchone()[0])


def _write(key: str, stored: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLE} SET value = %s WHERE cache_key = %s",  # noqa: S608
            [stored, f":1:{key}"],
        )


class _Touch:
    """A pickle that touches a file when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("value", [1, "y", [1.5, 2.5], {"a": (1, None)}, b"x" * 5000, Path("a")])
def test_a_value_comes_back(cache: SignedDatabaseCache, value: object) -> None:
    cache.set("k", value)
    assert cache.get("k") == value
    assert cache.get_many(["k", "missing"]) == {"k": value}


def test_it_adds_once_counts_touches_and_forgets(cache: SignedDatabaseCache) -> None:
    assert cache.add("k", 1)
    assert not cache.add("k", 5)
    assert cache.incr("k") == 2
    assert cache.touch("k", 60)
    assert cache.get("k") == 2
    cache.set("gone", 1, timeout=-1)
    assert cache.get("gone") is None
    cache.delete("k")
    assert cache.get("k") is None


@pytest.mark.parametrize("inner", [False, True], ids=["the row", "within the bytes of a row"])
def test_code_written_into_the_table_never_runs(
    cache: SignedDatabaseCache, tmp_path: Path, inner: bool
) -> None:
    cache.set("k", 1)
    trap = pickle.dumps(_Touch(tmp_path / "ran"))
    if inner:
        trap = pickle.dumps(b"\0" * 32 + trap)
    _write("k", base64.b64encode(trap).decode())
    assert cache.get("k") is None
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("stored", ["", "no base64!", base64.b64encode(b"\x80").decode()])
def test_a_damaged_row_is_as_none(cache: SignedDatabaseCache, stored: str) -> None:
    cache.set("k", 1)
    _write("k", stored)
    assert cache.get("k", "default") == "default"


def test_a_value_holds_under_its_own_key_alone(cache: SignedDatabaseCache) -> None:
    cache.set("mine", "mine")
    cache.set("yours", "yours")
    _write("yours", _stored("mine"))
    assert cache.get("yours") is None


def test_another_installation_s_row_is_as_none(cache: SignedDatabaseCache) -> None:
    cache.set("k", 1)
    with override_settings(SECRET_KEY="another" * 10):
        assert cache.get("k") is None
        cache.set("k", 2)
        assert cache.get("k") == 2


def test_the_program_keeps_no_other_pickles() -> None:
    assert production.CACHES["default"]["BACKEND"] == (
        "shokibo.web.base.signed_cache.SignedDatabaseCache"
    )
    assert production.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    sources = Path(production.__file__).parent.rglob("*.py")
    using = {path.name for path in sources if "import pickle" in path.read_text("utf-8")}
    assert using == {"signed_cache.py", "isolation.py"}  # the latter: from a process of its own
