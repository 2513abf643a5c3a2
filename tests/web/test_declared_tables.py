"""One declaration a table: pages, forms, imports and the API follow it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse

import shokibo.web
from shokibo.ledger.tables import BY_NAME
from shokibo.web.accounts.permissions import Permission
from shokibo.web.api.schemas.ledger import added_columns, changed_columns
from shokibo.web.exchange.reach import Reach
from shokibo.web.store import mapping
from shokibo.web.store.mapping import MAPPED, Mapped
from tests.web.world import World

WEB = Path(shokibo.web.__file__).parent


def test_every_table_of_the_ledger_is_declared() -> None:
    assert list(MAPPED) == list(BY_NAME)


@pytest.mark.parametrize("mapped", MAPPED.values(), ids=list(MAPPED))
def test_a_declared_page_and_its_key_are_there(mapped: Mapped) -> None:
    if mapped.page_key:
        assert mapped.page_key == "pk" or hasattr(mapped.model, mapped.page_key)
    if mapped.page:
        keys = [1] if mapped.page_key else []
        try:
            assert reverse(mapped.page, args=["990001", *keys])
        except NoReverseMatch:
            pytest.fail(f"{mapped.page} is no page")


@pytest.mark.parametrize("mapped", MAPPED.values(), ids=list(MAPPED))
def test_what_the_api_changes_is_what_the_form_asks(mapped: Mapped) -> None:
    assert tuple(column.name for column in changed_columns(mapped.table)) == mapped.form
    assert [c.name for c in added_columns(mapped.table)] == [*mapped.belongs, *mapped.form]


@pytest.mark.django_db
def test_who_reads_a_table_follows_its_declaration(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach = Reach(world.office("officer"), Permission.LEDGER_EXPORT)
    assert "homes" in reach.tables()
    hidden = replace(MAPPED["homes"], read=Permission.PEOPLE_MANAGE)
    monkeypatch.setitem(mapping.MAPPED, "homes", hidden)
    assert "homes" not in reach.tables()


def test_no_other_module_of_the_web_says_what_each_table_is() -> None:
    keyed = re.compile(r'^    "(capacities|confirmations|occupancy)":', re.M)
    found = {path.name for path in WEB.rglob("*.py") if keyed.search(path.read_text("utf-8"))}
    assert found == set()
