"""Forms of security keys: allauth's, whose name of a key has no label of its own."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

from shokibo.web.forms import TextField


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new key."""

    name = TextField(label=_("キーの名前"), required=False, max_length=100)


class EditKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """The name of a key."""

    name = TextField(label=_("キーの名前"), max_length=100)
