"""Links to a new password, and their tokens."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from shokibo.web.accounts.models import Person


class ResetTokens(PasswordResetTokenGenerator):
    """Void once the person's password, second factor or roles changed, or they logged in."""

    def _make_hash_value(self, user: Person, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.credentials_version}"


def path_to_new_password(person: Person) -> str:
    """Return the path at which a person chooses a new password."""
    key = ResetTokens().make_token(person)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
