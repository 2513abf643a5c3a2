"""On PostgreSQL the program's role can't rewrite the log; `verify` finds what the owner did."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from scripts.with_postgresql import server
from tests.web.test_running import _environment, _run

EXAMPLE = Path(__file__).parents[2] / "examples" / "form1"
LOG = ("audit_event", "audit_look", "audit_seal", "audit_sealcheck")


@pytest.fixture(scope="module")
def addresses() -> Iterator[tuple[str, str]]:
    """Return a server's addresses for the owner and for the program."""
    with server() as started:
        with psycopg.connect(started.address, autocommit=True) as made:
            made.execute("CREATE ROLE keeper LOGIN SUPERUSER")
            made.execute("CREATE ROLE runner LOGIN")
            made.execute("CREATE DATABASE office OWNER keeper")
        yield tuple(  # type: ignore[misc]
            started.address.replace("//shokibo@", f"//{role}@").replace("/postgres", "/office")
            for role in ("keeper", "runner")
        )


@pytest.fixture(scope="module")
def environment(
    addresses: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Return the program's settings, after the owner migrated and a ledger was loaded."""
    owner, runner = addresses
    given = _environment(tmp_path_factory.mktemp("var"), DATABASE_URL=runner)
    migrated = _run({**given, "SHOKIBO_OWNER_DATABASE_URL": owner}, "migrate")
    assert migrated.returncode == 0, migrated.stderr
    loaded = _run(given, "load", EXAMPLE)
    assert loaded.returncode == 0, loaded.stderr
    return given


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE {table}",
        "TRUNCATE {table} CASCADE",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "UPDATE {table} SET at = at",
        "DELETE FROM {table}",
        "DROP TABLE {table}",
        "DROP FUNCTION {table}_kept() CASCADE",
        "SET session_replication_role = replica",
    ],
)
def test_the_programs_role_can_only_add(
    addresses: tuple[str, str], environment: dict[str, str], statement: str, table: str
) -> None:
    with (
        psycopg.connect(addresses[1]) as runner,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        runner.execute(statement.format(table=table))


def test_frozen_rows_stay_frozen(addresses: tuple[str, str], environment: dict[str, str]) -> None:
    with psycopg.connect(addresses[1]) as runner:
        for table in ("certification_application", "returns_return", "planning_planversion"):
            for statement in ("TRUNCATE {} CASCADE", "ALTER TABLE {} DISABLE TRIGGER ALL"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    runner.execute(statement.format(table))
                runner.rollback()


def test_verify_finds_what_the_owner_changed(
    addresses: tuple[str, str], environment: dict[str, str]
) -> None:
    held = _run(environment, "verify")
    assert held.returncode == 0, held.stderr
    assert "書き換えはありません" in held.stderr
    with psycopg.connect(addresses[0]) as owner:
        owner.execute("ALTER TABLE audit_event DISABLE TRIGGER ALL")
        owner.execute(
            "UPDATE audit_event SET reason = '別' WHERE id = "
            "(SELECT event_id FROM audit_seal WHERE number = 2)"
        )
    broken = _run(environment, "verify")
    assert broken.returncode == 1
    assert "封印2番の記録" in broken.stderr


@pytest.mark.parametrize("seal", ["", "x", "1:abc", "１:" + "0" * 64])
def test_a_seal_that_is_none_is_refused(environment: dict[str, str], seal: str) -> None:
    refused = _run(environment, "verify", "--seal", seal)
    assert refused.returncode == (2 if seal else refused.returncode)
    assert "Traceback" not in refused.stderr
