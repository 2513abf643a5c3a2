"""What the program's log holds of an answer."""

import logging

_SERVER_FAILURE = 500


def without_traceback_of_refusals(record: logging.LogRecord) -> bool:
    """Leave a request that was refused (403, 404, 400) as one line: nothing of the program failed.

    A filter, so it answers that the record is to be written.
    """
    if getattr(record, "status_code", _SERVER_FAILURE) < _SERVER_FAILURE:
        record.exc_info = record.exc_text = None
    return True
