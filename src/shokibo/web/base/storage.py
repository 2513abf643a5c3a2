"""Where messages are kept until the next page.

Not in the session: a preview requested while somebody types stores its session too, and would
overwrite a message added meanwhile.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class _HostCookie(CookieStorage):
    cookie_name = "__Host-messages" if settings.SESSION_COOKIE_SECURE else "messages"


class MessageStorage(FallbackStorage):
    """A signed cookie, bound to this host in production; the session if it is too long."""

    storage_classes: ClassVar[tuple[type[BaseStorage], ...]] = (_HostCookie, SessionStorage)  # type: ignore[misc]
