"""Lines for the office's log collector: the log's events and refused requests, as JSON.

A line names rows and people by key and holds no values. In production lines go to standard error
(docs/security.md).
"""

import json
import logging

from django.http import HttpRequest, HttpResponse

LINES = logging.getLogger("shokibo.lines")
REFUSALS = frozenset({400, 401, 403, 404, 405, 413, 422, 429})


def write_line(line: str, /, **facts: object) -> None:
    """Write a line of a kind. Control characters are escaped."""
    LINES.info(json.dumps({"line": line, **facts}, default=str))


def write_refusal(request: HttpRequest, response: HttpResponse) -> None:
    """Write a line for a response that refuses a person or a program: who asked for what."""
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
