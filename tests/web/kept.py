"""Rows that tests start from: made once, then put back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.sql import InsertQuery

Values = tuple[str | int | dt.datetime | dt.date | None, ...]

_AT_ONCE = 500
"""So many rows have fewer values than a statement takes."""


class Kept:
    """What was added to the database once: putting its rows back takes a tenth of making them."""

    def __init__(self) -> None:
        self._rows: list[tuple[type[Model], list[dict[str, Any]]]] = []
        self._inserts: list[tuple[str, Values]] = []
        """The statements that put the rows back, once they did: a tenth of that again."""

    def put(self, make: Callable[[], object]) -> None:
        """Add the rows, by `make` for the first time."""
        if not self._rows:
            before = {model: set(_all(model).values_list("pk", flat=True)) for model in _models()}
            make()
            self._rows = [(model, _new(model, there)) for model, there in before.items()]
        elif not self._inserts:
            with connection.execute_wrapper(self._keep), transaction.atomic():
                for model, rows in self._rows:
                    for first in range(0, len(rows), _AT_ONCE):
                        _insert(model, rows[first : first + _AT_ONCE])
        else:
            with connection.cursor() as cursor, transaction.atomic():
                for statement, values in self._inserts:
                    cursor.execute(statement, values)

    def _keep(
        self,
        execute: Callable[..., object],
        statement: str,
        values: Values,
        many: bool,
        context: object,
    ) -> object:
        if statement.startswith("INSERT"):
            asks_for_no_key = statement.partition(" RETURNING ")[0]
            self._inserts.append((asks_for_no_key, values))
        return execute(statement, values, many, context)


def _models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith(("shokibo.", "allauth.mfa", "django.contrib.sessions"))
    ]


def _insert(model: type[Model], rows: list[dict[str, Any]]) -> None:
    """Add rows as they were, with the times at which they were made."""
    query = InsertQuery(model)
    query.insert_values(model._meta.concrete_fields, [model(**row) for row in rows], raw=True)
    query.get_compiler(connection=connection).execute_sql()


def _all(model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.order_by("pk")


def _new(model: type[Model], before: set[Any]) -> list[dict[str, Any]]:
    return [row for row in _all(model).values() if row[model._meta.pk.attname] not in before]
