"""Excessive uploads: too large (refused with a page), or too many by one person."""

import math
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.throttling import counted, until_next

_CHUNK = 64 * 1024
_BESIDE = 1024 * 1024
"""Bytes that a form may hold in addition to its file."""
_MINUTES = 10


def count_upload(person: int) -> None:
    """Count a person's upload. Raises RefusedError if they sent too many just now."""
    most = settings.UPLOADS_IN_TEN_MINUTES
    if counted(f"uploads-{person}", _MINUTES * 60) <= most:
        return
    minutes = math.ceil(until_next(_MINUTES * 60) / 60)
    raise RefusedError(
        f"一人が{_MINUTES}分に送れるファイルは{most}件までです。"
        f"このファイルは受け付けていません。{minutes}分後に、もう一度送ってください。",
        f"At most {most} files of one person in {_MINUTES} minutes; this one was not stored. "
        f"Send it again in {minutes} min.",
    )


class BoundedUploadHandler(FileUploadHandler):
    """Refuses a body larger than the largest file that any page accepts."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's own name
        content_length: int,
        *_: Any,
        **__: Any,
    ) -> None:
        """Check the length before reading. Raises RequestDataTooBig.

        The rest of the body is read and dropped, up to ten times the limit: a browser whose
        connection is cut shows no page.
        """
        most = settings.IMPORT_MOST_BYTES + _BESIDE
        if content_length <= most:
            return
        left = min(content_length, 10 * most)
        while left > 0 and (chunk := input_data.read(min(_CHUNK, left))):
            left -= len(chunk)
        raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Leave the data to the handlers that follow."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that follow."""
