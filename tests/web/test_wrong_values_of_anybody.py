"""Wrong values where nobody is logged in yet, or somebody is about to prove who they are.

Log-in, password, second factor, invitation, language and the public pages: an answer in words,
and never a fault.
"""

import json
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import get_resolver, reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from shokibo.web.accounts import actions
from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Invitation, Person
from shokibo.web.accounts.reset_tokens import ResetTokens
from shokibo.web.base import clock
from tests.web.page_forms import forms_of
from tests.web.test_matrix import ALL, PUBLIC, names_of
from tests.web.world import PASSWORD, World
from tests.web.wrong_values import (
    ALL_OF_THEM,
    NEVER,
    NOTHING,
    known_fields,
    sent,
    text_of,
    values,
    wrong_fields,
    wrong_parameters,
    wrong_parts,
)

ROLES = sorted(ALL) if ALL_OF_THEM else ["approver"]
Stage = Callable[[Person], Client]


def _logged_out(_person: Person) -> Client:
    return Client()


def _password_given(person: Person) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def _logged_in(person: Person) -> Client:
    """Log in with both factors just shown; a security key and recovery codes are there."""
    RecoveryCodes.activate(person)
    key = {"name": "鍵", "credential": _credential()}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=key)
    return _just_shown(person)


def _credential() -> dict[str, Any]:
    """Return what a browser sends of a new security key."""
    numbers = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
    key = ES256({1: 2, 3: -7, -1: 1, -2: x, -3: y})
    data = AttestedCredentialData.create(Aaguid.NONE, b"key", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    shown = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 0, data)
    client = CollectedClientData.create("webauthn.create", b"x" * 32, "https://testserver")
    response = {
        "clientDataJSON": websafe_encode(client),
        "attestationObject": websafe_encode(AttestationObject.create("none", shown, {})),
    }
    name = websafe_encode(b"key")
    extensions: dict[str, Any] = {"clientExtensionResults": {}}
    return {"id": name, "rawId": name, "type": "public-key", "response": response, **extensions}


def _without_factor(person: Person) -> Client:
    Authenticator.objects.filter(user=person).delete()
    return _just_shown(person)


def _just_shown(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "at": time.time(), "reauthenticated": True},
    ]
    session.save()
    return client


STAGES: dict[str, Stage] = {
    **dict.fromkeys(
        (
            "account_login",
            "account_signup",
            "account_inactive",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
        ),
        _logged_out,
    ),
    "mfa_authenticate": _password_given,
    "mfa_activate_totp": _without_factor,
}
"""Where a person stands when a page is meant for them; otherwise they are logged in."""
ABOUT_A_LOG_IN = [
    name for name in names_of(get_resolver().url_patterns) if name.startswith(("account_", "mfa_"))
]


def _address(name: str, person: Person) -> str:
    keys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    arguments: dict[str, Callable[[], list[object]]] = {
        "account_reset_password_from_key": lambda: [
            user_pk_to_url_str(person),
            ResetTokens().make_token(person),
        ],
        "mfa_edit_webauthn": lambda: [keys.get().pk],
        "mfa_remove_webauthn": lambda: [keys.get().pk],
    }
    return reverse(name, args=arguments.get(name, list)())


def _wrong(client: Client, address: str) -> Iterator[object]:
    """Try a page's parameters, its part of the address, where to go next, and its forms."""
    yield from wrong_parameters(client, address, opens=True)
    for value in values(len(address)):
        status = sent(client, "GET", address, {"next": value}).status
        if status >= 500:
            yield "next", value[:20], status
    opened = client.get(address, follow=True)
    known, here = known_fields(opened), opened.request["PATH_INFO"]
    for place, form in enumerate(forms_of(text_of(opened), here)):
        yield from wrong_fields(client, form, known, place)


@pytest.mark.parametrize("name", ABOUT_A_LOG_IN)
def test_a_wrong_value_about_a_log_in_is_answered(world: World, name: str) -> None:
    wrong = {}
    for role in ROLES:
        person = Person.objects.get(pk=world.people[role].pk)
        client = STAGES.get(name, _logged_in)(person)
        if found := list(_wrong(client, _address(name, person))):
            wrong[role] = found
    assert wrong == {}


@pytest.mark.parametrize("name", ["account_reset_password_from_key", "mfa_edit_webauthn"])
def test_a_wrong_part_of_an_address_about_a_log_in_opens_nothing(world: World, name: str) -> None:
    person = Person.objects.get(pk=world.people["approver"].pk)
    client = STAGES.get(name, _logged_in)(person)
    for address, status in wrong_parts(client, _address(name, person)):
        assert status == 200, address
        shown = [
            one for form in forms_of(text_of(client.get(address)), address) for one in form.fields
        ]
        assert not [one.name for one in shown if one.kind == "password"]


_WRONG_PARTS: tuple[Any, ...] = ("", "!", "AAAA", 1, None, [], {})


def _wrong_credentials() -> Iterator[Any]:
    """Return what is no answer of a security key: of another shape, or damaged in one place."""
    yield from (1, "x", [1], {"id": 1}, {"rawId": "x"})
    right = _credential()
    signed = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA"}
    for answer in (right, {**right, "response": signed}):
        yield answer
        for wrong in _WRONG_PARTS:
            yield from ({**answer, name: wrong} for name in answer)
            for name in answer["response"]:
                yield {**answer, "response": {**answer["response"], name: wrong}}


@pytest.mark.parametrize(
    "name", ["mfa_authenticate", "mfa_reauthenticate_webauthn", "mfa_add_webauthn"]
)
def test_a_wrong_answer_of_a_security_key_is_no_proof(world: World, name: str) -> None:
    person = Person.objects.get(pk=world.people["approver"].pk)
    client, address = _logged_in(person), reverse(name)
    if name == "mfa_authenticate":
        client = _password_given(person)
    client.get(address)
    refused = {(200, ""), (302, reverse("account_login"))}
    for wrong in _wrong_credentials():
        answer = sent(client, "POST", address, {"credential": json.dumps(wrong)})
        assert (answer.status, answer.location) in refused, wrong


def _invitation(world: World, email: str) -> str:
    _made, token = actions.invite(
        access=access_of(world.people["admin"]),
        email=email,
        role="officer",
        authority=world.authority,
        home=None,
        operator="",
    )
    return reverse("people_own:invitation", args=[token])


@pytest.mark.parametrize("role", ["", *ROLES])
def test_a_wrong_value_on_an_invitation_is_refused(world: World, role: str) -> None:
    email = world.people[role].email if role else "new@example.jp"
    address = _invitation(world, email)
    client = world.client(role) if role else Client()
    assert [*_wrong(client, address), *wrong_parts(client, address)] == []


@pytest.mark.parametrize("ended", ["accepted_at", "cancelled_at", "expires_at"])
def test_an_invitation_that_ended_takes_nothing(world: World, ended: str) -> None:
    address = _invitation(world, "new@example.jp")
    by = {"accepted_by": world.people["officer"]} if ended == "accepted_at" else {}
    Invitation.objects.update(**{ended: clock.now(), **by})
    for place, name in enumerate(("name", "password", "again")):
        for value in values(place):
            assert sent(Client(), "POST", address, {name: value}).status == 404


@pytest.mark.parametrize("role", ["", *ROLES])
def test_a_wrong_language_is_refused(world: World, role: str) -> None:
    client, address = world.client(role) if role else Client(), reverse("language")
    right = {"language": "en", "next": "/"}
    assert sent(client, "POST", address, right).status == 302
    accepted = [
        (name, value[:20], status)
        for place, name in enumerate(right)
        for value in [*values(place), "//evil.example", "/\\evil.example"]
        if value in NOTHING + NEVER or name == "language" or "evil" in value
        if (status := sent(client, "POST", address, {**right, name: value}).status) != 400
    ]
    assert accepted == []


@pytest.mark.parametrize("name", PUBLIC)
def test_a_wrong_value_on_a_public_page_is_refused(world: World, name: str) -> None:
    address = reverse(name, args=PUBLIC[name](world))
    clients = [Client(), *(world.client(role) for role in ROLES)]
    wrong = [
        found
        for client in clients
        for found in (*wrong_parameters(client, address, opens=True), *wrong_parts(client, address))
    ]
    assert wrong == []
