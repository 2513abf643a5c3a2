"""The practice has its own data: its people are planted in no database that it did not make."""

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import shokibo
from shokibo.web.accounts.models import Person
from shokibo.web.base.refusal import RefusedError
from shokibo.web.care.known import CLOCKED, known_of
from shokibo.web.care.models import MODELS, Child, Placement
from shokibo.web.care.reach import law_of
from shokibo.web.register.models import Authority, Episode
from shokibo.web.running.demo import prepare_demo
from shokibo.web.running.marks import check_for_office, check_for_practice
from shokibo.web.running.models import Practice
from shokibo.web.running.practice import PRACTICE
from tests.web.installations import DEMONSTRATION, EMPTY, installed
from tests.web.test_running import _answer, _environment, _free_port, _python, _run
from tests.web.world import World

ROOT = Path(__file__).parents[2]


def test_an_offices_database_is_refused_and_gets_no_people(world: World) -> None:
    people = Person.objects.count()
    with pytest.raises(RefusedError) as refused:
        check_for_practice()
    assert "--demo では始めません" in refused.value.text.say("ja")
    assert (Person.objects.count(), Practice.objects.exists()) == (people, False)
    check_for_office()


def test_a_database_of_its_own_is_known_again_and_refused_for_work_in_earnest(db: None) -> None:
    check_for_practice()
    check_for_office()
    prepare_demo()
    check_for_practice()
    with pytest.raises(RefusedError) as refused:
        check_for_office()
    assert "練習用です" in refused.value.text.say("ja")


def test_the_practice_has_ten_children_the_same_each_time(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = dt.date.fromisoformat(PRACTICE["SHOKIBO_TODAY"])
    monkeypatch.setenv("SHOKIBO_TODAY", day.isoformat())
    prepare_demo()
    prepare_demo()
    known = known_of(list(Child.objects.order_by("pk")))
    assert [one.child.code for one in known[:2]] == ["GHRY-36TZ", "Y9BV-FATX"]
    assert len(known) == 10
    assert all(model._default_manager.exists() for model in MODELS.values())
    broken, protected, returned, *settled = known
    steps = [one.next_step and one.next_step.kind for one in known]
    assert steps == ["protection", "assessment", *[None] * 8]
    law = law_of(Authority.objects.get())
    due = [(clock.what, clock.due) for clock in protected.open_clocks(law, day)]
    assert due == [
        ("policy_review", dt.date(2023, 2, 24)),
        ("prolongation", dt.date(2023, 5, 15)),
    ]
    assert returned.records["backing"]
    with CaptureQueriesContext(connection) as queries:
        clocked = known_of([one.child for one in known], CLOCKED)
        clocks = [one.open_clocks(law, day) for one in clocked]
    assert clocks == [one.open_clocks(law, day) for one in known]
    assert len(queries) == len(CLOCKED)
    assert all(one.stay for one in (broken, *settled))
    derived = Episode.objects.filter(of_records=True).values_list("child_code", "started_on")
    assert set(derived) == set(Placement.objects.values_list("child__code", "started_on"))


def test_a_database_before_the_first_migration_may_become_either(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE running_practice RENAME TO elsewhere")
        check_for_practice()
        check_for_office()
        cursor.execute("ALTER TABLE elsewhere RENAME TO running_practice")


def test_serve_demo_on_an_office_s_folder_changes_nothing(tmp_path: Path) -> None:
    environment = installed(tmp_path / "var", EMPTY)
    invited = "from shokibo.web.accounts.actions import invite_first_admin as i; i('a@b.jp')"
    _python(environment, invited)
    done = _run(environment, "serve", "--demo", "--port", str(_free_port()))
    assert (done.returncode, "--demo では始めません" in done.stderr) == (2, True)
    assert "shokibo-practice" not in done.stdout + done.stderr
    count = "from shokibo.web.accounts.models import Person; print(Person.objects.count())"
    assert _python(environment, count).strip() == "0"


@pytest.mark.parametrize("command", [("serve",), ("load", ROOT / "examples" / "form1")])
def test_work_in_earnest_on_a_practice_s_folder_is_refused(
    tmp_path: Path, command: tuple[str | Path, ...]
) -> None:
    environment = installed(tmp_path / "var", DEMONSTRATION)
    port = ("--port", str(_free_port())) if command == ("serve",) else ()
    done = _run(environment, *command, *port)
    assert (done.returncode, "練習用です" in done.stderr) == (2, True)


def test_the_example_is_in_the_package_and_nowhere_twice() -> None:
    inside = Path(shokibo.__file__).parent / "examples" / "setagaya"
    assert (inside / "authorities.csv").is_file()
    assert (ROOT / "examples" / "setagaya").resolve() == inside.resolve()


def test_serve_demo_answers_where_only_the_package_is(tmp_path: Path) -> None:
    """A wheel holds the package as it is now in its folder."""
    shutil.copytree(Path(shokibo.__file__).parent, tmp_path / "installed" / "shokibo")
    port = _free_port()
    environment = _environment(tmp_path / "var", PYTHONPATH=str(tmp_path / "installed"))
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--demo", "--port", str(port)],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        page = _answer(f"http://127.0.0.1:{port}/account/login/", server)
        assert "ログイン" in page.decode()
    finally:
        server.terminate()
        said = server.communicate(timeout=600)[1]
    assert "officer@example.jp" in said
    assert str(tmp_path / "installed") in said


SERVE = (
    "import sys, shokibo\n"
    "print(shokibo.__file__, file=sys.stderr)\n"
    "from shokibo.cli import main\n"
    "if __name__ == '__main__': main()"
)
