"""Children's rows: the child guidance center's alone, and only with a second factor."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shokibo.web.accounts.models import Person
from shokibo.web.audit.models import Event, Look
from shokibo.web.exchange.models import Run
from shokibo.web.register.models import Episode
from tests.builders import add
from tests.web.calling import caller, code_of
from tests.web.imports import brought, downloaded, edited, taken_in, workbook
from tests.web.test_matrix import PAGES
from tests.web.world import OURS, World

CHILD = "C-7777"
EPISODE = {
    "child_code": CHILD,
    "birth_month": "2012-06",
    "place": "children_home",
    "started_on": "2020-05-11",
}
OTHERS = ("officer", "approver", "auditor", "home_staff", "home_staff:sister")
LIST, ADD = "homes:list_episode", "homes:add_episode"


def url(page: str, *arguments: object) -> str:
    return reverse(page, args=[OURS, *arguments])


def entered(world: World, **given: object) -> Episode:
    """Put a child's row into the database, without a line of the log."""
    row = {**EPISODE, "birth_month": "2012-06-01", "home": world.home, **given}
    return Episode.objects.create(authority=world.authority, **row)


def password_only(world: World) -> Client:
    """Return the center's client that showed no second factor."""
    client = Client()
    client.force_login(Person.objects.get(pk=world.people["center_staff"].pk))
    return client


def test_a_row_is_entered_corrected_and_taken_out_on_pages(world: World) -> None:
    client = world.client("center_staff")
    given = {**EPISODE, "birth_month": "平成24年6月", "started_on": "R2.5.11"}
    client.post(url(ADD), {**given, "home": world.home.pk, "unit": world.unit("u4").pk})
    row = Episode.objects.get()
    assert (row.child_code, row.unit, row.ended_on) == (CHILD, world.unit("u4"), None)
    listed = client.get(url(LIST)).content.decode()
    assert all(words in listed for words in (CHILD, "令和2年5月11日", "地域の家"))
    change = {**given, "place": "foster", "version": 1}
    client.post(url("homes:edit_episode", row.pk), change)
    row.refresh_from_db()
    assert (row.place, row.home, row.unit) == ("foster", None, None)
    client.post(url("homes:remove_episode", row.pk), {"version": 2})
    assert not Episode.objects.exists()
    assert [look.rows for look in Look.objects.filter(what="養育の経過")] == [1]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"child_code": "山田太郎"}, "氏名を消し"),
        ({"ended_on": "R2.5.10"}, "終了日が開始日より前です"),
        ({"home": ""}, "地域の家の施設(架空学園)も選んでください"),
    ],
)
def test_an_unsavable_value_is_reported_at_its_field(
    world: World, wrong: dict[str, str], words: str
) -> None:
    given = {**EPISODE, "home": world.home.pk, "unit": world.unit("u4").pk, **wrong}
    answer = world.client("center_staff").post(url(ADD), given)
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert not Episode.objects.exists()


def test_the_same_day_of_a_child_is_entered_once(world: World) -> None:
    entered(world)
    answer = world.client("center_staff").post(url(ADD), EPISODE)
    assert "同じ開始日の行があります" in answer.content.decode()
    assert Episode.objects.count() == 1


@pytest.mark.parametrize(
    "page", [LIST, ADD, "exchange:exchange", "exchange:template", "exchange:form1_template"]
)
def test_every_page_that_carries_them_asks_for_the_second_factor_first(
    world: World, page: str
) -> None:
    entered(world)
    for client, status in ((password_only(world), 302), (world.client("center_staff"), 200)):
        assert client.get(url(page)).status_code == status
    answer = password_only(world).get(url(page))
    assert answer["Location"].startswith("/account/second-factor/")


def test_the_ledger_is_handed_out_after_the_second_factor(world: World) -> None:
    entered(world)
    address = url("exchange:ledger", "csv")
    assert password_only(world).get(address).status_code == 302
    assert world.client("center_staff").get(address).status_code == 200
    assert Look.objects.get(what="台帳の書出し(児童)").rows == 1


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_of_anybody_else_shows_a_child(world: World, role: str) -> None:
    row = entered(world)
    entered(world, started_on="2019-01-01", ended_on="2021-01-01", home=None)  # a finding
    client, shown = world.client(role), []
    for name, page in PAGES.items():
        if role in page.get and page.post is None:
            before = transaction.savepoint()
            address = reverse(name, args=[OURS, *page.arguments(world)])
            content = client.get(address + page.asked(world)).content
            transaction.savepoint_rollback(before)
            shown += [name] if CHILD.encode() in content else []
    found = client.get(f"{url('today:search')}?words={CHILD}").content.decode()
    assert shown == []
    assert f">{CHILD}<" not in found
    assert client.get(url("homes:edit_episode", row.pk)).status_code == 403


@pytest.mark.parametrize("role", ["officer", "home_staff"])
def test_nobody_else_exports_or_imports_them(world: World, role: str, tmp_path: Path) -> None:
    entered(world)
    assert CHILD.encode() not in world.client(role).get(url("exchange:ledger", "csv")).content
    run = brought(world, role, workbook(tmp_path, add("episodes", **EPISODE)))
    assert run.state == "refused"
    assert {one["code"] for one in run.findings["problems"]} == {"CHILDREN_OF_CENTER"}


def test_the_center_brings_them_in_and_sees_its_own_imports_alone(
    world: World, tmp_path: Path
) -> None:
    of_office = brought(world, "officer", downloaded(world.office("officer")))
    run = taken_in(world, "center_staff", workbook(tmp_path, add("episodes", **EPISODE)))
    assert Episode.objects.get().child_code == CHILD
    own, theirs = world.client("center_staff"), world.client("officer")
    assert CHILD in own.get(url("exchange:run", run.pk)).content.decode()
    assert own.get(url("exchange:run", of_office.pk)).status_code == 404
    assert theirs.get(url("exchange:run", run.pk)).status_code == 404
    assert url("exchange:run", run.pk) not in theirs.get(url("exchange:exchange")).content.decode()
    assert Run.objects.get(pk=run.pk).of_children


def test_the_center_brings_nothing_else_in(world: World, tmp_path: Path) -> None:
    row = {"fiscal_year": "2022", "age_band": "preschool", "children": "9"}
    run = brought(world, "center_staff", workbook(tmp_path, add("need", **row)))
    assert {one["code"] for one in run.findings["problems"]} == {"NOT_KEPT_BY_YOU"}


def test_what_the_center_takes_out_changes_nothing(world: World) -> None:
    entered(world)
    run = brought(world, "center_staff", downloaded(world.office("center_staff")))
    assert (run.state, run.counts) == ("ready", {})


def test_a_home_of_a_child_s_record_is_not_taken_out(world: World) -> None:
    entered(world, home=world.sister)
    client = world.client("officer")
    answer = client.get(url("exchange:ledger", "xlsx"))
    assert answer.status_code == 200
    run = brought(world, "officer", edited(answer.content, "homes", "s", delete="○"))
    assert "USED_ELSEWHERE" in {one["code"] for one in run.findings["problems"]}


def test_the_log_folds_what_a_child_s_row_held(world: World) -> None:
    given = {**EPISODE, "home": world.home.pk}
    world.client("center_staff").post(url(ADD), given)
    assert Event.objects.filter(subject_kind="register.episode").exists()
    log = world.client("auditor").get(url("trail:events")).content.decode()
    assert "児童相談所だけが見られます" in log
    assert CHILD not in log
    exported = world.client("auditor").get(f"{url('trail:events')}?export=csv").content.decode()
    assert CHILD not in exported


def test_a_token_without_a_second_factor_opens_no_child(world: World) -> None:
    row = entered(world)
    calling = caller(world, "center_staff", has_factor=False)
    for answer in (
        calling.get("{ours}/tables/episodes"),
        calling.get(f"{{ours}}/tables/episodes/{row.pk}"),
        calling.send("POST", "{ours}/tables/episodes", EPISODE),
    ):
        assert (answer.status_code, code_of(answer)) == (403, "forbidden")
        assert "二段階認証" in answer.json()["detail"]
        assert CHILD not in answer.content.decode()
    by_name = {one["name"]: one for one in calling.get("{ours}/tables").json()["tables"]}
    assert (by_name["episodes"]["may_read"], by_name["episodes"]["may_write"]) == (False, False)
    known = caller(world, "center_staff").get("{ours}/tables/episodes").json()
    assert [one["child_code"] for one in known["rows"]] == [CHILD]
    assert Look.objects.filter(what="養育の経過(API)").count() == 1


@pytest.mark.parametrize("role", ["officer", "auditor", "home_staff"])
def test_no_answer_of_the_api_to_anybody_else_holds_a_child(world: World, role: str) -> None:
    entered(world)
    entered(world, started_on="2019-01-01", ended_on="2021-01-01")
    calling = caller(world, role)
    assert calling.get("{ours}/tables/episodes").status_code == 403
    found = calling.get("{ours}/findings")
    assert found.status_code == 200
    assert CHILD not in found.content.decode()


def test_a_unit_of_another_home_is_refused_by_the_api(world: World) -> None:
    body = {**EPISODE, "home_id": "s", "unit_id": "u4"}
    answer = caller(world, "center_staff").send("POST", "{ours}/tables/episodes", body)
    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    unknown = {**EPISODE, "home_id": "nowhere"}
    answer = caller(world, "center_staff").send("POST", "{ours}/tables/episodes", unknown)
    assert (answer.status_code, code_of(answer)) == (422, "invalid")
