"""Forms of security keys: allauth's, with a label for a key's name.

What a browser sends of a key is a document that anybody can write; allauth and fido2 read it
without looking at its shape first, and raise whatever they meet.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.utils.translation import gettext_lazy as _

from shokibo.web.base.forms import TextField

_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, struct.error)


@contextmanager
def _reading_an_answer() -> Iterator[None]:
    """Refuse an answer of a key that can't be read. Raises ValidationError."""
    try:
        yield
    except _UNREADABLE as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new key."""

    name = TextField(label=_("キーの名前"), required=False, max_length=100)

    def clean(self) -> dict[str, Any]:
        """Hold the key to what its browser was asked for. Raises ValidationError."""
        with _reading_an_answer():
            return dict(super().clean())


class _ShownKeyForm:
    def clean_credential(self) -> Any:
        """Find the key that answered. Raises ValidationError."""
        with _reading_an_answer():
            return super().clean_credential()  # type: ignore[misc]


class AuthenticateKeyForm(_ShownKeyForm, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A key shown at the log-in."""


class ReauthenticateKeyForm(_ShownKeyForm, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A key shown again before something grave."""


class EditKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """The name of a key."""

    name = TextField(label=_("キーの名前"), max_length=100)
