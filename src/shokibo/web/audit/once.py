"""A form that is sent twice is accepted once.

Each page's form carries a unique token. A request that writes claims the token together with
everything that was sent, in the same transaction: a second identical request finds it claimed,
writes nothing, and is redirected to where the first one went.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction

from shokibo.web.audit.models import SentForm
from shokibo.web.base.clock import now

REMEMBERED_FOR = dt.timedelta(days=30)


class SentAlreadyError(Exception):
    """The same form was sent before. `answer` is the address to which that request led."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        super().__init__(answer)


@dataclass
class Sending:
    """A form being processed: its key, and the request that processes it."""

    key: str
    request: UUID = field(default_factory=uuid4)
    claimed: bool = False

    def led_to(self, address: str) -> None:
        """Remember the address of the redirect, if anything was written."""
        SentForm.objects.filter(key=self.key, request=self.request).update(answer=address)

    def _commit(self) -> None:
        self.claimed = True


_SENDING: ContextVar[Sending | None] = ContextVar("sending", default=None)


@contextmanager
def sending(key: str) -> Iterator[Sending]:
    """Accept a form once. Raises SentAlreadyError if it was accepted before."""
    earlier = SentForm.objects.filter(key=key).first()
    if earlier is not None:
        raise SentAlreadyError(earlier.answer)
    sent = Sending(key)
    token = _SENDING.set(sent)
    try:
        yield sent
    finally:
        _SENDING.reset(token)


def claim() -> None:
    """Claim the form being processed, if any, for the transaction that writes.

    Of two simultaneous requests the second waits here for the first's transaction. Raises
    SentAlreadyError if another request claimed the same form.
    """
    sent = _SENDING.get()
    if sent is None or sent.claimed:
        return
    SentForm.objects.filter(at__lt=now() - REMEMBERED_FOR).delete()
    row, _ = SentForm.objects.get_or_create(key=sent.key, defaults={"request": sent.request})
    if row.request != sent.request:
        raise SentAlreadyError(row.answer)
    transaction.on_commit(sent._commit)
