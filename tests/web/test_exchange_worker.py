"""The worker: killed anywhere, an import is done once or not at all; what is left is taken up."""

import itertools
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import override_settings
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from shokibo.web.audit.models import Event
from shokibo.web.exchange import actions, dry_run, tasks
from shokibo.web.exchange.models import Run
from shokibo.web.register.models import Posting
from shokibo.web.running import worker, worker_process
from tests.web.imports import brought, downloaded, edited, sent
from tests.web.killing import on_this_database
from tests.web.test_running import SHOKIBO
from tests.web.world import OURS, World

SLOW = {"IMPORT_AT_ONCE_BYTES": 0}
POINTS = {
    "while it reads": "isolation.read_rows = die",
    "before the dry run is kept": "dry_run.store = die",
    "before the commit of the dry run": "dry_run.store = then(dry_run.store, at_commit)",
    "before the rows": "writing.write = die",
    "between the rows": "recording.remove_all = then(recording.remove_all, die)",
    "after the rows": "writing.write = then(writing.write, die)",
    "before the commit": "writing.write = then(writing.write, at_commit)",
    "after the commit": "writing.write = then(writing.write, after_commit)",
}
READING = {
    "while it reads",
    "before the dry run is kept",
    "before the commit of the dry run",
}
CHILD = """
import os, signal
from shokibo.web.running.setup import ready
ready()
from django.db.backends.base.base import BaseDatabaseWrapper as Connection
from shokibo.web.audit import recording
from shokibo.web.exchange import isolation, dry_run, writing
from shokibo.web.running.worker import work

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def then(done, following):
    def doing(*args, **kwargs):
        given = done(*args, **kwargs)
        following()
        return given
    return doing

def at_commit():
    Connection.commit = die

def after_commit():
    Connection.commit = then(Connection.commit, die)

# the reading dies in this process, not in one apart
dry_run.read_isolated = lambda name, content, known, told: isolation.read_rows(None, told, known) \
    if isolation.read_rows is die else READ(name, content, known, told)
READ = isolation.read_isolated
{point}
if __name__ == "__main__":
    work()
"""


def _content(world: World) -> bytes:
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    content = edited(content, "staff", "m-1", delete="○")
    return edited(content, "capacities", "", unit_id="s4", effective_from="2023-04-01", capacity=5)


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_leaves_an_import_done_once_or_not_at_all(
    committed_world: World, tmp_path: Path, point: str
) -> None:
    run = _waiting(committed_world, point)
    child = tmp_path / "child.py"
    child.write_text(CHILD.replace("{point}", POINTS[point]), "utf-8")
    killed = subprocess.run(
        [sys.executable, str(child)],
        env=on_this_database(tmp_path),
        capture_output=True,
        timeout=600,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    run.refresh_from_db()
    was_done = point == "after the commit"
    assert run.state == ("applied" if was_done else "waiting" if point in READING else "applying")
    assert Posting.objects.filter(code="m-1").exists() is not was_done
    with _worker(tmp_path):
        _until(lambda: _state(run) in ("ready", "applied"))
    if point in READING:
        assert _state(run) == "ready"
        assert run.changes.count() == 3
        return
    assert _state(run) == "applied"
    rows = Event.objects.filter(action="import.apply").exclude(subject_kind="exchange.run")
    assert rows.count() == 3
    assert Posting.objects.get(code="u-1").version == 2


def _waiting(world: World, point: str) -> Run:
    """Return a run with work that waits for the worker."""
    office = world.office("officer")
    if point in READING:
        with override_settings(**SLOW):
            run = actions.upload(office=office, name="台帳.xlsx", content=_content(world))
            tasks.start(run)
        return run
    run = brought(world, "officer", _content(world))
    with override_settings(**SLOW):
        tasks.start(actions.ask(office=office, run=run, version=run.version, reason="試験"))
    return run


@contextmanager
def _worker(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `shokibo worker` on this test's database, and stop it as an operator does."""
    process = subprocess.Popen(
        [SHOKIBO, "worker"],
        env={**on_this_database(folder), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    assert "仕事を待っています" in process.stdout.readline().decode()
    try:
        yield process
    finally:
        process.terminate()
        said, _ = process.communicate(timeout=600)
        assert process.returncode == 0, said.decode()


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(6000):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("the worker did not come to it")


def _state(run: Run) -> str:
    return str(Run.objects.values_list("state", flat=True).get(pk=run.pk))


def test_two_workers_do_an_import_once(committed_world: World, tmp_path: Path) -> None:
    runs = [_waiting(committed_world, "before the rows")]
    tasks.take_up()
    tasks.take_up()
    with _worker(tmp_path), _worker(tmp_path):
        _until(lambda: _state(runs[0]) == "applied")
        time.sleep(2)
    assert Posting.objects.get(code="u-1").version == 2


def test_a_large_upload_is_left_to_the_worker_and_come_back_to(
    committed_world: World, tmp_path: Path
) -> None:
    with override_settings(**SLOW):
        page = sent(committed_world, "officer", _content(committed_world)).content.decode()
    assert "順番を待っています" in page
    run = Run.objects.get()
    client = committed_world.client("officer")
    address = f"/{OURS}/exchange/{run.pk}/"
    assert "HX-Refresh" not in client.get(f"{address}progress/")
    with _worker(tmp_path):
        _until(lambda: _state(run) == "ready")
    assert client.get(f"{address}progress/")["HX-Refresh"] == "true"
    assert (
        "追加1行、変更1行、削除1行。まだ何も変わっていません。"
        in client.get(address).content.decode()
    )


def test_work_that_breaks_off_says_so_and_can_be_started_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = actions.upload(office=world.office("officer"), name="x.xlsx", content=_content(world))
    tasks.broke_off(run.pk)
    run.refresh_from_db()
    page = world.client("officer").get(f"/{OURS}/exchange/{run.pk}/").content.decode()
    assert "処理が途中で止まりました" in page
    actions.again(office=world.office("officer"), run=run, version=run.version)
    dry_run.dry_run(run.pk)
    assert _state(run) == "ready"


SIGNALLED = """
import os, random, signal
from threading import Timer
from shokibo.web.running.setup import ready
ready()
from shokibo.web.running import worker
worker.INTERVAL = 0.0005

def soon():
    Timer(random.uniform(0, 0.03), stop).start()

def stop():
    for _ in range(3):
        os.kill(os.getpid(), signal.SIGTERM)

for _ in range(150):
    worker.work(soon)
print("150 ended")
"""


def test_a_worker_asked_to_stop_ends_between_its_queries(
    committed_world: World, tmp_path: Path
) -> None:
    child = subprocess.run(
        [sys.executable, "-c", SIGNALLED],
        env=on_this_database(tmp_path),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert (child.returncode, child.stdout) == (0, "150 ended\n"), child.stderr


BUSY = """
import os, signal, time
from shokibo.web.running.setup import ready
ready()
from shokibo.web.exchange import dry_run
from shokibo.web.running.worker import work
done = dry_run.dry_run

def told_meanwhile(run):
    for number in (SIGNALS):
        os.kill(os.getpid(), getattr(signal, number))
    time.sleep(0.1)
    done(run)

dry_run.dry_run = told_meanwhile
if __name__ == "__main__":
    work()
"""


@pytest.mark.parametrize(
    ("signals", "state"),
    [(["SIGTERM", "SIGHUP", "SIGHUP"], "ready"), (["SIGTERM", "SIGINT"], "failed")],
    ids=["its starter is gone too", "told twice"],
)
def test_running_work_is_finished_unless_stopped_twice(
    committed_world: World, tmp_path: Path, signals: list[str], state: str
) -> None:
    run = _waiting(committed_world, "while it reads")
    child = tmp_path / "child.py"
    child.write_text(BUSY.replace("SIGNALS", repr(signals)), "utf-8")
    done = subprocess.run(
        [sys.executable, str(child)],
        env=on_this_database(tmp_path),
        capture_output=True,
        timeout=600,
    )
    assert (done.returncode, _state(run)) == (0, state), done.stderr.decode()


def test_work_lost_with_the_database_is_taken_up_when_it_is_back(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = _waiting(committed_world, "while it reads")
    looks: list[str] = []

    def look(found: worker.Worker) -> None:
        looks.append(_state(run))
        if len(looks) == 1:
            DBTaskResult.objects.all().delete()  # as one that another began and lost
            raise OperationalError("server closed the connection")
        found.batch = True
        db_worker.Worker.run(found)
        found.running = False

    monkeypatch.setattr(worker.Worker, "run", look)
    monkeypatch.setattr(worker.Worker, "configure_signals", lambda _: None)
    monkeypatch.setattr(worker, "_AWAY", 0)
    worker.work()
    assert (looks, _state(run)) == (["waiting", "waiting"], "ready")


@pytest.mark.parametrize("way", [[], ["nohup"]])
def test_the_worker_of_the_small_installation_ends_with_its_server(
    committed_world: World, tmp_path: Path, way: list[str]
) -> None:
    environment = on_this_database(tmp_path)
    process = subprocess.Popen(
        [*way, sys.executable, "-m", "shokibo.web.running.worker_process"],
        env=environment,
        stdin=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=600) in (0, -signal.SIGHUP)


def test_a_worker_that_ends_while_its_server_runs_is_restarted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lives: list[float] = []

    def started() -> "subprocess.Popen[bytes]":
        lives.append(time.monotonic())
        code = "import sys; sys.stdin.read()" if len(lives) > 3 else "raise SystemExit(1)"
        return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)

    monkeypatch.setattr(worker_process, "SHORTEST", 0.2)
    monkeypatch.setattr(worker_process, "_started", started)
    kept = worker_process.WorkerProcess()
    _until(lambda: len(lives) == 4 and kept._process.poll() is None)
    pauses = [later - sooner for sooner, later in itertools.pairwise(lives)]
    assert [pause >= least for pause, least in zip(pauses, (0.2, 0.4, 0.8), strict=True)] == [
        True,
        True,
        True,
    ]
    assert caplog.text.count("started again") == 3
    kept.leave()
    assert kept._process.wait(timeout=600) == 0
    time.sleep(0.5)
    assert len(lives) == 4
