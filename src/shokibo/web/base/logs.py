"""What the program's log holds about a response."""

import logging

_SERVER_FAILURE = 500


def without_traceback_of_refusals(record: logging.LogRecord) -> bool:
    """Log a refused request (403, 404, 400) in one line: the program did not fail.

    A filter, so it returns that the record is to be written.
    """
    if getattr(record, "status_code", _SERVER_FAILURE) < _SERVER_FAILURE:
        record.exc_info = record.exc_text = None
    return True
