"""What the environment says of this installation, and what is refused in production."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_YES = {"1", "true", "yes", "on"}
SHORTEST_SECRET = 40


class UnsafeSettingsError(Exception):
    """A production that would not be safe. `reasons` says all of it, with what to set."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(reasons)


@dataclass(frozen=True)
class Environment:
    """The settings an operator gives, each an environment variable (docs/operations.md)."""

    production: bool
    debug: bool
    secret_key: str
    hosts: tuple[str, ...]
    database_url: str
    var: Path
    plain_http: bool
    email_url: str
    email_from: str
    idle_minutes: int
    proxied: bool
    second_factor_off: bool


def read_environment(given: Mapping[str, str]) -> Environment:
    """Read the variables SHOKIBO_* and DATABASE_URL.

    Raises UnsafeSettingsError where SHOKIBO_PRODUCTION is set and the rest is not safe.
    """
    var = Path(given.get("SHOKIBO_VAR", "var")).absolute()
    production = _yes(given, "SHOKIBO_PRODUCTION")
    environment = Environment(
        production=production,
        debug=_yes(given, "SHOKIBO_DEBUG"),
        secret_key=given.get("SHOKIBO_SECRET_KEY", "") if production else _own_secret(given, var),
        hosts=tuple(
            host.strip() for host in given.get("SHOKIBO_HOSTS", "").split(",") if host.strip()
        )
        or (() if production else ("localhost", "127.0.0.1", "[::1]", "testserver")),
        database_url=given.get("DATABASE_URL", "") or f"sqlite:///{var / 'shokibo.sqlite3'}",
        var=var,
        plain_http=_yes(given, "SHOKIBO_PLAIN_HTTP") or not production,
        email_url=given.get("SHOKIBO_EMAIL_URL", "console:"),
        email_from=given.get("SHOKIBO_EMAIL_FROM", "shokibo@localhost"),
        idle_minutes=int(given.get("SHOKIBO_IDLE_MINUTES", "60")),
        proxied=_yes(given, "SHOKIBO_PROXIED"),
        second_factor_off=_yes(given, "SHOKIBO_SECOND_FACTOR_OFF"),
    )
    if reasons := _unsafe(environment):
        raise UnsafeSettingsError(reasons)
    return environment


def _yes(given: Mapping[str, str], name: str) -> bool:
    return given.get(name, "").strip().casefold() in _YES


def _own_secret(given: Mapping[str, str], var: Path) -> str:
    """Give the secret of an installation for one person: made once, kept beside its database."""
    if given.get("SHOKIBO_SECRET_KEY"):
        return given["SHOKIBO_SECRET_KEY"]
    kept = var / "secret.key"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64), "utf-8")
    return kept.read_text("utf-8")


def _unsafe(environment: Environment) -> list[str]:
    if not environment.production:
        return []
    reasons = []
    if environment.debug:
        reasons.append(
            "SHOKIBO_DEBUG が有効です。本番では、誤りの内容が利用者に見えます。外してください。"
        )
    if len(environment.secret_key) < SHORTEST_SECRET:
        reasons.append(
            "SHOKIBO_SECRET_KEY がないか、短すぎます。"
            f"{SHORTEST_SECRET}文字以上の、この設置だけの値を設定してください。"
        )
    if not environment.hosts:
        reasons.append(
            "SHOKIBO_HOSTS がありません。利用者が開く名(例:shokibo.example)を設定してください。"
        )
    if environment.plain_http:
        reasons.append(
            "SHOKIBO_PLAIN_HTTP が有効です。Cookieが暗号化されずに流れます。"
            "https で公開し、外してください。"
        )
    if environment.second_factor_off:
        reasons.append(
            "SHOKIBO_SECOND_FACTOR_OFF が有効です。"
            "二段階認証を省くのは練習だけです。外してください。"
        )
    return reasons
