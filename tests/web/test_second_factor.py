"""The second factor: what asks for it, and the way to it for who has none yet."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, override_settings
from django.urls import reverse

from shokibo.web.accounts import actions
from shokibo.web.accounts.models import Invitation, Membership, Person
from shokibo.web.accounts.permissions import Permission
from tests.web.test_matrix import INSTANCE
from tests.web.world import OURS, World

NEW = {"name": "新任 花子", "password": "a long new passphrase", "again": "a long new passphrase"}
ASKING = {
    Permission.APPLICATION_DECIDE,
    Permission.RETURN_SUBMIT,
    Permission.PLAN_PUBLISH,
    Permission.OPEN_DATA_PUBLISH,
    Permission.PEOPLE_MANAGE,
    Permission.CHILD_READ,
    Permission.CHILD_WRITE,
    Permission.CHILD_OF_HOME,
    Permission.RETURN_ACCEPT,
    Permission.SETTING_DECIDE,
}
ACTING = sorted(name for name, page in INSTANCE.items() if page.post == {"admin"})


def _password_only(world: World, role: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=world.people[role].pk))
    return client


@pytest.mark.parametrize("permission", list(Permission), ids=lambda p: p.name)
def test_what_decides_publishes_manages_people_or_sees_children_asks(
    permission: Permission,
) -> None:
    assert permission.needs_second_factor == (permission in ASKING)


@pytest.mark.parametrize("name", ACTING)
def test_an_administrator_shows_it_before_any_act(world: World, name: str) -> None:
    address = reverse(name, args=INSTANCE[name].arguments(world))
    before = (Invitation.objects.count(), Membership.objects.filter(ended_at=None).count())
    client = _password_only(world, "admin")
    for answer in (client.get(address), client.post(address, {"reason": "x"})):
        assert answer.status_code == 302
        assert answer["Location"] == f"/account/second-factor/?next={address}"
    after = (Invitation.objects.count(), Membership.objects.filter(ended_at=None).count())
    assert after == before
    assert Authenticator.objects.filter(user=world.people["approver"]).exists()


def test_an_administrator_without_it_may_read_and_is_informed_of_it(world: World) -> None:
    page = _password_only(world, "admin").get("/people/").content.decode()
    assert "二段階認証が要ります" in page
    assert "/account/second-factor/?next=/people/" in page
    assert "二段階認証が要ります" not in world.client("admin").get("/people/").content.decode()


@pytest.mark.parametrize("role", ["home_staff", "officer", "approver", "auditor", "ministry"])
def test_making_a_token_asks_for_the_second_factor_first(world: World, role: str) -> None:
    answer = _password_only(world, role).get("/account/tokens/make/")
    assert answer["Location"] == "/account/second-factor/?next=/account/tokens/make/"
    assert world.client(role).get("/account/tokens/make/").status_code == 200


def test_who_publishes_open_data_is_reported_before_anything_is_typed(world: World) -> None:
    address = f"/{OURS}/open-data/settings/"
    client = _password_only(world, "officer")
    assert "二段階認証が要ります" in client.get(address).content.decode()
    assert client.post(address)["Location"].startswith("/account/second-factor/")
    assert "二段階認証が要ります" not in world.client("officer").get(address).content.decode()


def test_the_first_administrator_sets_one_up_and_invites(committed: None) -> None:
    token = actions.invite_first_admin("first@example.jp")
    client = Client()
    client.post(f"/account/invitation/{token}/", NEW)
    led = client.get("/people/invite/", follow=True)
    assert "/account/2fa/totp/activate/?next=/people/invite/" in led.content.decode()
    asked = client.get("/account/2fa/totp/activate/", follow=True)
    assert asked.request["PATH_INFO"] == "/account/reauthenticate/"
    client.post(asked.redirect_chain[-1][0], {"password": NEW["password"]})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    client.post("/account/2fa/totp/activate/", {"code": code})
    client.post("/people/invite/", {"email": "second@example.jp", "role": "admin"})
    assert Invitation.objects.filter(email="second@example.jp").exists()


@override_settings(SECOND_FACTOR_OFF=True)
def test_a_practice_asks_for_none(world: World) -> None:
    Authenticator.objects.all().delete()
    client = _password_only(world, "admin")
    client.post("/people/invite/", {"email": "second@example.jp", "role": "admin"})
    assert Invitation.objects.filter(email="second@example.jp").exists()
