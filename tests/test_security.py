"""What the program's sources never do, and the table of a standard's requirements."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore

from scripts.generate_security import requirements

ROOT = Path(__file__).parent.parent
SOURCES = {
    path.relative_to(ROOT / "src" / "shokibo").as_posix(): ast.parse(path.read_text("utf-8"))
    for path in (ROOT / "src" / "shokibo").rglob("*.py")
    if "migrations" not in path.parts
}
SCRIPTS = sorted((ROOT / "src" / "shokibo").rglob("static/look/**/*.js"))


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Return every call: the file, what is called (`re.compile`), the call."""
    for name, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield name, ast.unparse(node.func), node


def _imports() -> Iterator[tuple[str, str]]:
    for name, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((name, f"{node.module}.{alias.name}") for alias in node.names)


def _importing(*modules: str) -> set[str]:
    return {name for name, found in _imports() if found.startswith(modules)}


def test_no_shell_is_started() -> None:
    for name, called, call in _calls():
        assert called not in ("os.system", "os.popen", "subprocess.getoutput"), name
        shell = [k for k in call.keywords if k.arg == "shell"]
        assert not shell, f"{name}:{call.lineno}"


def test_nothing_evaluates_code() -> None:
    found = {(name, called) for name, called, _ in _calls() if called in ("eval", "exec")}
    assert found == set()


def test_nothing_unpickles() -> None:
    found = _importing("pickle", "shelve", "marshal", "dill", "cloudpickle")
    assert found == {
        "web/base/signed_cache.py",  # only what this installation signed
        "web/base/isolation.py",  # what a process of our own, which it started, sends back
    }
    unsafe = {name for name, called, _ in _calls() if called in ("yaml.load", "yaml.unsafe_load")}
    assert unsafe == set()
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


def _is_of_the_code(part: ast.expr) -> bool:
    """Say whether an expression is made of literals, constants and escaped texts alone."""
    match part:
        case ast.Constant():
            return True
        case (
            ast.Name(id=name)
            | ast.Attribute(value=ast.Name(id=name))
            | ast.Call(func=ast.Attribute(value=ast.Name(id=name)))
        ) if name.isupper():
            return True
        case ast.JoinedStr(values=parts):
            return all(map(_is_of_the_code, parts))
        case ast.FormattedValue(value=value):
            return _is_of_the_code(value)
        case ast.BinOp(left=left, right=right):
            return _is_of_the_code(left) and _is_of_the_code(right)
    return "re.escape" in ast.unparse(part)


def test_no_pattern_is_built_from_data() -> None:
    compiled = {f"re.{n}" for n in ("compile", "match", "search", "sub", "split", "fullmatch")}
    for name, called, call in _calls():
        if called in compiled:
            assert _is_of_the_code(call.args[0]), f"{name}:{call.lineno}"


def test_no_template_is_built_from_data() -> None:
    made = ("Template", "engines.from_string", "Environment.from_string")
    found = {(name, called) for name, called, _ in _calls() if called in made}
    assert found == set()


def test_only_these_modules_open_connections() -> None:
    clients = ("socket", "urllib.request", "http.client", "requests", "httpx", "smtplib", "ssl")
    assert _importing(*clients) == {
        "web/running/server.py",  # listens
        "web/base/scanning.py",  # SHOKIBO_CLAMD
    }


def test_no_weak_random_numbers() -> None:
    assert _importing("random") == set()


def test_cryptography_comes_from_these_libraries() -> None:
    others = ("Crypto", "nacl", "rsa", "ecdsa", "hmac.new", "ssl")
    assert _importing(*others) == set()
    hashed = {called for _, called, _ in _calls() if re.fullmatch(r"hashlib\.\w+", called)}
    assert hashed <= {"hashlib.sha256", "hashlib.blake2b", "hashlib.file_digest"}


def test_passwords_are_stretched() -> None:
    from shokibo.web import settings as own

    assert not hasattr(own, "PASSWORD_HASHERS")  # Django's own list, which leads with PBKDF2
    assert PBKDF2PasswordHasher.iterations >= 600_000


def test_session_keys_are_long(db: None) -> None:
    session = SessionStore()
    session.create()
    assert len(str(session.session_key)) == 32
    assert len(set(VALID_KEY_CHARS)) == 36


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_our_scripts_write_no_markup(script: Path) -> None:
    text = script.read_text("utf-8")
    for dangerous in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert dangerous not in text
    for copied in ("__proto__", "Object.assign(", "structuredClone("):
        assert copied not in text


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_our_scripts_store_nothing(script: Path) -> None:
    text = script.read_text("utf-8")
    for store in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches."):
        assert store not in text


def test_the_services_reach_the_database_by_its_socket_alone() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    socket = "socket:/var/run/postgresql"
    assert services["db"]["network_mode"] == "none"
    for service in services.values():
        assert socket in service["volumes"]
        for name, value in service["environment"].items():
            if name.endswith("DATABASE_URL"):
                assert "@%2Fvar%2Frun%2Fpostgresql/" in value


# The standard

LEVELS_1_AND_2 = 210
LEFT_OUT = ("9.", "10.", "17.")


def test_every_requirement_has_one_line_and_none_is_open() -> None:
    found = requirements()
    numbers = [one["id"] for one in found]
    assert len(set(numbers)) == len(numbers) == LEVELS_1_AND_2
    assert not [number for number in numbers if number.startswith(LEFT_OUT)]
    for one in found:
        assert one["level"] in (1, 2)
        assert ("how" in one) != ("not_here" in one), one["id"]
        assert ("how" in one) == bool(one.get("shown_by")), one["id"]


@pytest.mark.parametrize("requirement", requirements(), ids=lambda one: str(one["id"]))
def test_what_shows_a_requirement_exists(requirement: dict[str, object]) -> None:
    shown = requirement.get("shown_by", [])
    assert isinstance(shown, list)
    for one in shown:
        path, _, test = one.partition("::")
        assert (ROOT / path).is_file(), one
        if path.endswith(".py"):
            names = re.findall(r"^def (test_\w+)", (ROOT / path).read_text("utf-8"), re.MULTILINE)
            assert test in names if test else names, one
