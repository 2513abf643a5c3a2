"""The tokens in links to a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from shokibo.web.accounts.models import Person


class ResetTokens(PasswordResetTokenGenerator):
    """Void once password, second factor or roles of the person changed, or they logged in."""

    def _make_hash_value(self, user: Person, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.credentials_version}"
