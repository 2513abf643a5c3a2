"""Sessions: what ends them, how long they last, and that a person sees and ends their own."""

import datetime as dt
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from shokibo.web.accounts import actions
from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.accounts.reset_tokens import ResetTokens
from shokibo.web.audit.models import Event
from tests.web.world import PASSWORD, World

NEW_PASSWORD = "a long new passphrase"  # noqa: S105
START = "/account/"


def _code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def _logged_in(person: Person) -> Client:
    """Log in on the page, without a second factor."""
    Authenticator.objects.filter(user=person).delete()
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert _is_in(client)
    return client


def _is_in(client: Client) -> bool:
    return client.get(START).status_code == 200


def _with_factor(client: Client) -> None:
    """Set up an authenticator app on its page, in this session."""
    client.post("/account/reauthenticate/?next=/account/2fa/totp/activate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    code = _code(page.context["form"].secret)
    client.post("/account/2fa/totp/activate/", {"code": code})
    assert Authenticator.objects.filter(user=page.context["user"], type="totp").exists()


def test_a_reset_second_factor_ends_the_session_that_showed_it(world: World) -> None:
    approver, client = world.people["approver"], world.client("approver")
    assert _is_in(client)
    access = access_of(world.people["admin"])
    actions.reset_second_factor(access=access, person=approver, reason="紛失")
    assert not _is_in(client)


def test_an_ended_role_ends_the_sessions(world: World) -> None:
    client = world.client("officer")
    assert _is_in(client)
    ended = world.people["officer"].memberships.get()
    actions.end_membership(access=access_of(world.people["admin"]), membership=ended, reason="異動")
    assert not _is_in(client)


def test_who_takes_a_further_role_stays_in_and_their_other_sessions_end(world: World) -> None:
    auditor = world.people["auditor"]
    there, here = _logged_in(auditor), _logged_in(auditor)
    _, token = actions.invite(
        access=access_of(world.people["admin"]),
        email=auditor.email,
        role="officer",
        authority=world.authority,
        operator="",
        home=None,
    )
    here.post(f"/account/invitation/{token}/")
    assert Membership.objects.filter(person=auditor, role="officer").exists()
    assert (_is_in(here), _is_in(there)) == (True, False)


def test_an_administrator_who_ends_a_role_of_their_own_stays_in(world: World) -> None:
    admin = world.people["admin"]
    held = Membership.objects.create(person=admin, role="auditor", authority=world.authority)
    client = world.client("admin")
    client.post(f"/people/roles/{held.pk}/end/", {"reason": "異動"})
    held.refresh_from_db()
    assert held.ended_at is not None
    assert _is_in(client)


def test_a_new_password_ends_the_other_sessions(world: World) -> None:
    person = world.people["auditor"]
    there, here = _logged_in(person), _logged_in(person)
    given = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    here.post("/account/password/change/", given)
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert (_is_in(here), _is_in(there)) == (True, False)


def test_a_factor_set_up_or_removed_ends_the_other_sessions(committed_world: World) -> None:
    person = committed_world.people["auditor"]
    here, there = _logged_in(person), _logged_in(person)
    _with_factor(here)
    assert (_is_in(here), _is_in(there)) == (True, False)
    there = Client()
    there.force_login(Person.objects.get(pk=person.pk))
    assert _is_in(there)
    here.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person, type="totp").exists()
    assert (_is_in(here), _is_in(there)) == (True, False)


def test_who_removes_their_factor_acts_no_more_in_the_same_session(committed_world: World) -> None:
    person = committed_world.people["admin"]
    client = _logged_in(person)
    _with_factor(client)
    assert client.get("/people/invite/").status_code == 200
    client.post("/account/2fa/totp/deactivate/")
    assert client.get("/people/invite/")["Location"].startswith("/account/second-factor/")


@pytest.mark.parametrize("change", ["role", "password", "factor"])
def test_a_log_in_that_waits_for_its_code_ends_too(world: World, change: str) -> None:
    person, secret = world.people["auditor"], generate_totp_secret()
    Authenticator.objects.filter(user=person).delete()
    TOTP.activate(person, secret)
    client = Client()
    first = client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert first["Location"] == "/account/2fa/authenticate/"
    person = Person.objects.get(pk=person.pk)
    if change == "password":
        person.set_password(NEW_PASSWORD)
        person.save()
    elif change == "role":
        actions.end_membership(
            access=access_of(world.people["admin"]),
            membership=person.memberships.get(),
            reason="異動",
        )
    else:
        Authenticator.objects.filter(user=person).delete()
        TOTP.activate(person, secret)
    client.post("/account/2fa/authenticate/", {"code": _code(secret)})
    assert not _is_in(client)


def test_a_log_in_is_finished_with_its_code_where_nothing_changed(world: World) -> None:
    person, secret = world.people["auditor"], generate_totp_secret()
    Authenticator.objects.filter(user=person).delete()
    TOTP.activate(person, secret)
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": _code(secret)})
    assert _is_in(client)


def test_a_link_to_a_new_password_is_void_after_a_change(world: World) -> None:
    person, made = world.people["approver"], ResetTokens()
    token = made.make_token(person)
    assert made.check_token(person, token)
    actions.reset_second_factor(
        access=access_of(world.people["admin"]), person=person, reason="紛失"
    )
    assert not made.check_token(Person.objects.get(pk=person.pk), token)


def test_a_session_ends_at_its_limit_however_busy(world: World) -> None:
    client = _logged_in(world.people["auditor"])
    limit = dt.timedelta(hours=settings.SESSION_HOURS)
    session = client.session
    session["began_at"] = time.time() - limit.total_seconds() + 60
    session.save()
    assert _is_in(client)
    row = Session.objects.get(session_key=client.session.session_key)
    assert row.expire_date <= dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60)
    session["began_at"] = time.time() - limit.total_seconds() - 1
    session.save()
    assert not _is_in(client)


def test_a_session_begins_at_the_log_in_and_ends_after_idleness_before_its_limit(
    world: World,
) -> None:
    client = _logged_in(world.people["auditor"])
    assert time.time() - client.session["began_at"] < 3600
    assert client.session.get_expiry_date() <= dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61)


@pytest.mark.parametrize(("seconds_ago", "stored_again"), [(30, False), (59, False), (90, True)])
def test_a_session_in_use_is_stored_again_after_a_minute(
    seconds_ago: int, stored_again: bool, world: World
) -> None:
    client = _logged_in(world.people["auditor"])
    idle = dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    stored = dt.datetime.now(dt.UTC) + idle - dt.timedelta(seconds=seconds_ago)
    rows = Session.objects.filter(session_key=client.session.session_key)
    rows.update(expire_date=stored)
    assert _is_in(client)
    assert (rows.get().expire_date > stored) == stored_again


def test_a_person_sees_and_ends_their_own_sessions(world: World) -> None:
    person = world.people["auditor"]
    other = _logged_in(world.people["ministry"])
    there, here = _logged_in(person), _logged_in(person)
    page = here.get("/account/sessions/")
    assert len(page.context["sessions"]) == UserSession.objects.filter(user=person).count() == 2
    assert "この端末" in page.content.decode()
    here.post("/account/sessions/")
    assert (_is_in(here), _is_in(there), _is_in(other)) == (True, False, True)
    assert len(here.get("/account/sessions/").context["sessions"]) == 1


def test_a_person_ends_one_of_their_sessions(world: World) -> None:
    person = world.people["auditor"]
    other = _logged_in(world.people["ministry"])
    there, elsewhere, here = (_logged_in(person) for _ in range(3))
    named = UserSession.objects.get(session_key=there.session.session_key)
    page = here.get("/account/sessions/").content.decode()
    assert f'name="session" value="{named.pk}"' in page
    assert page.count('name="session"') == 2
    here.post("/account/sessions/", {"session": named.pk})
    assert [_is_in(one) for one in (here, elsewhere, there, other)] == [True, True, False, True]
    ended = Event.objects.filter(action="login.end", actor=person)
    assert ended.count() == 1


def test_neither_the_session_in_use_nor_another_s_is_ended(world: World) -> None:
    other, here = _logged_in(world.people["ministry"]), _logged_in(world.people["auditor"])
    for client in (here, other):
        named = UserSession.objects.get(session_key=client.session.session_key)
        answer = here.post("/account/sessions/", {"session": named.pk})
        assert "もうログインしていないか、今の端末です" in answer.content.decode()
    assert (_is_in(here), _is_in(other)) == (True, True)
