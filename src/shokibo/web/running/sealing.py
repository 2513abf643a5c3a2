"""A stream of bytes under a passphrase: encrypted, and authenticated to its very end.

The construction is STREAM, as age and Tink use it. scrypt makes a key from the passphrase and the
file's own salt; AES-256-GCM seals chunks of 64 KiB, each under its number and whether it is the
last. No chunk can be changed, left out, moved or added, nor the end be cut off, unnoticed.
"""

from secrets import token_bytes
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"shokibo-backup/1\n"
"""Begins a sealed file; another number would stand for another construction."""
_SALT, _TAG, _CHUNK = 16, 16, 64 * 1024


class BrokenSealError(Exception):
    """The passphrase is another (then the first chunk fails), or the file is damaged."""

    def __init__(self, chunk: int) -> None:
        self.is_first = chunk == 0
        super().__init__(chunk)


class SealedWriter:
    """Seals what is written to it into `file`; `finish` writes the last chunk."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._header = MAGIC + token_bytes(_SALT)
        self._file, self._cipher = file, _cipher(passphrase, self._header)
        self._waiting, self._number = bytearray(), 0
        file.write(self._header)

    def write(self, data: bytes) -> int:
        """Seal every whole chunk that more follows."""
        self._waiting += data
        while len(self._waiting) > _CHUNK:
            self._seal(self._waiting[:_CHUNK], is_last=False)
            del self._waiting[:_CHUNK]
        return len(data)

    def flush(self) -> None:
        """Do nothing: a chunk is written when it is whole."""

    def finish(self) -> None:
        """Seal the last chunk. A stream that was broken off never gets here, and never opens."""
        self._seal(self._waiting, is_last=True)

    def _seal(self, chunk: bytearray, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, bytes(chunk), self._header))
        self._number += 1


class SealedReader:
    """Opens what `SealedWriter` wrote, chunk by chunk, from a file that stands at its start.

    Only who has read to the end knows that it is whole.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._header = file.read(len(MAGIC) + _SALT)
        self._file, self._cipher = file, _cipher(passphrase, self._header)
        self._ahead, self._number = file.read(_CHUNK + _TAG), 0
        self._opened, self._is_over = b"", False

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, none at the end. Raises BrokenSealError."""
        if not self._opened and not self._is_over:
            self._open()
        given, self._opened = self._opened[:size], self._opened[size:]
        return given

    def seek(self, _offset: int) -> int:
        """Refuse: a sealed stream is read once, from its start to its end."""
        raise OSError

    def _open(self) -> None:
        sealed, self._ahead = self._ahead, self._file.read(_CHUNK + _TAG)
        self._is_over = not self._ahead
        nonce = _nonce(self._number, is_last=self._is_over)
        try:
            self._opened = self._cipher.decrypt(nonce, sealed, self._header)
        except InvalidTag as error:
            raise BrokenSealError(self._number) from error
        self._number += 1


def _cipher(passphrase: str, header: bytes) -> AESGCM:
    """Make the key: 64 MB and half a second a guess (OWASP's second choice for scrypt)."""
    salt = header[len(MAGIC) :]
    return AESGCM(Scrypt(salt, length=32, n=2**16, r=8, p=2).derive(passphrase.encode()))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
