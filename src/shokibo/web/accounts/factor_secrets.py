"""Secrets of second factors: encrypted under keys that are in no database or backup."""

import base64
import logging
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

_LOG = logging.getLogger(__name__)
_SECRETS = {"totp": "secret", "recovery_codes": "seed"}
"""Where allauth stores secrets; a security key's half is public."""
_TOKEN = "gAAAA"  # noqa: S105 - what Fernet's tokens begin with, and neither base32 nor hex does


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts under the first key, and decrypts under any of them."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret; one that no code answers to where none of the keys is its own.

        Its person then can't show the factor, and an administrator resets it, as a lost one.
        """
        try:
            return _keys().decrypt(encrypted_text).decode()
        except InvalidToken:
            _LOG.warning("a second factor is encrypted under a key that is not given")
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FACTOR_KEYS])


@transaction.atomic
def bring_to_first_key() -> int:
    """Encrypt under the first key what is plain or under another; return how many no key opens."""
    lost = 0
    for row in Authenticator.objects.select_for_update().filter(type__in=_SECRETS):
        name = _SECRETS[row.type]
        try:
            renewed = _renewed(row.data[name])
        except InvalidToken:
            lost += 1
            continue
        if renewed != row.data[name]:
            row.data[name] = renewed
            row.save(update_fields=["data"])
    return lost


def _renewed(secret: str) -> str:
    if not secret.startswith(_TOKEN):
        return _keys().encrypt(secret.encode()).decode()
    try:
        Fernet(settings.FACTOR_KEYS[0]).decrypt(secret)
    except InvalidToken:
        return _keys().rotate(secret).decode()
    return secret
