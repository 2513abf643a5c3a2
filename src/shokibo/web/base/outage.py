"""The database is unavailable for a while: a plain page, until it is back."""

import errno
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextvars import ContextVar

from django.core.signals import request_started
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from psycopg.errors import DiskFull

from shokibo.texts import Text

_LOG = logging.getLogger(__name__)
_SAVED: ContextVar[bool] = ContextVar("saved", default=False)
"""Whether this request has committed a change."""
_FULL = Text("保存する場所がいっぱいです。", "The disk is full.")
_AWAY = Text("データベースに接続できません。", "The database can't be reached.")


class OutageMiddleware:
    """Responds with 503 and a page that needs no database.

    A view's exception reaches `process_exception`. Django turns one of an inner middleware
    (session, log-in) or of an error page into `bad_request` and `server_error`, which lead here
    too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Respond, or say that the database is unavailable."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Respond for a view whose database became unavailable."""
        return outage_page(exception) if is_outage(exception) else None


@receiver(request_started)
def _begin(**_: object) -> None:
    _SAVED.set(False)


def saves() -> None:
    """Note that this request has saved something, once its transaction is committed."""
    transaction.on_commit(_committed)


def _committed() -> None:
    _SAVED.set(True)


def is_outage(exception: BaseException | None) -> bool:
    """Return whether, at the root of an error, the database is unavailable or a disk full.

    DatabaseError itself, not a subclass, is raised for a file that is not a database.
    """
    return any(
        isinstance(one, OperationalError | InterfaceError)
        or type(one) is DatabaseError
        or _is_full(one)
        for one in _causes(exception)
    )


def is_full(exception: BaseException | None) -> bool:
    """Return whether the disk of the program or of its database is full."""
    return any(map(_is_full, _causes(exception)))


def _is_full(exception: BaseException) -> bool:
    if isinstance(exception, OSError):
        return exception.errno in (errno.ENOSPC, errno.EDQUOT)
    if isinstance(exception, sqlite3.Error):
        return getattr(exception, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(exception, DiskFull)


def _causes(exception: BaseException | None) -> Iterator[BaseException]:
    while exception is not None:
        yield exception
        exception = exception.__cause__ or exception.__context__


def log_outage(exception: BaseException | None) -> None:
    """Log in one line what is unavailable or full."""
    _LOG.error("%s: %s", "disk full" if is_full(exception) else "database away", exception)


def outage_page(exception: BaseException | None) -> HttpResponse:
    """Return the plain page, which says whether anything was saved, and log the cause."""
    log_outage(exception)
    context = {"cause": _FULL if is_full(exception) else _AWAY, "is_saved": _SAVED.get()}
    page = get_template("pages/outage.html").render(context)
    response = HttpResponse(page, status=503)
    response["Retry-After"] = "30"
    return response
