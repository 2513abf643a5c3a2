"""The web application's settings under test: its own folder, quick passwords, a fixed day."""

import os
import tempfile

_var = tempfile.mkdtemp(prefix="shokibo-test-")
os.environ.setdefault("SHOKIBO_VAR", _var)
os.environ.setdefault("SHOKIBO_TODAY", "2022-04-05")

from shokibo.web.settings import *  # noqa: E402
from shokibo.web.settings import DATABASES, TEMPLATES  # noqa: E402
from tests.web.unknown_names import Unknown  # noqa: E402

TEMPLATES[0]["OPTIONS"]["builtins"].append("tests.web.names")
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Unknown()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True  # a client reads no static file that it isn't asked for
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": f"{_var}/test.sqlite3"}  # as it is in use: a file
LOGGING = {"version": 1, "disable_existing_loggers": False}
