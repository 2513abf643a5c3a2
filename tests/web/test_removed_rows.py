"""A form whose row was removed meanwhile: who did, when, and nothing typed is lost."""

import pytest
from django.urls import reverse

from shokibo.web.certification import transitions
from shokibo.web.homes import actions
from shokibo.web.register.models import Posting
from shokibo.web.steps.taking import take
from tests.web.applications import drafted
from tests.web.markup import words_of
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db


def removed(world: World) -> Posting:
    row = Posting.objects.get(code="m-1")
    kept = Posting.objects.get(code="m-1")
    actions.remove(
        office=world.office("officer"), row=row, version=row.version, reason="二重に登録した"
    )
    return kept


@pytest.mark.parametrize("name", ["edit_posting", "end_posting"])
def test_a_form_of_a_row_that_was_removed_names_who_did_and_what_was_typed(
    world: World, name: str
) -> None:
    row = removed(world)
    address = reverse(f"homes:{name}", args=[OURS, row.pk])
    sent = {"ended_on": "R4.9.30", "reason": "退職", "version": str(row.version)}
    answer = world.client("home_staff").post(address, sent)
    page = words_of(answer)
    assert answer.status_code == 404
    assert "「m-1」は、令和4年4月5日" in page
    assert "架空 officerが削除しました" in page
    assert "二重に登録した" in page
    assert "配置終了日 R4.9.30" in page
    assert "退職" in page
    home = reverse("homes:home", args=[OURS, world.home.pk])
    assert f'href="{home}"' in answer.content.decode()


def test_who_may_not_write_the_row_reads_nothing_of_it(world: World) -> None:
    address = reverse("homes:end_posting", args=[OURS, removed(world).pk])
    answer = world.client("home_staff:sister").post(address, {"ended_on": "R4.9.30"})
    assert answer.status_code == 404
    assert "削除しました" not in words_of(answer)


def test_a_draft_that_was_discarded_meanwhile_is_named(world: World) -> None:
    row = drafted(world)
    pk = row.pk
    office = world.office("home_staff")
    take(transitions.DISCARD, office=office, row=row, version=row.version)
    address = reverse("certification:edit", args=[OURS, pk])
    page = words_of(world.client("home_staff").post(address, {"requested_extra": "2"}))
    assert "架空 home_staffが削除しました" in page
    assert "申請加配数 2" in page
