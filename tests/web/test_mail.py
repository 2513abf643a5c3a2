"""Mail: written down by the page, sent by the worker, and the same for whoever asks."""

import datetime as dt
import logging
import re
from collections.abc import Iterator
from smtplib import SMTPServerDisconnected
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import BasePasswordHasher, MD5PasswordHasher
from django.core import mail
from django.core.mail import send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from shokibo.web import settings as production
from shokibo.web.accounts.models import Invitation, Person
from shokibo.web.base import clock
from shokibo.web.mail import tasks
from shokibo.web.mail.models import Outgoing
from shokibo.web.running.worker import Worker
from tests.web.world import PASSWORD, World

RESET = "/account/password/reset/"


class AwayBackend(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, email_messages: object) -> int:
        """Refuse."""
        raise SMTPServerDisconnected("away")


@pytest.fixture(autouse=True)
def _as_installed() -> Iterator[None]:
    """Queue mail as an installation does, and deliver it to the tests' outbox."""
    with override_settings(
        EMAIL_BACKEND=production.EMAIL_BACKEND,
        EMAIL_DELIVERY_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    ):
        yield


away = override_settings(EMAIL_DELIVERY_BACKEND="tests.web.test_mail.AwayBackend")


def _work() -> None:
    """Do what waits now, as the worker does."""
    Worker(
        queue_names=["default", "mail"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()


def _later() -> None:
    DBTaskResult.objects.update(run_after=timezone.now())


def test_a_page_only_writes_mail_down_and_the_worker_sends_it(committed: None) -> None:
    send_mail("件名", "本文", None, ["a@example.jp"])
    assert mail.outbox == []
    _work()
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("件名", "本文", ["a@example.jp"])
    assert not Outgoing.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_change_that_is_undone_sends_nothing(committed: None) -> None:
    with transaction.atomic():
        send_mail("件名", "本文", None, ["a@example.jp"])
        transaction.set_rollback(True)
    _work()
    assert mail.outbox == []


def test_mail_waits_while_the_server_is_away_and_is_sent_once(
    committed: None, caplog: pytest.LogCaptureFixture
) -> None:
    send_mail("件名", "本文", None, ["a@example.jp"])
    with away:
        _work()
        _later()
        _work()
    assert Outgoing.objects.get().tries == 2
    assert "was not sent" in caplog.text
    assert "本文" not in caplog.text
    _later()
    tasks.take_up()
    _work()
    assert len(mail.outbox) == 1
    assert not Outgoing.objects.exists()


def test_the_pauses_grow_to_an_hour(committed: None) -> None:
    send_mail("件名", "本文", None, ["a@example.jp"])
    pauses = []
    with away:
        for _ in range(8):
            _later()
            _work()
            run_after = DBTaskResult.objects.get().run_after
            pauses.append(round((run_after - timezone.now()) / dt.timedelta(minutes=1)))
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


def test_what_a_worker_left_is_taken_up_by_the_next(committed: None) -> None:
    send_mail("件名", "本文", None, ["a@example.jp"])
    DBTaskResult.objects.all().delete()  # as one that another began and lost
    Outgoing.objects.update(tries=1)
    tasks.take_up()
    tasks.take_up()
    _work()
    assert len(mail.outbox) == 1


def test_what_could_not_be_sent_for_a_day_is_gone(
    committed: None, caplog: pytest.LogCaptureFixture
) -> None:
    send_mail("件名", "本文", None, ["a@example.jp"])
    Outgoing.objects.update(made_at=clock.now() - tasks.KEPT - dt.timedelta(seconds=1))
    with caplog.at_level(logging.ERROR):
        _work()
    assert mail.outbox == []
    assert not Outgoing.objects.exists()
    assert "given up" in caplog.text


def test_a_known_person_gets_a_link_and_an_unknown_one_nothing(committed_world: World) -> None:
    person = committed_world.people["officer"]
    Client().post(RESET, {"email": person.email.upper()})
    Client().post(RESET, {"email": "nobody@example.jp"})
    _work()
    assert not DBTaskResult.objects.exists()
    (sent,) = mail.outbox
    assert sent.to == [person.email]
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", str(sent.body))
    assert link is not None
    client = Client()
    form = client.get(link[1], follow=True)
    new = {"password1": "a long new passphrase", "password2": "a long new passphrase"}
    client.post(form.redirect_chain[-1][0], new)
    assert Person.objects.get(pk=person.pk).check_password("a long new passphrase")


def test_who_can_not_log_in_any_more_gets_no_link(committed_world: World) -> None:
    Person.objects.filter(email="officer@example.jp").update(is_active=False)
    Client().post(RESET, {"email": "officer@example.jp"})
    _work()
    assert mail.outbox == []


def _work_done(path: str, given: dict[str, str]) -> tuple[object, ...]:
    """Return what a request does and answers: hashes, statements, status, where to, text."""
    hashes = []
    encode = MD5PasswordHasher.encode

    def counted(self: BasePasswordHasher, password: str, salt: str) -> str:
        hashes.append(salt)
        return str(encode(self, password, salt))

    with (
        patch.object(MD5PasswordHasher, "encode", counted),
        CaptureQueriesContext(connection) as queries,
    ):
        answer = Client().post(path, given)
    statements = [
        re.sub(r"'[^']*'|NULL|s\d+_x\d+|_django_curs_\w+|\b\d+\b|[0-9a-f]{32}", "?", q["sql"])
        for q in queries
    ]
    text = re.sub(r'value="[^"]*"', "", answer.content.decode())
    return len(hashes), statements, answer.status_code, answer.get("Location"), text


@pytest.mark.parametrize("known", ["officer@example.jp", "inactive@example.jp", "none@example.jp"])
def test_a_log_in_does_the_same_for_a_known_address_and_an_unknown_one(
    world: World, known: str
) -> None:
    Person.objects.create_user("none@example.jp", "架空 無", None)
    inactive = Person.objects.create_user("inactive@example.jp", "架空 停", PASSWORD)
    inactive.is_active = False
    inactive.save()
    of_known = _work_done("/account/login/", {"login": known, "password": "wrong wrong"})
    of_nobody = _work_done("/account/login/", {"login": "no@example.jp", "password": "wrong wrong"})
    assert of_known == of_nobody
    assert of_known[0] == 1


@pytest.mark.parametrize("known", ["officer@example.jp", "inactive@example.jp"])
def test_a_new_password_is_asked_for_alike_by_a_known_address_and_an_unknown_one(
    world: World, known: str
) -> None:
    Person.objects.create_user("inactive@example.jp", "架空 停", PASSWORD)
    Person.objects.filter(email="inactive@example.jp").update(is_active=False)
    of_known = _work_done(RESET, {"email": known})
    of_nobody = _work_done(RESET, {"email": "no@example.jp"})
    assert of_known == of_nobody
    assert of_known[2:4] == (302, "/account/password/reset/done/")
    assert "accounts_person" not in str(of_known[1])


@away
def test_pages_answer_while_the_mail_server_is_away(committed_world: World) -> None:
    client = committed_world.client("admin")
    page = client.post("/people/invite/", {"email": "new@example.jp", "role": "admin"})
    assert page.status_code == 200
    assert "/account/invitation/" in page.content.decode()
    assert Client().post(RESET, {"email": "officer@example.jp"}).status_code == 302
    _work()
    assert sorted(str(one.recipients) for one in Outgoing.objects.all()) == [
        "['new@example.jp']",
        "['officer@example.jp']",
    ]


def test_an_invitation_is_sent_again_with_a_new_link_alone(committed_world: World) -> None:
    client = committed_world.client("admin")
    first = client.post("/people/invite/", {"email": "new@example.jp", "role": "admin"})
    made = Invitation.objects.get(email="new@example.jp")
    Invitation.objects.update(expires_at=clock.now() - dt.timedelta(days=1))
    address = f"/people/invitations/{made.pk}/renew/"
    assert address in client.get("/people/").content.decode()
    second = client.post(address)
    links = [
        re.search(r"http://testserver(/account/invitation/[^\s<]+/)", page.content.decode())
        for page in (first, second)
    ]
    old, new = (link[1] for link in links if link)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    _work()
    assert new in str(mail.outbox[-1].body)


def test_an_accepted_invitation_is_not_sent_again(world: World) -> None:
    client = world.client("admin")
    client.post("/people/invite/", {"email": "new@example.jp", "role": "admin"})
    made = Invitation.objects.get(email="new@example.jp")
    Invitation.objects.update(cancelled_at=clock.now())
    assert client.post(f"/people/invitations/{made.pk}/renew/").status_code == 404


def test_a_person_is_reported_by_mail_of_a_changed_password_and_factor(
    committed_world: World,
) -> None:
    person = committed_world.people["approver"]
    client = committed_world.client("approver")
    new = {"password1": "a long new passphrase", "password2": "a long new passphrase"}
    client.post("/account/password/change/", {"oldpassword": PASSWORD, **new})
    committed_world.client("admin").post(
        f"/people/{person.pk}/second-factor/reset/", {"reason": "紛失"}
    )
    _work()
    assert [sent.to for sent in mail.outbox] == [[person.email], [person.email]]
    assert "パスワード" in mail.outbox[0].subject
    assert "二段階認証の解除" in mail.outbox[1].subject
