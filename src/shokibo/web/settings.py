"""Django's settings, from the environment."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

from shokibo.web.environment.reading import read_environment

ENVIRONMENT = read_environment(os.environ)
HERE = Path(__file__).parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

INSTALLED_APPS = [
    "shokibo.web.pages",
    "shokibo.web.running",
    "shokibo.web.accounts",
    "shokibo.web.mail",
    "shokibo.web.audit",
    "shokibo.web.register",
    "shokibo.web.certification",
    "shokibo.web.returns",
    "shokibo.web.office",
    "shokibo.web.planning",
    "shokibo.web.needs",
    "shokibo.web.nation",
    "shokibo.web.receipts",
    "shokibo.web.care",
    "shokibo.web.today",
    "shokibo.web.exchange",
    "shokibo.web.api",
    "shokibo.web.opendata",
    "shokibo.web.support",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shokibo.web.base.protection.ProtectionMiddleware",
    "shokibo.web.base.outage.OutageMiddleware",
    "shokibo.web.opendata.middleware.PublicPagesMiddleware",  # before any reads a cookie
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shokibo.web.base.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shokibo.web.pages.shown_tables.ShownTablesMiddleware",
]
ROOT_URLCONF = "shokibo.web.urls"
WSGI_APPLICATION = "shokibo.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # The libraries for this are unmaintained and join words; a middleware costs each answer
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["shokibo.web.pages.loading.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shokibo.web.pages.context.frame",
                "shokibo.web.help.context.place",
            ],
            "builtins": ["shokibo.web.pages.templatetags.pages", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "shokibo.web.base.forms.Renderer"

DATABASES = {"default": dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer takes the lock at its start, so that two writers wait and never fail half-way.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=20,
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        # INSERT OR REPLACE asks the triggers of the row it deletes
        " PRAGMA recursive_triggers=ON;"
        # what is deleted is overwritten
        " PRAGMA secure_delete=ON;",
    )
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "shokibo.web.accounts.passwords.ContextWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "shokibo.web.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation was read at the address
ACCOUNT_FORMS = {"reset_password": "shokibo.web.accounts.password_reset.AskForm"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "【shokibo】"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "shokibo.web.accounts.reset_tokens.ResetTokens"  # noqa: S105
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.proxied else 0
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_ADAPTER = "shokibo.web.accounts.factor_secrets.FactorAdapter"
FACTOR_KEYS = ENVIRONMENT.factor_keys
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "shokibo.web.people.key_forms.AddKeyForm",
    "authenticate_webauthn": "shokibo.web.people.key_forms.AuthenticateKeyForm",
    "reauthenticate_webauthn": "shokibo.web.people.key_forms.ReauthenticateKeyForm",
    "edit_webauthn": "shokibo.web.people.key_forms.EditKeyForm",
}
SECOND_FACTOR_OFF = ENVIRONMENT.second_factor_off
MFA_TOTP_ISSUER = "shokibo"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENVIRONMENT.plain_http
CACHES = {
    "default": {
        "BACKEND": "shokibo.web.base.signed_cache.SignedDatabaseCache",
        "LOCATION": "shokibo_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # counts of the throttles, which live 5 minutes
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_ENGINE = "shokibo.web.accounts.session_store"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_COOKIE_AGE = ENVIRONMENT.idle_minutes * 60
SESSION_HOURS = ENVIRONMENT.session_hours
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not ENVIRONMENT.plain_http
if not ENVIRONMENT.plain_http:  # a browser takes such names from this very host over HTTPS only
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-language"
MESSAGE_STORAGE = "shokibo.web.base.storage.MessageStorage"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "shokibo.web.accounts.resending.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not ENVIRONMENT.plain_http
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^api/v1/(?!docs)"]  # programs are refused, not led on
SECURE_HSTS_SECONDS = 0 if ENVIRONMENT.plain_http else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxied else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8_000  # a grid of the plan sends every cell, up to 500 rows
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # more than any page takes: the page says how many
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "shokibo.web.base.uploads.BoundedUploadHandler",
    "shokibo.web.base.scanning.ScanningUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CLAMD = ENVIRONMENT.clamd
IMPORT_MOST_BYTES = 20 * 1024 * 1024
UPLOADS_IN_TEN_MINUTES = 30
"""Files, workbooks and evidence together, that a person may send."""
EVIDENCE_MOST_BYTES = 200 * 1024 * 1024
"""What the evidence of a home's applications for a fiscal year may come to."""
IMPORT_AT_ONCE_BYTES, IMPORT_AT_ONCE_ROWS = 300_000, 2_000
"""Larger workbooks are read, and longer imports done, by the worker."""
FORECAST_AT_ONCE_EPISODES, PROPOSE_AT_ONCE_HOMES = 100, 2
"""Forecasts from more episodes, and proposals for more homes, are computed by the worker."""

EMAIL_BACKEND = "shokibo.web.mail.backend.QueuedBackend"
EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from
if ENVIRONMENT.email_url == "none:":
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
elif ENVIRONMENT.email_url != "console:":
    from urllib.parse import unquote, urlsplit

    _mail = urlsplit(ENVIRONMENT.email_url)  # smtp://user:password@host:port or smtps://
    EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "bare": {"format": "%(message)s"},
    },
    "filters": {
        "refusals": {
            "()": "django.utils.log.CallbackFilter",
            "callback": "ext://shokibo.web.base.logs.without_traceback_of_refusals",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refusals"],
        },
        "lines": {"class": "logging.StreamHandler", "formatter": "bare"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "waitress.queue": {"level": "ERROR"},  # a line a request when all threads work
        "shokibo.lines": {
            "handlers": ["lines"],
            "level": "INFO" if ENVIRONMENT.production else "WARNING",
            "propagate": False,
        },
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
