"""The program as an office runs it: loaded, served, stopped."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.web.production import safe_production

SHOKIBO = Path(sys.executable).with_name("shokibo")
QUICK = {"SHOKIBO_SECOND_FACTOR_OFF": "1", "SHOKIBO_TODAY": "2023-04-05"}


def _environment(var: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SHOKIBO_", "DATABASE_URL"))}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, **QUICK, "SHOKIBO_VAR": str(var), **more}


def _run(
    environment: Mapping[str, str], *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHOKIBO, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )


def _python(environment: Mapping[str, str], code: str) -> str:
    prepared = "from shokibo.web.running.setup import migrate, ready; ready()\n"
    done = subprocess.run(
        [sys.executable, "-c", prepared + code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_office_s_ledger_is_loaded_once(tmp_path: Path) -> None:
    environment = _environment(tmp_path / "var")
    ledger = Path(__file__).parents[2] / "examples" / "form1"
    first, second = (_run(environment, "load", ledger) for _ in range(2))
    assert (first.returncode, "読み込みました" in first.stderr) == (0, True)
    assert (second.returncode, "何も読み込んでいません" in second.stderr) == (2, True)


def test_a_ledger_that_cannot_be_imported_names_the_cell(tmp_path: Path) -> None:
    broken = tmp_path / "ledger"
    shutil.copytree(Path(__file__).parents[2] / "examples" / "form1", broken)
    capacities = broken / "capacities.csv"
    lines = capacities.read_text("utf-8-sig").splitlines()
    lines[1] = lines[1].rpartition(",")[0] + ",0"
    capacities.write_text("\n".join(lines), "utf-8")
    done = _run(_environment(tmp_path / "var"), "load", broken)
    assert (done.returncode, "capacities.csv:2" in done.stderr) == (2, True)


def test_the_plan_s_texts_next_to_a_ledger_come_with_it(tmp_path: Path) -> None:
    environment = _environment(tmp_path / "var")
    done = _run(environment, "load", Path(__file__).parents[2] / "examples" / "setagaya")
    assert (done.returncode, "計画の文章を読み込みました(27節)" in done.stderr) == (0, True)
    count = "from shokibo.web.planning.models import PlanText as P; print(P.objects.count())"
    assert _python(environment, count).strip() == "27"


def test_a_text_that_is_no_section_stops_the_loading(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    shutil.copytree(Path(__file__).parents[2] / "examples" / "setagaya", ledger)
    (ledger / "texts" / "01-主旨.md").write_text("- 甲", "utf-8")
    environment = _environment(tmp_path / "var")
    done = _run(environment, "load", ledger)
    assert (done.returncode, "01-趣旨.md" in done.stderr) == (2, True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answer(address: str, server: subprocess.Popen[str]) -> bytes:
    for _ in range(3000):
        try:
            with urllib.request.urlopen(address, timeout=600) as answer:  # noqa: S310
                return bytes(answer.read())
        except OSError:
            assert server.poll() is None, server.communicate()
            time.sleep(0.2)
    raise AssertionError(address)


def test_it_serves_the_example_and_stops_cleanly(tmp_path: Path) -> None:
    port = _free_port()
    environment = _environment(tmp_path / "var")
    server = subprocess.Popen(
        [SHOKIBO, "serve", "--demo", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        health = _answer(f"http://127.0.0.1:{port}/health/", server)
        assert json.loads(health) == {"status": "ok", "database": "sqlite"}
        taken = _run(environment, "serve", "--port", str(port))
        assert (taken.returncode, "使われています" in taken.stderr) == (2, True)
        server.send_signal(signal.SIGINT)
        said = server.communicate(timeout=600)[1]
        assert server.returncode == 0
        assert "officer@example.jp" in said
        assert "止めました" in said
    finally:
        server.kill()


def test_a_lost_administrator_is_let_in_by_who_runs_the_server(tmp_path: Path) -> None:
    environment, port = _environment(tmp_path / "var"), _free_port()
    made = (
        "migrate()\nfrom shokibo.web.accounts import actions as a\n"
        "found = a.open_invitation(a.invite_first_admin('lost@example.jp'))\n"
        "a.accept(invitation=found, name='管理', password='x' * 20)"
    )
    _python(environment, made)
    wrong = _run(environment, "serve", "--port", str(port), "--readmit", "other@example.jp")
    assert (wrong.returncode, "システム管理: lost@example.jp" in wrong.stderr) == (2, True)
    server = subprocess.Popen(
        [SHOKIBO, "serve", "--port", str(port), "--readmit", "lost@example.jp"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _answer(f"http://127.0.0.1:{port}/health/", server)
        server.send_signal(signal.SIGINT)
        printed = server.communicate(timeout=600)[1]
        assert "lost@example.jp のパスワードと二段階認証を無効にしました" in printed
        assert f"http://127.0.0.1:{port}/account/password/reset/key/" in printed
    finally:
        server.kill()


@pytest.mark.parametrize(("proxied", "count"), [("1", "1"), ("", "0")])
def test_the_callers_address_comes_from_the_proxy_in_front(
    tmp_path: Path, proxied: str, count: str
) -> None:
    asked = "from django.conf import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    environment = _environment(tmp_path, SHOKIBO_PROXIED=proxied)
    assert _python(environment, asked).strip() == count


def test_a_safe_production_starts(tmp_path: Path) -> None:
    environment = _environment(tmp_path, **safe_production())
    asked = (
        "from django.test import Client; from django.conf import settings\n"
        "a = Client().get('/', secure=True, headers={'host': 'kodomo.pref.example.jp'})\n"
        "p = Client().get('/', headers={'host': 'kodomo.pref.example.jp'})\n"
        "print(a.status_code, p.headers['Location'])\n"
        "print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)"
    )
    assert _python(environment, asked).split() == [
        "302",
        "https://kodomo.pref.example.jp/",
        "True",
        "True",
    ]
