"""Lines for the office's collector: what the log holds and what was refused, one JSON each.

A line names rows and people by their keys and holds none of their values. In production they are
written to standard error (docs/security.md).
"""

import json
import logging

from django.http import HttpRequest, HttpResponse

LINES = logging.getLogger("shokibo.lines")
REFUSALS = frozenset({400, 401, 403, 404, 405, 413, 422, 429})


def write_line(line: str, /, **facts: object) -> None:
    """Write one line of a kind. Signs that would end or change it are escaped."""
    LINES.info(json.dumps({"line": line, **facts}, default=str))


def write_refusal(request: HttpRequest, response: HttpResponse) -> None:
    """Write a line for an answer that refuses a person or a program, with who asked for what."""
    if response.status_code not in REFUSALS or not LINES.isEnabledFor(logging.INFO):
        return
    caller = getattr(request, "auth", None)  # of the API, which has no session
    known = getattr(request, "user", None) if hasattr(request, "session") else None
    write_line(
        "refusal",
        status=response.status_code,
        method=request.method,
        path=request.path[:200],
        person=caller.token.person_id if caller else getattr(known, "pk", None),
        address=request.META.get("REMOTE_ADDR", ""),
    )
