"""Secrets of second factors: encrypted in the database, under keys that are elsewhere."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import Fernet
from pytest_django.fixtures import Settings

from shokibo.web.accounts.factor_secrets import bring_to_first_key
from tests.web.world import World


def _code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


@pytest.fixture
def secret(world: World) -> str:
    """Set up an authenticator app and recovery codes; return the app's secret."""
    Authenticator.objects.all().delete()
    secret = str(generate_totp_secret())
    TOTP.activate(world.people["approver"], secret)
    RecoveryCodes.activate(world.people["approver"])
    return secret


def _stored() -> str:
    return json.dumps(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))


def _totp() -> TOTP:
    return TOTP(Authenticator.objects.get(type="totp"))


def test_the_database_holds_no_secret_and_the_code_is_right(secret: str) -> None:
    assert secret not in _stored()
    assert _stored().count("gAAAA") == 2
    assert _totp().validate_code(_code(secret))


def test_plain_secrets_of_a_former_version_are_encrypted_at_the_start(secret: str) -> None:
    Authenticator.objects.filter(type="totp").update(data={"secret": secret})
    Authenticator.objects.filter(type="recovery_codes").update(
        data={"seed": "ab" * 40, "used_mask": 3}
    )
    assert bring_to_first_key() == 0
    assert secret not in _stored()
    assert "ab" * 40 not in _stored()
    assert _totp().validate_code(_code(secret))
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
    assert len(codes.get_unused_codes()) == len(codes.generate_codes()) - 2


def test_a_new_first_key_takes_over_and_the_old_one_can_go(secret: str, settings: Settings) -> None:
    old, new = settings.FACTOR_KEYS[0], Fernet.generate_key().decode()
    settings.FACTOR_KEYS = (new, old)
    assert _totp().validate_code(_code(secret))
    assert bring_to_first_key() == 0
    settings.FACTOR_KEYS = (new,)
    before = _stored()
    assert bring_to_first_key() == 0
    assert _stored() == before
    assert Authenticator.objects.count() == 2


def test_without_its_key_a_factor_answers_to_no_code_and_is_counted(
    secret: str, settings: Settings
) -> None:
    settings.FACTOR_KEYS = (Fernet.generate_key().decode(),)
    assert not _totp().validate_code(_code(secret))
    assert bring_to_first_key() == 2
