"""Settings that can't be read, in production and elsewhere.

What may hold a password is not repeated in the reason.
"""

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import dj_database_url
from cryptography.fernet import Fernet

from shokibo.texts import Text, literal

_DATABASES = ("sqlite", "postgres", "postgresql")
NO_MAIL = ("console:", "none:")


def database(address: str) -> Iterator[Text]:
    """Describe what is wrong with DATABASE_URL."""
    try:
        known = dj_database_url.parse(address)
    except ValueError:
        known = None
    if known is None or address.partition(":")[0] not in _DATABASES or not known["NAME"]:
        yield Text(
            "DATABASE_URL が読めません。postgresql://利用者:パスワード@ホスト:ポート/名前 の形で"
            "書いてください(パスワードの記号は %40 のように書きます)。",
            "DATABASE_URL can't be read: write postgresql://user:password@host:port/name, "
            "signs in the password as %40.",
        )


def mail(address: str, sender: str) -> Iterator[Text]:
    """Describe what is wrong with SHOKIBO_EMAIL_URL and SHOKIBO_EMAIL_FROM."""
    if address not in NO_MAIL and not _is_mail_server(address):
        yield Text(
            "SHOKIBO_EMAIL_URL が読めません。smtp://利用者:パスワード@ホスト:ポート、smtps://…、"
            "smtp+tls://… のどれかの形で書いてください。"
            "メールを送らないなら none: としてください。",
            "SHOKIBO_EMAIL_URL can't be read: write smtp://user:password@host:port, smtps://… or "
            "smtp+tls://…, or none: where no mail is to be sent.",
        )
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", sender):
        yield literal(
            f"SHOKIBO_EMAIL_FROM の「{sender}」はメールアドレスではありません。",
            f"SHOKIBO_EMAIL_FROM is “{sender}”, which is not an e-mail address.",
        )


def _is_mail_server(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("smtp", "smtps", "smtp+tls") and bool(parts.hostname) and port != 0


def factor_keys(keys: tuple[str, ...]) -> Iterator[Text]:
    """Describe what is wrong with SHOKIBO_FACTOR_KEY."""
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        yield Text(
            "SHOKIBO_FACTOR_KEY が読めません。docs/operations.md の命令で作った値を、"
            "複数あればコンマで区切って設定してください。",
            "SHOKIBO_FACTOR_KEY can't be read: set what the command in docs/operations.md makes, "
            "several with commas.",
        )


def day(text: str) -> Iterator[Text]:
    """Describe what is wrong with SHOKIBO_TODAY."""
    try:
        if text:
            dt.date.fromisoformat(text)
    except ValueError:
        yield literal(
            f"SHOKIBO_TODAY の「{text}」は日付として読めません。2023-04-05 のように"
            "書いてください。",
            f"SHOKIBO_TODAY is “{text}”, which is not a day: write it as 2023-04-05.",
        )


def scanner(address: str) -> Iterator[Text]:
    """Describe what is wrong with SHOKIBO_CLAMD."""
    if address and not re.fullmatch(r"unix:/.+|[^:/\s]+:[0-9]{1,5}", address):
        yield literal(
            f"SHOKIBO_CLAMD の「{address}」が読めません。unix:/run/clamav/clamd.ctl のように"
            "ソケットを、または ホスト:ポート を書いてください。",
            f"SHOKIBO_CLAMD is “{address}”: write unix:/run/clamav/clamd.ctl or host:port.",
        )
