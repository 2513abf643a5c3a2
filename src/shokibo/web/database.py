"""Guarantees enforced by the database itself, SQLite or PostgreSQL: operations of migrations.

A later migration that alters one of these tables on SQLite builds it again and drops its triggers;
it has to repeat the operation. A test looks for every trigger after all migrations.
"""

from abc import ABC, abstractmethod
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class Promise(Operation, ABC):
    """An operation that changes no model, only what the database refuses."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Add the triggers or the constraint."""
        for statement in self.statements(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Remove them again."""
        for statement in self.undoing(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    @abstractmethod
    def statements(self, vendor: str) -> list[str]:
        """Return the SQL that makes the promise."""

    @abstractmethod
    def undoing(self, vendor: str) -> list[str]:
        """Return the SQL that removes it."""


class Frozen(Promise):
    """Rows meeting `condition` can't be deleted, nor some of their columns changed.

    `condition` speaks of the row as OLD; TRUE makes a table that only grows. Without `columns`
    nothing of the row can change.
    """

    def __init__(
        self, name: str, table: str, condition: str, columns: tuple[str, ...] = ()
    ) -> None:
        self.name, self.table, self.condition, self.columns = name, table, condition, columns

    def describe(self) -> str:
        """Describe what the operation does."""
        return f"Refuse changes of {self.table} where {self.condition}"

    def statements(self, vendor: str) -> list[str]:
        """Return a trigger for each of UPDATE and DELETE."""
        on_postgresql = vendor == "postgresql"
        differs = "IS DISTINCT FROM" if on_postgresql else "IS NOT"
        changed = " OR ".join(f"OLD.{c} {differs} NEW.{c}" for c in self.columns)
        conditions = {
            "UPDATE": f"{self.condition} AND ({changed})" if changed else self.condition,
            "DELETE": self.condition,
        }
        if not on_postgresql:
            return [
                f"CREATE TRIGGER {self.name}_{verb.lower()} BEFORE {verb} ON {self.table} "
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
                for verb, condition in conditions.items()
            ]
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$",
            *(
                f"CREATE TRIGGER {self.name}_{verb.lower()} BEFORE {verb} ON {self.table} "
                f"FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {self.name}()"
                for verb, condition in conditions.items()
            ),
        ]

    def undoing(self, vendor: str) -> list[str]:
        """Drop the triggers."""
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        dropped = [f"DROP TRIGGER {self.name}_{verb}{on}" for verb in ("update", "delete")]
        return [*dropped, *([f"DROP FUNCTION {self.name}()"] if vendor == "postgresql" else [])]


class NotReplaced(Promise):
    """On SQLite: INSERT OR REPLACE can't take the place of a row for which `condition` holds.

    It deletes the row that stands without asking its triggers, unless the connection has
    recursive_triggers on. PostgreSQL has no such statement. `condition` speaks of the row as o.
    """

    def __init__(self, name: str, table: str, condition: str, key: str = "id") -> None:
        self.name, self.table, self.condition, self.key = name, table, condition, key

    def describe(self) -> str:
        """Describe what the operation does."""
        return f"Refuse to replace rows of {self.table} where {self.condition}"

    def statements(self, vendor: str) -> list[str]:
        """Return a trigger for INSERT."""
        if vendor == "postgresql":
            return []
        return [
            f"CREATE TRIGGER {self.name} BEFORE INSERT ON {self.table} WHEN EXISTS (SELECT 1 FROM "
            f"{self.table} o WHERE o.{self.key} = NEW.{self.key} AND ({self.condition})) "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
        ]

    def undoing(self, vendor: str) -> list[str]:
        """Drop the trigger."""
        return [] if vendor == "postgresql" else [f"DROP TRIGGER {self.name}"]


class FrozenWith(Frozen):
    """Rows can't be changed or deleted while `condition` holds of the row of `parent` at `link`.

    `condition` speaks of the parent's row as p.
    """

    def __init__(self, name: str, table: str, link: str, parent: str, condition: str) -> None:
        super().__init__(name, table, condition)
        self.link, self.parent = link, parent

    def describe(self) -> str:
        """Describe what the operation does."""
        return f"Refuse changes of {self.table} where {self.condition} of its {self.parent}"

    def statements(self, vendor: str) -> list[str]:
        """Return a trigger for each of UPDATE and DELETE; PostgreSQL asks within its function."""
        frozen = (
            f"EXISTS (SELECT 1 FROM {self.parent} p "
            f"WHERE p.id = OLD.{self.link} AND ({self.condition}))"
        )
        if vendor != "postgresql":
            return [
                f"CREATE TRIGGER {self.name}_{verb.lower()} BEFORE {verb} ON {self.table} "
                f"WHEN {frozen} BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
                for verb in ("UPDATE", "DELETE")
            ]
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {frozen} THEN RAISE EXCEPTION '{self.name}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            *(
                f"CREATE TRIGGER {self.name}_{verb.lower()} BEFORE {verb} ON {self.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.name}()"
                for verb in ("UPDATE", "DELETE")
            ),
        ]


class NoOverlap(Promise):
    """Rows with the same keys never overlap in time; blank keys are equal.

    `first` and `last` are columns of days; a blank one is without bound.
    """

    def __init__(self, name: str, table: str, keys: tuple[str, ...], first: str, last: str) -> None:
        self.name, self.table, self.keys, self.first, self.last = name, table, keys, first, last

    def describe(self) -> str:
        """Describe what the operation does."""
        return f"Refuse overlapping rows of {self.table}"

    def statements(self, vendor: str) -> list[str]:
        """Return an exclusion constraint, or if there is none a trigger for each verb."""
        if vendor == "postgresql":
            same = ", ".join(f"(coalesce({key}::text, '')) WITH =" for key in self.keys)
            return [
                "CREATE EXTENSION IF NOT EXISTS btree_gist",
                f"ALTER TABLE {self.table} ADD CONSTRAINT {self.name} EXCLUDE USING gist "
                f"({same}, daterange({self.first}, {self.last}, '[]') WITH &&) "
                "DEFERRABLE INITIALLY IMMEDIATE",
            ]
        same = " AND ".join(f"o.{key} IS NEW.{key}" for key in self.keys)
        overlap = (
            f"coalesce(o.{self.first}, '0001-01-01') <= coalesce(NEW.{self.last}, '9999-12-31') "
            f"AND coalesce(NEW.{self.first}, '0001-01-01') <= coalesce(o.{self.last}, '9999-12-31')"
        )
        return [
            f"CREATE TRIGGER {self.name}_{verb.lower()} BEFORE {verb} ON {self.table} WHEN EXISTS "
            f"(SELECT 1 FROM {self.table} o WHERE {same} AND {overlap}{other}) "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for verb, other in (("INSERT", ""), ("UPDATE", " AND o.id <> NEW.id"))
        ]

    def undoing(self, vendor: str) -> list[str]:
        """Drop the constraint or the triggers."""
        if vendor == "postgresql":
            return [f"ALTER TABLE {self.table} DROP CONSTRAINT {self.name}"]
        return [f"DROP TRIGGER {self.name}_{verb}" for verb in ("insert", "update")]
