"""Uploads checked by the office's virus scanner (clamd) while they arrive."""

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler

_SECONDS = 30


class InfectedFileError(SuspiciousOperation):
    """The scanner found the file to be malicious."""

    def __init__(self, name: str, signature: str) -> None:
        self.name, self.signature = name, signature
        super().__init__(f"upload refused by the virus scanner: {signature}")


class ScannerAwayError(SuspiciousOperation):
    """The scanner did not answer, so no file may be accepted."""


class ScanningUploadHandler(FileUploadHandler):
    """Passes each chunk to clamd, if SHOKIBO_CLAMD is set, and to the next handler.

    Raises InfectedFileError or ScannerAwayError once the file is complete, before any page sees it;
    without a scanner nothing is checked.
    """

    _scan: "Scan | None" = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a scan."""
        super().new_file(*args, **kwargs)
        self._scan = Scan(settings.CLAMD) if settings.CLAMD else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Send the chunk to the scanner."""
        if self._scan is not None:
            self._scan.send(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Ask for the scanner's answer."""
        if self._scan is not None and (signature := self._scan.finish()):
            raise InfectedFileError(str(self.file_name), signature)

    def upload_interrupted(self) -> None:
        """Drop the connection."""
        if self._scan is not None:
            self._scan.close()


class Scan:
    """A file sent through clamd's INSTREAM.

    `address` is `unix:/path/of/clamd.ctl` or `host:port`. Every failure is a ScannerAwayError.
    """

    def __init__(self, address: str) -> None:
        self._open = contextlib.ExitStack()
        with self._reported():
            if address.startswith("unix:"):
                self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                self._open.enter_context(self._socket)
                self._socket.settimeout(_SECONDS)
                self._socket.connect(address.removeprefix("unix:"))
            else:
                host, _, port = address.rpartition(":")
                self._socket = socket.create_connection((host, int(port)), _SECONDS)
                self._open.enter_context(self._socket)
            self._socket.sendall(b"zINSTREAM\0")

    def send(self, chunk: bytes) -> None:
        """Send a part of the file."""
        with self._reported():
            self._socket.sendall(len(chunk).to_bytes(4, "big") + chunk)

    def finish(self) -> str:
        """Return the signature that was found; blank if the file is clean."""
        with self._reported():
            self._socket.sendall(bytes(4))
            answer = b""
            while part := self._socket.recv(4096):
                answer += part
        self.close()
        verdict = answer.strip(b"\0").decode("utf-8", "replace").removeprefix("stream: ")
        if verdict == "OK":
            return ""
        if verdict.endswith(" FOUND"):
            return verdict.removesuffix(" FOUND")
        raise ScannerAwayError(f"clamd answered {verdict!r}")

    def close(self) -> None:
        """Close the connection."""
        self._open.close()

    @contextlib.contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.close()
            raise ScannerAwayError(str(error)) from error
