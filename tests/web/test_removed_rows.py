"""A form whose row was removed meanwhile: who did, when, and nothing typed is lost."""

import datetime as dt

import pytest
from django.urls import reverse

from shokibo.web.certification import transitions
from shokibo.web.homes import actions
from shokibo.web.register.models import Capacity, Home, Posting, Unit
from shokibo.web.steps.taking import take
from tests.web.applications import drafted
from tests.web.markup import words_of
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db
APRIL = dt.date(2022, 4, 1)


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


FORMS_OF_A_UNIT = [
    ("homes:edit_unit", {"name": "新しい名"}, "生活単位名 新しい名"),
    ("homes:close_unit", {"closed_on": "R5.3.31"}, "廃止日 R5.3.31"),
    ("homes:continue_unit", {"area": "架空町"}, "所在地 架空町"),
    ("homes:add_capacity", {"capacity": "5"}, "定員 5"),
]


@pytest.mark.parametrize(("name", "typed", "shown"), FORMS_OF_A_UNIT, ids=str)
def test_a_form_whose_unit_was_removed_names_who_did_and_what_was_typed(
    world: World, name: str, typed: dict[str, str], shown: str
) -> None:
    unit = Unit.objects.create(
        authority=world.authority, home=world.home, code="n", name="誤りの家", kind="main_unit"
    )
    address = reverse(name, args=[OURS, unit.pk])
    actions.remove(office=world.office("officer"), row=unit, version=1, reason="二重に登録した")
    answer = world.client("officer").post(address, typed | {"reason": "移転", "version": "1"})
    page = words_of(answer)
    assert answer.status_code == 404
    assert "「誤りの家」は、令和4年4月5日" in page
    assert shown in page
    assert "移転" in page


FORMS_OF_A_HOME = [
    ("homes:edit_home", {"name": "新しい園"}, "施設名 新しい園"),
    ("homes:add_unit", {"name": "新しい家"}, "生活単位名 新しい家"),
    ("homes:add_confirmation", {"evidence": "記録"}, "根拠資料 記録"),
    ("homes:add_posting", {"code": "x-1"}, "職員ID x-1"),
]


@pytest.mark.parametrize(("name", "typed", "shown"), FORMS_OF_A_HOME, ids=str)
def test_a_form_whose_home_was_removed_leads_to_no_page_of_it(
    world: World, name: str, typed: dict[str, str], shown: str
) -> None:
    home = Home.objects.create(authority=world.authority, code="n", name="誤りの園", operator="x")
    address = reverse(name, args=[OURS, home.pk])
    actions.remove(office=world.office("officer"), row=home, version=1, reason="誤り")
    answer = world.client("officer").post(address, typed | {"version": "1"})
    page = words_of(answer)
    assert answer.status_code == 404
    assert "「誤りの園」は、令和4年4月5日" in page
    assert shown in page
    assert "施設の画面へ" not in page
    assert words_of(world.client("home_staff").get(address)).count("誤りの園") == 0


def test_the_log_names_a_unit_that_was_removed(world: World) -> None:
    unit = Unit.objects.create(
        authority=world.authority, home=world.home, code="n", name="誤りの家", kind="main_unit"
    )
    first = Capacity(authority=world.authority, unit=unit, effective_from=APRIL, capacity=4)
    office = world.office("officer")
    actions.add(office=office, row=first, reason="登録")
    actions.remove(office=office, row=first, version=1, reason="誤り")
    actions.remove(office=office, row=unit, version=1, reason="誤り")
    log = words_of(world.client("auditor").get(reverse("trail:events", args=[OURS])))
    assert "生活単位:— → 誤りの家" in log
    assert "自治体:— → 架空県" in log
