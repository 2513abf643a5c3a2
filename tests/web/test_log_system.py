"""What happens at the door is in the log, on a page of the administrator's own."""

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.urls import reverse

from shokibo.web.audit import sealing
from shokibo.web.audit.models import Event
from shokibo.web.base.words import wareki
from tests.web.world import PASSWORD, World

PAGE = "/log/"


def done(action: str, after: int = 0) -> list[tuple[str, str]]:
    """Return who did something to whom."""
    found = Event.objects.filter(action=action, pk__gt=after).order_by("pk")
    return [(event.actor_name, event.subject) for event in found]


def log_in(email: str, password: str = PASSWORD) -> Client:
    Authenticator.objects.filter(user__email=email).delete()
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client


def test_logging_in_and_out_is_logged(world: World) -> None:
    person, last = world.people["home_staff"], Event.objects.latest("pk").pk
    client = log_in(person.email)
    client.post(reverse("account_logout"))
    named = [(person.name, person.name)]
    assert (done("login.success", last), done("login.end", last)) == (named, named)


def test_a_failure_names_the_person_and_never_what_was_typed(world: World) -> None:
    person = world.people["home_staff"]
    log_in(person.email, "wrong-password-1")
    log_in("my-own-password", "wrong-password-2")
    log_in("nobody@example.jp", "wrong-password-3")
    failures = Event.objects.filter(action="login.failure")
    assert {event.subject for event in failures} <= {person.name, ""}
    assert failures.filter(subject_id=person.pk).count() == 1
    for words in ("wrong-password", "my-own-password", "nobody@"):
        assert not any(words in f"{event.subject} {event.after}" for event in failures)


def test_second_factors_and_passwords_are_logged(world: World) -> None:
    person = world.people["home_staff"]
    Authenticator.objects.filter(user=person).delete()
    totp = TOTP.activate(person, generate_totp_secret())
    for signal, action in (
        (authenticator_added, "factor.add"),
        (authenticator_removed, "factor.remove"),
        (authenticator_reset, "factor.reset"),
    ):
        request = RequestFactory().get("/")
        request.session, request.user = SessionStore(), person
        signal.send(sender=Authenticator, request=request, user=person, authenticator=totp.instance)
        assert done(action) == [(person.name, person.name)]
        assert Event.objects.get(action=action).after == {"factor": "totp"}
    for signal, action in (
        (password_changed, "password.change"),
        (password_reset, "password.reset"),
    ):
        signal.send(sender=type(person), request=request, user=person)
        assert done(action) == [(person.name, person.name)]


def test_the_administrator_sees_the_door_and_no_business(world: World) -> None:
    log_in(world.people["home_staff"].email)
    page = world.client("admin").get(PAGE).content.decode()
    assert "ログイン" in page
    assert "架空 home_staff" in page
    assert "架空学園" not in page
    assert str(sealing.anchor()) in page


def test_the_page_is_filtered(world: World) -> None:
    log_in(world.people["home_staff"].email)
    log_in(world.people["center_staff"].email, "wrong-password-1")
    rows = world.client("admin").get(PAGE, {"action": "login.failure"}).context["page"]
    assert [row.action for row in rows] == ["login.failure"]
    rows = world.client("admin").get(PAGE, {"words": "架空 home_staff"}).context["page"]
    assert all("架空 home_staff" in row.actor_name for row in rows)
    assert rows


def test_the_last_checks_are_shown(world: World) -> None:
    assert "まだ確かめていません" in world.client("admin").get(PAGE).content.decode()
    sealing.verify()
    page = world.client("admin").get(PAGE)
    (check,) = page.context["checks"].page
    assert "書き換えはありません" in page.content.decode()
    assert wareki(check.at) in page.content.decode()
