"""An administrator who lost second factor or password is let in by whoever runs the server."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from shokibo.web.accounts import actions
from shokibo.web.accounts.models import Membership
from shokibo.web.audit.models import Event
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from tests.web.world import PASSWORD, World

NEW = "a long new passphrase"


def test_password_factor_and_sessions_of_before_are_void(world: World) -> None:
    admin, client = world.people["admin"], world.client("admin")
    assert client.get("/people/").status_code == 200
    actions.readmit(admin.email.upper())
    admin.refresh_from_db()
    assert not admin.has_usable_password()
    assert not Authenticator.objects.filter(user=admin).exists()
    assert client.get("/people/")["Location"].startswith("/account/login/")
    known = Client()
    known.post("/account/login/", {"login": admin.email, "password": PASSWORD})
    assert known.get("/people/").status_code == 302


def test_the_link_leads_to_a_new_password_once(world: World) -> None:
    admin = world.people["admin"]
    path = actions.readmit(admin.email)
    client = Client()
    asked = client.get(path, follow=True)
    client.post(asked.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    admin.refresh_from_db()
    assert admin.check_password(NEW)
    client.post("/account/login/", {"login": admin.email, "password": NEW})
    assert "二段階認証が要ります" in client.get("/people/").content.decode()
    assert "password1" not in Client().get(path, follow=True).content.decode()


def test_the_log_says_who_did_it_and_the_person_is_reported(world: World) -> None:
    admin = world.people["admin"]
    actions.readmit(admin.email)
    event = Event.objects.get(action="person.readmit")
    assert (event.actor, event.subject_id) == (None, admin.pk)
    assert "サーバーの運用者" in event.reason
    admin.refresh_from_db()
    reader = Client()
    reader.force_login(admin)
    page = reader.get("/log/").content.decode()
    assert "システム管理の認証のやり直し" in page
    (sent,) = mail.outbox
    assert sent.to == [admin.email]
    assert "/account/" not in sent.body


@pytest.mark.parametrize("role", ["officer", "approver"])
def test_nobody_else_is_readmitted(world: World, role: str) -> None:
    with pytest.raises(RefusedError, match="admin@"):
        actions.readmit(world.people[role].email)
    assert Authenticator.objects.filter(user=world.people["approver"]).exists()


def test_one_whose_role_ended_is_none(world: World) -> None:
    admin = world.people["admin"]
    Membership.objects.filter(person=admin).update(ended_at=clock.now(), ended_by=admin)
    with pytest.raises(RefusedError, match="no administrator"):
        actions.readmit(admin.email)
