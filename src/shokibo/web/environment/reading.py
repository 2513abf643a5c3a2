"""What the environment says about this installation; what can't be used is refused, all at once."""

import contextlib
import difflib
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import token_hex

from cryptography.fernet import Fernet

from shokibo.files import private
from shokibo.texts import Text, literal
from shokibo.web.environment import malformed
from shokibo.web.environment.production import unsafe
from shokibo.web.environment.variables import Environment

_ON, _OFF = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")
_OTHERS = {"SHOKIBO_TOKEN"}
"""Of the API's callers, in the scripts that docs/api.ja.md shows."""
_IDLE_MINUTES = range(5, 721)
_SESSION_HOURS = range(1, 25)


class UnsafeSettingsError(Exception):
    """Settings that can't be used, or a production that would not be safe.

    `reasons` says all of it, with what to set.
    """

    def __init__(self, reasons: list[Text]) -> None:
        self.reasons = reasons
        super().__init__(reasons)


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Read the variables SHOKIBO_* and DATABASE_URL. Raises UnsafeSettingsError."""
    given = _Given(variables)
    production = given.switch("SHOKIBO_PRODUCTION")
    var = Path(given.text("SHOKIBO_VAR") or "var").absolute()
    environment = Environment(
        production=production,
        debug=given.switch("SHOKIBO_DEBUG"),
        secret_key=given.text("SHOKIBO_SECRET_KEY"),
        factor_keys=given.listed("SHOKIBO_FACTOR_KEY"),
        backup_key=given.text("SHOKIBO_BACKUP_KEY"),
        hosts=given.listed("SHOKIBO_HOSTS")
        or (() if production else ("localhost", "127.0.0.1", "[::1]", "testserver")),
        database_url=given.text("DATABASE_URL") or f"sqlite:///{var / 'shokibo.sqlite3'}",
        owner_database_url=given.text("SHOKIBO_OWNER_DATABASE_URL"),
        var=var,
        plain_http=given.switch("SHOKIBO_PLAIN_HTTP") or not production,
        email_url=given.text("SHOKIBO_EMAIL_URL") or "console:",
        email_from=given.text("SHOKIBO_EMAIL_FROM") or "shokibo@localhost",
        idle_minutes=given.number("SHOKIBO_IDLE_MINUTES", 60, _IDLE_MINUTES),
        session_hours=given.number("SHOKIBO_SESSION_HOURS", 12, _SESSION_HOURS),
        proxied=given.switch("SHOKIBO_PROXIED"),
        second_factor_off=given.switch("SHOKIBO_SECOND_FACTOR_OFF"),
        today=given.text("SHOKIBO_TODAY"),
        clamd=given.text("SHOKIBO_CLAMD"),
    )
    given.refuse_unknown()
    reasons = [
        *given.reasons,
        *malformed.database(environment.database_url),
        *malformed.mail(environment.email_url, environment.email_from),
        *malformed.factor_keys(environment.factor_keys),
        *malformed.day(environment.today),
        *malformed.scanner(environment.clamd),
    ]
    if production:
        has_own_folder = Path(given.text("SHOKIBO_VAR")).is_absolute()
        reasons += unsafe(environment, has_own_folder=has_own_folder)
    if reasons:
        raise UnsafeSettingsError(reasons)
    return environment if production else _with_own_keys(environment)


class _Given:
    """Reads variables by name; what was never asked for is unknown."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables, self.asked = variables, set(_OTHERS)
        self.reasons: list[Text] = []

    def text(self, name: str) -> str:
        self.asked.add(name)
        return self.variables.get(name, "").strip()

    def listed(self, name: str) -> tuple[str, ...]:
        return tuple(filter(None, (each.strip() for each in self.text(name).split(","))))

    def switch(self, name: str) -> bool:
        word = self.text(name).casefold()
        if word not in _ON + _OFF:
            self.reasons.append(
                literal(
                    f"{name} の「{word}」は、有効とも無効とも読めません。"
                    "有効にするなら 1、しないなら 0 にしてください。",
                    f"{name} is “{word}”, which is neither on nor off: set 1 or 0.",
                )
            )
        return word in _ON

    def number(self, name: str, default: int, known: range) -> int:
        text = self.text(name) or str(default)
        if text.isdecimal() and len(text) < 10 and int(text) in known:
            return int(text)
        self.reasons.append(
            literal(
                f"{name} の「{text}」は使えません。"
                f"{known.start}から{known.stop - 1}までの整数にしてください。",
                f"{name} is “{text}”: set a whole number from {known.start} to {known.stop - 1}.",
            )
        )
        return default

    def refuse_unknown(self) -> None:
        for name in sorted(self.variables):
            if not name.startswith("SHOKIBO_") or name in self.asked:
                continue
            near = difflib.get_close_matches(name, sorted(self.asked), 1)
            ja = f"{near[0]} のことではありませんか。" if near else ""
            en = f"Did you mean {near[0]}? " if near else ""
            self.reasons.append(
                literal(
                    f"{name} という設定はありません。{ja}修正するか、外してください。",
                    f"There is no setting {name}. {en}Correct it or leave it out.",
                )
            )


def _with_own_keys(environment: Environment) -> Environment:
    """Return the keys of an installation for a few: made once, next to its database."""
    var = environment.var
    own = {
        "secret_key": environment.secret_key
        or _made_once(var / "secret.key", lambda: secrets.token_urlsafe(64)),
        "factor_keys": environment.factor_keys
        or (_made_once(var / "factor.key", lambda: Fernet.generate_key().decode()),),
    }
    return Environment(**{**vars(environment), **own})


def _made_once(path: Path, make: Callable[[], str]) -> str:
    """Read a key; make it where it is missing, whole and once, whoever else starts now."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(f".{token_hex(8)}")
        with open(unfinished, "x", encoding="utf-8", opener=private) as file:
            file.write(make())
        with contextlib.suppress(FileExistsError):
            os.link(unfinished, path)
        unfinished.unlink()
    return path.read_text("utf-8").strip()
