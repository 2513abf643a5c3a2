"""The code that an authenticator app shows (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time

SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105


def one_time_code(secret: str = SECRET) -> str:
    """Return the six digits of now."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
