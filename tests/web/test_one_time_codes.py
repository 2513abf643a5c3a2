"""The second factor as allauth keeps it here: codes that live shortly and work once."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    validate_totp_code,
    yield_hotp_counters_from_time,
)
from django.test import Client

from tests.web.world import PASSWORD, World

LOGIN, CODE = "/account/login/", "/account/2fa/authenticate/"


def _code(secret: str, *, steps_ago: int = 0) -> str:
    (now,) = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now - steps_ago)))


@pytest.fixture
def secret(world: World) -> str:
    """Return the auditor an authenticator app."""
    made = generate_totp_secret()
    Authenticator.objects.filter(user=world.people["auditor"]).delete()
    TOTP.activate(world.people["auditor"], made)
    return str(made)


def _with_password(world: World) -> Client:
    client = Client()
    given = {"login": world.people["auditor"].email, "password": PASSWORD}
    assert client.post(LOGIN, given).headers["Location"] == CODE
    return client


def test_a_code_works_once(world: World, secret: str) -> None:
    code = _code(secret)
    assert _with_password(world).post(CODE, {"code": code}).status_code == 302
    assert _with_password(world).post(CODE, {"code": code}).status_code == 200


def test_a_code_lives_thirty_seconds(secret: str) -> None:
    while time.time() % 30 > 25:  # not at the turn of a step
        time.sleep(1)
    assert validate_totp_code(secret, _code(secret))
    assert not validate_totp_code(secret, _code(secret, steps_ago=1))
    assert not validate_totp_code(secret, _code(secret, steps_ago=-1))


def test_guesses_of_codes_are_counted(world: World, secret: str) -> None:
    client = _with_password(world)
    answers = [client.post(CODE, {"code": f"{guess:06}"}).status_code for guess in range(30)]
    assert set(answers) <= {200, 302, 429}
    assert client.post(CODE, {"code": _code(secret)}).status_code != 302


def test_the_session_s_key_changes_at_each_proof(world: World, secret: str) -> None:
    client = _with_password(world)
    asked = client.session.session_key
    client.post(CODE, {"code": _code(secret)})
    logged_in = client.session.session_key
    again = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert again.status_code == 302
    proved = client.session.session_key
    assert len({asked, logged_in, proved}) == 3
    client.cookies["sessionid"] = str(logged_in)
    assert client.get("/account/").status_code == 302  # the key before opens nothing any more


def test_a_factor_is_changed_after_the_password_is_given_again(world: World, secret: str) -> None:
    client = _with_password(world)
    client.post(CODE, {"code": _code(secret)})
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
    session.save()
    for address in ("/account/2fa/totp/deactivate/", "/account/2fa/recovery-codes/generate/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/reauthenticate/" in answer.headers["Location"]
