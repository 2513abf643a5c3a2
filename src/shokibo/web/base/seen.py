"""What a person saw when they decided, carried by the form to the decision.

A page seals the facts that it shows. The decision compares them with the current facts; if they
differ, it is refused with what changed. Facts are Japanese texts by label, as in the log.
"""

import hashlib
import json
from collections.abc import Mapping

from django.core import signing

from shokibo.web.base.refusal import RefusedError

Facts = Mapping[str, str]
_SALT = "shokibo.seen"
MOST_CHANGES = 10
"""How many changes are named; further ones are counted."""


class ChangedSinceError(RefusedError):
    """The facts differ from those that were shown. `seen` seals the current ones."""

    def __init__(self, now: Facts, changes: list[str]) -> None:
        ja = "この画面を開いた後に、内容が変わりました。何も決めていません。"
        en = "What this page showed has changed since; nothing was decided. "
        more = len(changes) - MOST_CHANGES
        rest = [f"ほか{more}か所"] if more > 0 else []
        listed = "、".join([*changes[:MOST_CHANGES], *rest])
        super().__init__(
            f"{ja}{f'変わったところ:{listed}。' if listed else ''}"
            "今の内容を確かめて、もう一度送ってください。",
            f"{en}{f'Changed: {listed}. ' if listed else ''}Look at it again, then send once more.",
        )
        self.seen = seal(now)


def seal(facts: Facts) -> str:
    """Return the facts as a form carries them."""
    return signing.dumps(dict(facts), salt=_SALT, compress=True)


def digest_of(facts: Facts) -> str:
    """Return the facts' digest, for pages of many rows."""
    return hashlib.sha256(json.dumps(dict(facts), sort_keys=True).encode()).hexdigest()


def hold(seen: str | None, now: Facts) -> None:
    """Refuse a decision based on other facts; `seen` is None if no page was shown (a command).

    Raises ChangedSinceError.
    """
    if seen is None or seen == digest_of(now):
        return
    shown = _opened(seen)
    changes = [
        f"{label}「{shown.get(label, '—')}」→「{now.get(label, '—')}」"
        for label in {**shown, **now}
        if shown and shown.get(label) != now.get(label)
    ]
    if changes or not shown:
        raise ChangedSinceError(now, changes)


def _opened(seen: str) -> dict[str, str]:
    try:
        shown: dict[str, str] = signing.loads(seen, salt=_SALT)
    except signing.BadSignature:
        return {}
    return shown
