"""Texts are as long as the ledger declares, and what is made of them is kept however long it is."""

import pytest
from django.db.models import CharField

from shokibo.ledger.columns import Column, Table
from shokibo.ledger.tables import TABLES
from shokibo.web.audit.models import LONGEST_LOOK, Look
from shokibo.web.store.mapping import MAPPED
from tests.web.world import World

TEXTS = [
    (table, column)
    for table in TABLES
    for column in table.columns
    if column.longest and not column.refers
]


@pytest.mark.parametrize(
    ("table", "column"), TEXTS, ids=[f"{table.name}.{column.name}" for table, column in TEXTS]
)
def test_a_column_is_kept_as_long_as_it_is_declared(table: Table, column: Column) -> None:
    mapped = MAPPED[table.name]
    field = mapped.model._meta.get_field(mapped.field(column.name))
    assert isinstance(field, CharField)
    assert field.max_length == column.longest


def test_a_look_at_what_has_a_long_name_is_kept(world: World) -> None:
    world.office("officer").looked("生活単位の職員:" + "家" * 200, 1)
    assert len(Look.objects.get().what) == LONGEST_LOOK
