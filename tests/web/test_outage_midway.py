"""The database goes away at the n-th statement of a request: what the page says is what happened.

A write and what belongs to it (a mail, a secret that is shown once, the answer of the API) happen
together or not at all; where only something after them failed, the page says that it was saved.
"""

from collections.abc import Callable
from itertools import count

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from shokibo.web.accounts import actions as accounts
from shokibo.web.accounts.access import access_of
from shokibo.web.audit.models import Event
from shokibo.web.mail.models import Outgoing
from tests.web.calling import caller
from tests.web.page_forms import forms_of
from tests.web.test_nth_failure import Failing
from tests.web.world import OURS, World

SAVED, NOT_SAVED = "その前に登録されています", "入力した内容は登録されていません"
Answer = tuple[int, str]
Send = Callable[[], Answer]


def _form(client: Client, address: str, given: dict[str, str]) -> Send:
    """Open a page; send its form."""
    client.raise_request_exception = False
    page = client.get(address).content.decode()
    (form,) = [one for one in forms_of(page, address) if one.targets[0] == ("POST", address)]

    def send() -> Answer:
        answer = client.post(address, {**form.sent, **given})
        return answer.status_code, answer.content.decode()

    return send


def _propose(world: World, number: int) -> Send:
    given = {"change": "close", "unit": str(world.unit("u4").pk), "effective_on": "2023-04-01"}
    address = reverse("homes:propose", args=[OURS, world.home.pk])
    return _form(world.client("home_staff"), address, {**given, "reason": f"{number}"})


def _invite(world: World, number: int) -> Send:
    given = {"email": f"n{number}@example.jp", "role": "officer"}
    given["authority"] = str(world.authority.pk)
    return _form(world.client("admin"), reverse("people:invite"), given)


def _reset(world: World, _number: int) -> Send:
    person = world.people["officer"]
    if not Authenticator.objects.filter(user=person).exists():
        Authenticator.objects.create(user=person, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    address = reverse("people:reset_second_factor", args=[person.pk])
    return _form(world.client("admin"), address, {"reason": "紛失"})


def _accept(world: World, number: int) -> Send:
    _invitation, token = accounts.invite(
        access=access_of(world.people["admin"]),
        email=f"n{number}@example.jp",
        role="officer",
        authority=world.authority,
        operator="",
        home=None,
    )
    address = reverse("people_own:invitation", args=[token])
    password = dict.fromkeys(("password", "again"), "long enough 7Rk2")
    return _form(Client(), address, {"name": "架空 新人", **password})


def _token(world: World, number: int) -> Send:
    role = world.people["officer"].memberships.get().pk
    given = {"name": f"{number}", "role": f"{role}", "scopes": "read", "days": "30"}
    return _form(world.client("officer"), reverse("tokens:make"), given)


def _add(world: World, number: int) -> Send:
    calling = caller(world, "officer")
    row = {"home_id": f"n{number}", "name": "新しい園", "operator": "新法人", "reason": "理由"}

    def send() -> Answer:
        answer = calling.send("POST", "{ours}/tables/homes", row)
        return answer.status_code, answer.content.decode()

    return send


@pytest.mark.parametrize("prepare", [_propose, _invite, _reset, _accept, _token, _add])
def test_a_page_says_what_was_saved(
    committed_world: World, settings: Settings, prepare: Callable[[World, int], Send]
) -> None:
    settings.EMAIL_BACKEND = "shokibo.web.mail.backend.QueuedBackend"
    wrong = []
    for number in count(1):
        send, fails = prepare(committed_world, number), Failing(number)
        events, mails = Event.objects.count(), Outgoing.objects.count()
        with connection.execute_wrapper(fails):
            status, text = send()
        is_saved = Event.objects.count() > events
        is_mailed = Outgoing.objects.count() > mails
        if not fails.failed:
            break
        if status != 503:
            is_right = is_saved
        elif prepare is _add:
            is_right = not is_saved
        else:
            is_right = (SAVED if is_saved else NOT_SAVED) in text
        if not is_right or (prepare in (_invite, _reset) and is_mailed is not is_saved):
            wrong.append((number, fails.failed, status, is_saved, is_mailed))
    assert wrong == []
    assert (status in (200, 201, 302), is_saved) == (True, True)
