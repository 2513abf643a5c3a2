"""Settings that can't be used, and a production that would not be safe: refused by value."""

import os
import re
import stat
from pathlib import Path

import pytest

from shokibo.web.environment.production import is_weak
from shokibo.web.environment.reading import UnsafeSettingsError, read_environment
from shokibo.web.environment.variables import Environment
from tests.web.production import safe_production

FOLDER = "/srv/shokibo"


def _reasons(**variables: str) -> list[str]:
    with pytest.raises(UnsafeSettingsError) as refused:
        read_environment(variables)
    return [reason.say("ja") for reason in refused.value.reasons]


def _production(**more: str) -> dict[str, str]:
    return safe_production(SHOKIBO_VAR=FOLDER, **more)


def test_a_safe_production_is_let_in() -> None:
    assert read_environment(_production()).production


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://shokibo:p@db/shokibo?sslmode=verify-full&sslrootcert=ca"),
        ("DATABASE_URL", "postgresql://shokibo:p@127.0.0.1/shokibo"),
        ("DATABASE_URL", "postgresql://shokibo:p@%2Fvar%2Frun%2Fpostgresql/shokibo"),
        ("SHOKIBO_EMAIL_URL", "smtps://relay.pref.example.jp"),
        ("SHOKIBO_EMAIL_URL", "smtp+tls://relay.pref.example.jp:587"),
        ("SHOKIBO_EMAIL_URL", "smtp://localhost"),
        ("SHOKIBO_CLAMD", "unix:/run/clamav/clamd.ctl"),
    ],
)
def test_protected_connections_are_let_in(name: str, value: str) -> None:
    assert read_environment({**_production(), name: value}).production


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOKIBO_DEBUG", "1"),
        ("SHOKIBO_PLAIN_HTTP", "1"),
        ("SHOKIBO_SECOND_FACTOR_OFF", "on"),
        ("SHOKIBO_TODAY", "2023-04-05"),
        ("SHOKIBO_HOSTS", ""),
        ("SHOKIBO_HOSTS", "*"),
        ("SHOKIBO_HOSTS", "kodomo.pref.example.jp,*"),
        ("SHOKIBO_HOSTS", ".pref.example.jp"),
        ("SHOKIBO_HOSTS", "https://kodomo.pref.example.jp"),
        ("SHOKIBO_HOSTS", "kodomo.pref.example.jp:8000"),
        ("SHOKIBO_SECRET_KEY", ""),
        ("SHOKIBO_SECRET_KEY", "4Jx-short-one"),
        ("SHOKIBO_SECRET_KEY", "k" * 60),
        ("SHOKIBO_SECRET_KEY", "0123456789" * 6),
        ("SHOKIBO_SECRET_KEY", "django-insecure-W8zqT1vLx0RbN5mKc7YdHs3GfJp2"),
        ("SHOKIBO_FACTOR_KEY", ""),
        ("SHOKIBO_FACTOR_KEY", "A" * 43 + "="),
        ("SHOKIBO_BACKUP_KEY", "himitsu-2022"),
        ("SHOKIBO_EMAIL_URL", ""),
        ("SHOKIBO_EMAIL_URL", "console:"),
        ("SHOKIBO_EMAIL_FROM", ""),
        ("SHOKIBO_EMAIL_URL", "smtp://relay.pref.example.jp:25"),
        ("SHOKIBO_CLAMD", "clamd"),
        ("DATABASE_URL", "postgresql://shokibo:p@db/shokibo"),
        ("DATABASE_URL", "postgresql://shokibo:p@db/shokibo?sslmode=require"),
        ("SHOKIBO_VAR", ""),
        ("SHOKIBO_VAR", "var"),
    ],
)
def test_an_unsafe_production_is_refused_with_the_one_reason(name: str, value: str) -> None:
    assert [name in reason for reason in _reasons(**{**_production(), name: value})] == [True]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOKIBO_PRODUCTION", "yess"),
        ("SHOKIBO_DEBUG", "2"),
        ("SHOKIBO_PROXIED", "nginx"),
        ("SHOKIBO_IDLE_MINUTES", "0"),
        ("SHOKIBO_IDLE_MINUTES", "4"),
        ("SHOKIBO_IDLE_MINUTES", "721"),
        ("SHOKIBO_IDLE_MINUTES", "1000000"),
        ("SHOKIBO_IDLE_MINUTES", "9" * 5000),
        ("SHOKIBO_IDLE_MINUTES", "an hour"),
        ("SHOKIBO_TODAY", "5 April"),
        ("SHOKIBO_FACTOR_KEY", "no key"),
        ("SHOKIBO_EMAIL_URL", "mail.example.jp"),
        ("SHOKIBO_EMAIL_URL", "smtp://mail.example.jp:port"),
        ("SHOKIBO_EMAIL_URL", "smtp://mail.example.jp:70000"),
        ("SHOKIBO_EMAIL_URL", "smtp://"),
        ("SHOKIBO_EMAIL_FROM", "the office"),
        ("DATABASE_URL", "postgresql://shokibo@dbhost:port/shokibo"),
        ("DATABASE_URL", "postgresql://shokibo@[::1/shokibo"),
        ("DATABASE_URL", "postgresql://dbhost"),
        ("DATABASE_URL", "mysql://dbhost/shokibo"),
        ("DATABASE_URL", "dbhost"),
    ],
)
def test_what_can_not_be_read_is_refused_everywhere(tmp_path: Path, name: str, value: str) -> None:
    given = {"SHOKIBO_VAR": str(tmp_path), name: value}
    assert [name in reason for reason in _reasons(**given)] == [True]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("minutes", ["5", "720", ""])
def test_an_idle_time_within_its_bounds_is_taken(tmp_path: Path, minutes: str) -> None:
    given = {"SHOKIBO_VAR": str(tmp_path), "SHOKIBO_IDLE_MINUTES": minutes}
    assert read_environment(given).idle_minutes == int(minutes or 60)


def test_a_name_that_is_no_setting_is_refused_with_the_nearest(tmp_path: Path) -> None:
    (reason,) = _reasons(SHOKIBO_VAR=str(tmp_path), SHOKIBO_PRODUCTON="1")
    assert "SHOKIBO_PRODUCTON という設定はありません" in reason
    assert "SHOKIBO_PRODUCTION のことではありませんか" in reason


def test_everything_wrong_is_reported_together() -> None:
    reasons = _reasons(
        SHOKIBO_PRODUCTION="1", SHOKIBO_HOSTS="*", SHOKIBO_HOTS="x", SHOKIBO_DEBUG="?"
    )
    named = [
        "SHOKIBO_DEBUG",
        "SHOKIBO_HOTS",
        "SHOKIBO_HOSTS",
        "SECRET_KEY",
        "FACTOR_KEY",
        "EMAIL_URL",
    ]
    assert [name in reason for name, reason in zip(named, reasons[:6], strict=True)] == [True] * 6
    assert "SHOKIBO_VAR" in reasons[-1]


def test_one_key_for_two_purposes_is_refused() -> None:
    given = _production()
    (reason,) = _reasons(**given, SHOKIBO_BACKUP_KEY=given["SHOKIBO_SECRET_KEY"])
    assert "別の値" in reason


def test_passwords_are_not_repeated_in_a_reason() -> None:
    (reason,) = _reasons(**_production(DATABASE_URL="postgresql://u:hunter2@h:port/n"))
    assert "hunter2" not in reason


@pytest.mark.parametrize("length", [39, 40])
def test_forty_random_signs_are_enough_for_a_secret(length: int) -> None:
    assert is_weak("q7Zt-R2xV9_mK4sLw8yBc1NfHj6Dg3PaEu5TiOoX"[:length], 40) == (length < 40)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_installation_s_own_keys_are_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    var = tmp_path / "var"
    before = os.umask(0)
    try:
        first, second = (_read(var) for _ in range(2))
    finally:
        os.umask(before)
    assert (first.secret_key, first.factor_keys) == (second.secret_key, second.factor_keys)
    assert {_mode(path) for path in var.iterdir()} == {0o600}
    assert (_mode(var), len(list(var.iterdir()))) == (0o700, 2)


def _read(var: Path) -> Environment:
    return read_environment({"SHOKIBO_VAR": str(var)})


def test_what_make_sets_for_tests_is_no_unknown_setting_of_ours() -> None:
    lines = Path("Makefile").read_text("utf-8").splitlines()
    recipes = "\n".join(line for line in lines if "pytest" in line)
    set_for_tests = re.findall(r"\b([A-Z_]+)=(\S+) ", recipes)
    assert dict(set_for_tests) == {"ATTACK": "all", "WRONG_VALUES": "all", "LOWER_COUNTS": "1"}
    assert read_environment(dict(set_for_tests))
