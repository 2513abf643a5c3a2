"""Tokens: who makes them, what they carry, and when they stop."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from shokibo.web.accounts.access import Access, access_of
from shokibo.web.accounts.models import Membership
from shokibo.web.api import actions
from shokibo.web.api.models import ApiToken
from shokibo.web.audit.models import Event
from shokibo.web.base import clock
from shokibo.web.register.models import Authority
from tests.web.calling import Caller, caller, code_of, secret_of
from tests.web.world import World

MAKE = "/account/tokens/make/"


def _made(world: World, person: str, **given: object) -> tuple[int, str]:
    held = world.people[person].memberships.earliest("pk").pk
    form = {"name": "夜間", "role": held, "scopes": ["read"], "days": "90", **given}
    answer = world.client(person).post(MAKE, form)
    found = re.search(r"shokibo_[A-Za-z0-9_-]{43}", answer.content.decode())
    return answer.status_code, found[0] if found else ""


def test_a_token_is_made_and_its_secret_shown_once(world: World) -> None:
    status, secret = _made(world, "officer")
    token = ApiToken.objects.get()
    assert (status, token.person, token.scopes) == (200, world.people["officer"], "read")
    days = (token.expires_at - clock.now()) / dt.timedelta(days=1)
    assert 89.9 < days <= 90
    listed = world.client("officer").get("/account/tokens/").content.decode()
    assert token.prefix in listed
    assert secret not in listed
    assert Caller(secret).get("me").status_code == 200


def test_the_secret_is_kept_nowhere(world: World) -> None:
    _, secret = _made(world, "officer")
    event = Event.objects.get(action="token.make")
    kept = [*ApiToken.objects.values_list().get(), event.after, event.subject]
    assert secret not in str(kept)
    assert event.authority == world.authority


@pytest.mark.parametrize(
    "given",
    [{"days": "366"}, {"days": ""}, {"scopes": []}, {"scopes": ["all"]}, {"role": "0"}],
)
def test_a_token_needs_what_a_person_may_and_an_end(world: World, given: dict[str, object]) -> None:
    assert _made(world, "officer", **given) == (200, "")
    assert not ApiToken.objects.exists()


def test_a_scope_that_the_role_does_not_hold_is_not_offered(world: World) -> None:
    page = world.client("auditor").get(MAKE).content.decode()
    assert 'value="read_staff"' in page
    assert 'value="write"' not in page
    assert _made(world, "auditor", scopes=["write"]) == (200, "")
    with pytest.raises(PermissionDenied):
        actions.make(
            access=_access(world, "auditor"),
            membership=world.people["auditor"].memberships.get(),
            name="x",
            scopes=["write"],
            days=30,
        )


def test_a_role_of_another_makes_no_token(world: World) -> None:
    with pytest.raises(PermissionDenied):
        actions.make(
            access=_access(world, "auditor"),
            membership=world.people["officer"].memberships.get(),
            name="x",
            scopes=["read"],
            days=30,
        )


def _access(world: World, role: str) -> Access:
    return access_of(world.people[role])


def test_a_scope_of_one_role_is_named_where_another_lacks_it(world: World) -> None:
    further = _give(world, "auditor", "officer", world.other)
    status, secret = _made(world, "auditor", scopes=["write"])
    assert (status, secret) == (200, "")
    assert _made(world, "auditor", scopes=["write"], role=further.pk)[1]


def _give(world: World, to: str, role: str, authority: Authority) -> Membership:
    return Membership.objects.create(person=world.people[to], role=role, authority=authority)


def test_the_ministry_makes_a_token_over_the_nation(world: World) -> None:
    _, secret = _made(world, "ministry")
    assert Caller(secret).get("me").json()["authority"] is None


def test_a_role_that_can_do_nothing_by_the_api_makes_none(world: World) -> None:
    client = world.client("admin")
    assert "発行できません" in client.get("/account/tokens/").content.decode()
    assert client.post(MAKE, {"name": "x"}).status_code == 302
    assert not ApiToken.objects.exists()


def test_who_decides_shows_the_second_factor_first(world: World) -> None:
    client = Client()
    client.force_login(world.people["approver"])
    held = world.people["approver"].memberships.get().pk
    form = {"name": "x", "role": held, "scopes": ["read"], "days": "90"}
    answer = client.post(MAKE, form)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/second-factor/?next={MAKE}")
    assert not ApiToken.objects.exists()
    assert _made(world, "approver")[1]


def test_a_revoked_token_is_refused_immediately(world: World) -> None:
    _, secret = _made(world, "officer")
    token = ApiToken.objects.get()
    assert (
        world.client("officer:second").post(f"/account/tokens/{token.pk}/revoke/").status_code
        == 404
    )
    assert Caller(secret).get("me").status_code == 200
    assert world.client("officer").post(f"/account/tokens/{token.pk}/revoke/").status_code == 302
    assert Caller(secret).get("me").status_code == 401
    assert world.client("officer").post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert Event.objects.filter(action="token.revoke", actor=world.people["officer"]).count() == 1


def test_an_administrator_revokes_all_of_a_person_s_tokens(world: World) -> None:
    calling = [caller(world, "officer", "read") for _ in range(2)]
    person = world.people["officer"]
    address = f"/people/{person.pk}/tokens/revoke/"
    admin = world.client("admin")
    assert address in admin.get("/people/").content.decode()
    assert admin.post(address, {"reason": ""}).status_code == 200
    assert admin.post(address, {"reason": "端末の紛失"}).status_code == 302
    assert {one.get("me").status_code for one in calling} == {401}
    revoked = Event.objects.filter(action="token.revoke", reason="端末の紛失")
    assert revoked.count() == 2
    assert address not in admin.get("/people/").content.decode()
    assert admin.get(address).status_code == 404


def _end_role(world: World) -> None:
    world.people["officer"].memberships.update(ended_at=clock.now(), ended_by=world.people["admin"])


def _deactivate(world: World) -> None:
    world.people["officer"].is_active = False
    world.people["officer"].save()


@pytest.mark.parametrize("end", [_end_role, _deactivate])
def test_a_token_ends_with_the_role_and_with_the_person(world: World, end: object) -> None:
    calling = caller(world, "officer")
    assert calling.get("{ours}/tables").status_code == 200
    end(world)  # type: ignore[operator]
    answer = calling.get("{ours}/tables")
    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")
    assert answer["WWW-Authenticate"] == 'Bearer realm="shokibo", error="invalid_token"'


def test_a_role_that_shrank_shrinks_the_token(world: World) -> None:
    calling = caller(world, "officer")
    world.people["officer"].memberships.update(role="auditor")
    body = {"unit_id": "u4", "effective_from": "2030-04-01", "capacity": 5}
    answer = calling.send("POST", "{ours}/tables/capacities", body)
    assert (answer.status_code, code_of(answer)) == (403, "forbidden")
    assert "自治体担当者" in answer.json()["detail"]


def test_a_token_of_one_role_opens_none_of_the_person_s_others(world: World) -> None:
    calling = caller(world, "home_staff:sister")
    for authority in (world.other, world.authority):
        _give(world, "home_staff:sister", "officer", authority)
    assert calling.get("990028/tables/units").status_code == 404
    problem = calling.get("{ours}/tables/units").json()
    assert [row["unit_id"] for row in problem["rows"]] == ["s4"]
    assert calling.get("{ours}/plan").status_code == 403


def test_a_token_of_an_ended_role_never_lives_again(world: World) -> None:
    calling = caller(world, "home_staff")
    person = world.people["home_staff"]
    person.memberships.update(ended_at=clock.now(), ended_by=world.people["admin"])
    _give(world, "home_staff", "officer", world.authority)
    answer = calling.get("{ours}/tables")
    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")
    page = world.client("home_staff").get("/account/tokens/").content.decode()
    assert "役割の終了" in page
    assert "使えるトークンはありません" in page
    address = f"/people/{person.pk}/tokens/revoke/"
    assert address not in world.client("admin").get("/people/").content.decode()


def test_an_expired_token_is_refused(world: World) -> None:
    past = clock.now() - dt.timedelta(seconds=1)
    assert caller(world, "officer", expires_at=past).get("me").status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer ", "Bearer x", "Basic eDp5", "Bearer \xff", "bearer", "Bearer a b"]
)
def test_only_a_bearer_that_is_known_gets_in(world: World, header: str) -> None:
    answer = Client().get("/api/v1/me", headers={"Authorization": header})
    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")


def test_neither_a_session_nor_the_address_gets_in(world: World) -> None:
    secret = secret_of(world, "officer")
    client = world.client("officer")
    assert client.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me", {"token": secret, "access_token": secret}).status_code == 401
    assert client.get("/api/v1/me", headers={"X-Api-Key": secret}).status_code == 401


def test_the_last_use_is_written_at_most_once_a_minute(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    calling = caller(world, "officer")
    calling.get("me")
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    calling.get("me")
    assert ApiToken.objects.get().last_used_at == first
    later = clock.now() + dt.timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    calling.get("me")
    assert ApiToken.objects.get().last_used_at == later


@pytest.mark.parametrize(
    "change",
    [
        {"scopes": "write"},
        {"expires_at": "2099-01-01T00:00Z"},
        {"digest": "x"},
        {"membership": -1},
        {"has_factor": False},
    ],
)
def test_the_database_lets_nobody_widen_a_token(world: World, change: dict[str, str]) -> None:
    secret_of(world, "officer", "read")
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.all().delete()


def test_the_database_lets_nobody_revive_a_token(world: World) -> None:
    secret_of(world, "officer", revoked_at=clock.now(), revoked_by=world.people["officer"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(revoked_at=None, revoked_by=None)
