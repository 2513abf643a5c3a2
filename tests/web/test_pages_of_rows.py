"""The pages of a declared table's rows: the row, its owner, and what a form offers."""

import pytest
from django.urls import reverse

from shokibo.web.register.models import Episode, Posting
from shokibo.web.store.mapping import MAPPED
from shokibo.web.store.wording import header
from tests.web.markup import words_of
from tests.web.test_matrix import PAGES
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db

OF_ROWS = [
    (table, f"homes:{verb}_{mapped.label.rpartition('.')[2].lower()}")
    for table, mapped in MAPPED.items()
    if mapped.form and table not in ("homes", "units")  # their pages are their own
    for verb in ("edit", "remove")
]


@pytest.mark.parametrize(("table", "name"), OF_ROWS)
def test_the_page_of_a_row_names_its_owner(world: World, table: str, name: str) -> None:
    mapped, page = MAPPED[table], PAGES[name]
    (pk,) = page.arguments(world)
    row = mapped.model._default_manager.get(pk=pk)
    words = words_of(world.client(sorted(page.get)[0]).get(reverse(name, args=[OURS, pk])))
    for field in map(mapped.field, mapped.belongs):
        assert f"{header(mapped.model, field)} {getattr(row, field) or '—'}" in words


def test_a_page_that_adds_a_row_names_the_owner_in_its_address(world: World) -> None:
    posting = Posting.objects.get(code="u-1")
    client = world.client("officer")
    leave = client.get(reverse("homes:leave_posting", args=[OURS, posting.pk]))
    assert "職員ID u-1" in words_of(leave)
    unit = world.unit("u4")
    capacity = client.get(reverse("homes:add_capacity", args=[OURS, unit.pk]))
    assert "生活単位 地域の家" in words_of(capacity)


def test_a_month_of_birth_is_written_as_a_month(world: World) -> None:
    (pk,) = PAGES["homes:remove_episode"].arguments(world)
    Episode.objects.filter(pk=pk).update(birth_month="2015-05-01")
    page = world.client("center_staff").get(reverse("homes:remove_episode", args=[OURS, pk]))
    assert "生年月 平成27年5月 " in words_of(page)
