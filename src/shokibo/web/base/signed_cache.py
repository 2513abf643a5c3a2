"""Django's database cache, unpickling only what this installation signed."""

import hmac
import io
import pickle
from base64 import b64decode
from collections.abc import Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

_SALT = "shokibo.web.base.signed_cache"
_ALGORITHM = "sha256"
_LENGTH = 32


class SignedDatabaseCache(DatabaseCache):
    """A pickle can run code when it is loaded, so its signature is checked first.

    The signature covers the key, so that a value can't be moved to another key. A row with a wrong
    signature, such as one of another secret, counts as missing.
    """

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """Return the cached values with a valid signature."""
        asked = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not asked:
            return {}
        connection = connections[router.db_for_read(self.cache_model_class)]
        table = connection.ops.quote_name(self.cache_model_class._meta.db_table)
        places = ", ".join(["%s"] * len(asked))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT cache_key, value FROM {table} "  # noqa: S608
                f"WHERE cache_key IN ({places}) AND expires >= %s",
                [*asked, connection.ops.adapt_datetimefield_value(now())],
            )
            rows = cursor.fetchall()
        found = ((key, _payload(key, stored)) for key, stored in rows)
        return {asked[key]: pickle.loads(given) for key, given in found if given is not None}  # noqa: S301

    def _base_set(
        self, mode: str, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT
    ) -> bool:
        pickled = pickle.dumps(value, self.pickle_protocol)
        stored: bool = super()._base_set(mode, key, _signature(key, pickled) + pickled, timeout)  # type: ignore[misc]
        return stored


def _signature(key: str, pickled: bytes) -> bytes:
    mac = salted_hmac(_SALT, key, algorithm=_ALGORITHM)
    mac.update(b"\0" + pickled)
    return mac.digest()


def _payload(key: str, stored: str) -> bytes | None:
    """Return a row's pickle; None if this installation did not write it."""
    try:
        outer = _Plain(io.BytesIO(b64decode(stored))).load()
    except (ValueError, EOFError, pickle.UnpicklingError):
        return None
    if not isinstance(outer, bytes):
        return None
    signature, pickled = outer[:_LENGTH], outer[_LENGTH:]
    return pickled if hmac.compare_digest(signature, _signature(key, pickled)) else None


class _Plain(pickle.Unpickler):
    """Unpickles the bytes that Django's cache wraps around ours: no class, no function."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name}")
