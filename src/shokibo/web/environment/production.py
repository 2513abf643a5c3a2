"""What is refused in production (SHOKIBO_PRODUCTION): each by its value, all at once, in words."""

import re
import zlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import dj_database_url

from shokibo.texts import Text, literal
from shokibo.web.environment.variables import Environment

SHORTEST_SECRET, SHORTEST_PASSPHRASE = 40, 20
_FEWEST_SIGNS = 10
_PLACEHOLDERS = ("secret", "password", "passphrase", "change", "example", "shokibo", "insecure")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\]", re.IGNORECASE)
_WIDE_OPEN = {
    "debug": Text(
        "SHOKIBO_DEBUG が有効です。本番では、誤りの内容が利用者に見えます。外してください。",
        "SHOKIBO_DEBUG is on: people would see the inside of errors. Leave it out.",
    ),
    "plain_http": Text(
        "SHOKIBO_PLAIN_HTTP が有効です。Cookieが暗号化されずに流れます。"
        "https で公開し、外してください。",
        "SHOKIBO_PLAIN_HTTP is on: cookies would pass unencrypted. Use HTTPS, and leave it out.",
    ),
    "second_factor_off": Text(
        "SHOKIBO_SECOND_FACTOR_OFF が有効です。二段階認証を省くのは練習だけです。外してください。",
        "SHOKIBO_SECOND_FACTOR_OFF is on, which is for practice only. Leave it out.",
    ),
    "today": Text(
        "SHOKIBO_TODAY があります。今日を固定するのは練習だけです。外してください。",
        "SHOKIBO_TODAY is set: a fixed day is for practice only. Leave it out.",
    ),
}


def unsafe(environment: Environment, *, has_own_folder: bool) -> list[Text]:
    """Return why a production would not be safe. `has_own_folder`: SHOKIBO_VAR is absolute."""
    return [
        *(reason for name, reason in _WIDE_OPEN.items() if getattr(environment, name)),
        *_hosts(environment.hosts),
        *_keys(environment),
        *_mail(environment),
        *_connections(environment),
        *_folder(environment.database_url, has_own_folder=has_own_folder),
    ]


def _hosts(hosts: tuple[str, ...]) -> Iterator[Text]:
    if not hosts:
        yield Text(
            "SHOKIBO_HOSTS がありません。利用者が開く名(例:shokibo.example)を設定してください。",
            "SHOKIBO_HOSTS is missing: set the names people open, for example shokibo.example.",
        )
    for host in hosts:
        if not _HOST.fullmatch(host):
            yield literal(
                f"SHOKIBO_HOSTS の「{host}」は使えません。* や https:// やポートを付けず、"
                "利用者が開く名だけを書いてください。",
                f"SHOKIBO_HOSTS holds “{host}”: write the names people open, without *, https:// "
                "or a port.",
            )


def _keys(environment: Environment) -> Iterator[Text]:
    if is_weak(environment.secret_key, SHORTEST_SECRET):
        yield _weak("SHOKIBO_SECRET_KEY", SHORTEST_SECRET)
    if not environment.factor_keys or any(
        is_weak(key, SHORTEST_SECRET) for key in environment.factor_keys
    ):
        yield Text(
            "SHOKIBO_FACTOR_KEY(二段階認証の秘密を守る鍵)がないか、推測できる値です。"
            "docs/operations.md の命令で作った値を設定してください。",
            "SHOKIBO_FACTOR_KEY, which encrypts second factors, is missing or can be guessed: set "
            "what the command in docs/operations.md makes.",
        )
    if environment.backup_key and is_weak(environment.backup_key, SHORTEST_PASSPHRASE):
        yield _weak("SHOKIBO_BACKUP_KEY", SHORTEST_PASSPHRASE)
    given = [environment.secret_key, *environment.factor_keys, environment.backup_key]
    used = [key for key in given if key]
    if len(set(used)) < len(used):
        yield Text(
            "SHOKIBO_SECRET_KEY、SHOKIBO_FACTOR_KEY、SHOKIBO_BACKUP_KEY に同じ値があります。"
            "それぞれ別の値にしてください。",
            "SHOKIBO_SECRET_KEY, SHOKIBO_FACTOR_KEY and SHOKIBO_BACKUP_KEY have to differ.",
        )


def _weak(name: str, shortest: int) -> Text:
    return literal(
        f"{name} がないか、短いか、推測できる値です。"
        f"{shortest}文字以上の、この設置だけの乱数を設定してください(docs/operations.md)。",
        f"{name} is missing, short, or can be guessed: set {shortest} random characters or more, "
        "of this installation only (docs/operations.md).",
    )


def is_weak(key: str, shortest: int) -> bool:
    """Return whether a key is short, of few signs, repeats itself, or is a placeholder.

    Packed, random text of 20 signs takes 28 bytes and of 40 takes 48; ten signs again and again
    take 20 and 21.
    """
    packed = len(zlib.compress(key.encode(), 9))
    return (
        len(key) < shortest
        or len(set(key)) < _FEWEST_SIGNS
        or packed < 16 + 3 * shortest // 10
        or any(word in key.casefold() for word in _PLACEHOLDERS)
    )


def _mail(environment: Environment) -> Iterator[Text]:
    if environment.email_url == "console:":
        yield Text(
            "SHOKIBO_EMAIL_URL がありません。招待などのメールが記録に書き出されてしまいます。"
            "smtp://… を、メールを使わないなら none: を設定してください。",
            "SHOKIBO_EMAIL_URL is missing: invitations and other mails would be printed into the "
            "log. Set smtp://…, or none: where no mail is to be sent.",
        )
    elif environment.email_url != "none:" and environment.email_from.endswith("@localhost"):
        yield Text(
            "SHOKIBO_EMAIL_FROM がありません。差出人のメールアドレスを設定してください。",
            "SHOKIBO_EMAIL_FROM is missing: set the sender's address.",
        )


def _folder(database_url: str, *, has_own_folder: bool) -> Iterator[Text]:
    if database_url.startswith("sqlite") and not has_own_folder:
        yield Text(
            "データベースが SQLite なのに SHOKIBO_VAR がありません。始める場所で別のデータベースに"
            "なってしまいます。SHOKIBO_VAR に / で始まるフォルダを設定するか、"
            "DATABASE_URL で PostgreSQL を使ってください。",
            "The database is SQLite and SHOKIBO_VAR is missing: where it is started from would "
            "decide which database it opens. Set SHOKIBO_VAR to a folder that begins with /, or "
            "use PostgreSQL by DATABASE_URL.",
        )


def _connections(environment: Environment) -> Iterator[Text]:
    try:
        database = dj_database_url.parse(environment.database_url)
        mail = urlsplit(environment.email_url)
        mail_host = mail.hostname or ""
    except ValueError:
        return  # said to be malformed already
    mode = database.get("OPTIONS", {}).get("sslmode")
    if not _is_this_machine(database.get("HOST") or "") and mode != "verify-full":
        yield Text(
            "DATABASE_URL のデータベースは別の機械にあり、通信が保護されません。"
            "?sslmode=verify-full&sslrootcert=証明書のファイル を付けるか、"
            "同じ機械のソケットを使ってください。",
            "The database of DATABASE_URL is on another machine, and the connection is not "
            "protected: add ?sslmode=verify-full&sslrootcert=FILE, or use a socket of this "
            "machine.",
        )
    if mail.scheme == "smtp" and not _is_this_machine(mail_host):
        yield Text(
            "SHOKIBO_EMAIL_URL のサーバは別の機械にあり、招待のリンクが暗号化されずに流れます。"
            "smtps://… か smtp+tls://…、またはこの機械の中継を使ってください。",
            "The server of SHOKIBO_EMAIL_URL is on another machine, and links of invitations would "
            "pass in clear: use smtps://… or smtp+tls://…, or a relay on this machine.",
        )


def _is_this_machine(host: str) -> bool:
    return host in ("", "localhost", "127.0.0.1", "::1") or host.startswith("/")
