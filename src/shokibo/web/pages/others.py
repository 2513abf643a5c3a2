"""Who may do what the reader of a page may not."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.roles import holders
from shokibo.web.base.language import language
from shokibo.web.steps.step import R, Step
from shokibo.web.steps.taking import barred, left_to_others


def done_by(permission: Permission, names: Iterable[str]) -> str:
    """Name the roles with a permission, and what they do with it."""
    comma = _("、")
    roles = comma.join(role.name.say(language()) for role in holders(permission))
    return _("%(roles)sが行う操作:%(names)s") % {"roles": roles, "names": comma.join(names)}


def steps_of_others(steps: Iterable[Step[R]], office: Office, row: R) -> list[str]:
    """Return a line for each role that may act next, and for each four-eyes restriction."""
    steps = list(steps)
    names: dict[Permission, list[str]] = {}
    for step in left_to_others(steps, office, row):
        names.setdefault(step.permission, []).append(step.name.say(language()))
    bans = (barred(step, office, row) for step in steps)
    return [
        *(done_by(permission, dict.fromkeys(own)) for permission, own in names.items()),
        *dict.fromkeys(words.say(language()) for words in bans if words),
    ]
