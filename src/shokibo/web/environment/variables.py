"""The variables of an installation, as they were read."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Environment:
    """The settings an operator gives, each an environment variable (docs/operations.md)."""

    production: bool
    debug: bool
    secret_key: str
    factor_keys: tuple[str, ...]
    backup_key: str
    hosts: tuple[str, ...]
    database_url: str
    owner_database_url: str
    var: Path
    plain_http: bool
    email_url: str
    email_from: str
    idle_minutes: int
    session_hours: int
    proxied: bool
    second_factor_off: bool
    today: str
    clamd: str
