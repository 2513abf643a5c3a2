"""A run whose worker died twice is left, in words; a living worker's run is its own."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shokibo.web.audit.models import Event
from shokibo.web.base.holding import Work, claimed
from shokibo.web.exchange import actions, dry_run, tasks
from shokibo.web.exchange.models import Run
from tests.web.imports import downloaded
from tests.web.killing import on_this_database
from tests.web.test_exchange_worker import CHILD, POINTS, _state, _until, _waiting, _worker
from tests.web.world import OURS, World

HOLDER = """
import sys
from shokibo.web.running.setup import ready
ready()
from shokibo.web.base.holding import Work, claimed
with claimed(Work.RUN, int(sys.argv[1])) as is_held:
    print(is_held, flush=True)
    sys.stdin.read()
"""


def _killed(folder: Path, point: str, run: Run) -> None:
    """Have a worker begin the work and be killed at a point; wait until the database knows."""
    child = folder / "child.py"
    child.write_text(CHILD.replace("{point}", POINTS[point]), "utf-8")
    killed = subprocess.run(
        [sys.executable, str(child)], env=on_this_database(folder), capture_output=True, timeout=600
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    _until(lambda: _is_free(run))


def test_a_run_whose_worker_died_twice_is_left_and_says_so(
    committed_world: World, tmp_path: Path
) -> None:
    run = _waiting(committed_world, "before the dry run is kept")
    for _ in range(2):
        _killed(tmp_path, "before the dry run is kept", run)
        assert _state(run) == "waiting"
    with _worker(tmp_path):
        _until(lambda: _state(run) == "failed")
    page = committed_world.client("officer").get(f"/{OURS}/exchange/{run.pk}/").content.decode()
    assert "2回続けて途中で終了しました" in page
    assert "分けて、読み込み直してください" in page
    event = Event.objects.get(action="import.break_off")
    assert (event.subject_id, event.after) == (run.pk, {"tries": 2})
    with _worker(tmp_path):
        tasks.take_up()
        _until(lambda: not tasks.take_up())
    assert _state(run) == "failed"


def test_an_import_whose_worker_died_twice_changes_nothing_and_can_be_asked_for_again(
    committed_world: World, tmp_path: Path
) -> None:
    run = _waiting(committed_world, "between the rows")
    for _ in range(2):
        _killed(tmp_path, "between the rows", run)
    tasks.work.call(run.pk)
    assert _state(run) == "failed"
    assert not Event.objects.filter(action="import.apply").exists()
    run.refresh_from_db()
    actions.again(office=committed_world.office("officer"), run=run, version=run.version)
    tasks.work.call(run.pk)
    run.refresh_from_db()
    assert (run.state, run.tries) == ("ready", 1)


def test_each_stage_of_a_run_has_tries_of_its_own(committed_world: World, tmp_path: Path) -> None:
    run = _waiting(committed_world, "while it reads")
    _killed(tmp_path, "while it reads", run)
    tasks.work.call(run.pk)
    run.refresh_from_db()
    assert (run.state, run.tries) == ("ready", 2)
    actions.ask(
        office=committed_world.office("officer"), run=run, version=run.version, reason="試験"
    )
    tasks.work.call(run.pk)
    assert _state(run) == "applied"


def test_a_run_held_by_a_living_process_is_neither_begun_nor_counted(
    committed_world: World, tmp_path: Path
) -> None:
    run = _waiting(committed_world, "while it reads")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(run.pk)],
        env=on_this_database(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    try:
        assert holder.stdout.readline() == b"True\n"
        for _ in range(3):
            tasks.work.call(run.pk)
        run.refresh_from_db()
        assert (run.state, run.tries) == ("waiting", 0)
    finally:
        holder.kill()
        holder.communicate(timeout=600)
    _until(lambda: _is_free(run))
    tasks.work.call(run.pk)
    assert _state(run) == "ready"


def _is_free(run: Run) -> bool:
    with claimed(Work.RUN, run.pk) as is_held:
        return is_held


def test_work_that_raises_leaves_the_run_free_and_is_in_the_log(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = committed_world.office("officer")
    run = actions.upload(office=office, name="x.xlsx", content=downloaded(office))

    def out_of_memory(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(dry_run, "read_run", out_of_memory)
    with pytest.raises(MemoryError):
        tasks.start(run)
    assert (_state(run), _is_free(run)) == ("failed", True)
    assert Event.objects.get(action="import.break_off").after == {"tries": 1}
