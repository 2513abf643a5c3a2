"""Tokens from before get the role under which they were made, and no token changes its role."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.models import Q

from shokibo.web.database import Frozen
from shokibo.web.api.scopes import SCOPES
from shokibo.web.accounts.roles import ROLES


def bind(apps: Any, schema_editor: Any) -> None:
    """Bind each token to a role that its person held at its authority when it was made.

    Of several, to the one that holds most of what its scopes let through: one token has one role.
    A revoked token stays as it is; one of no role opens nothing.
    """
    for token in apps.get_model("api", "ApiToken").objects.filter(revoked_at__isnull=True):
        held = apps.get_model("accounts", "Membership").objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=token.made_at),
            person=token.person_id,
            authority=token.authority_id,
            given_at__lte=token.made_at,
        )
        through = {p for code in token.scopes.split() for p in SCOPES[code].permissions}
        token.membership = max(
            held.order_by("pk"),
            key=lambda m: len(through & ROLES[m.role].permissions),
            default=None,
        )
        token.save(update_fields=["membership"])


class Migration(migrations.Migration):
    """A token is dead for ever once its role ends."""

    dependencies: ClassVar = [("api", "0003_apitoken_membership")]
    operations: ClassVar = [
        migrations.RunPython(bind, migrations.RunPython.noop),
        Frozen("token_bound", "api_apitoken", "TRUE", ("membership_id",)),
    ]
