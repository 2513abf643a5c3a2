"""What `make check` runs: the tests near what was changed."""

import subprocess
from pathlib import Path

import grimp
import pytest

from scripts.near_tests import changed_files, near_tests


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("shokibo", "tests")


@pytest.mark.parametrize(
    ("changed", "near"),
    [
        ("src/shokibo/rounding.py", "tests.test_rounding"),
        ("src/shokibo/ledger/carriers/sheet_facts.py", "tests.ledger.test_sheet_facts"),
        ("src/shokibo/web/planning/versions/views.py", "tests.web.test_plan_versions"),
        ("src/shokibo/web/pages/templates/returns/nation.html", "tests.web.test_returns"),
        ("tests/web/test_mail.py", "tests.web.test_mail"),
    ],
)
def test_the_tests_near_a_file_are_found(graph: grimp.ImportGraph, changed: str, near: str) -> None:
    assert near in near_tests([Path(changed)], graph)


def test_a_change_of_a_view_does_not_run_the_tests_of_another_application(
    graph: grimp.ImportGraph,
) -> None:
    near = near_tests([Path("src/shokibo/web/planning/versions/views.py")], graph)
    assert "tests.web.test_exchange_worker" not in near


def test_what_all_tests_share_is_no_way_to_them(graph: grimp.ImportGraph) -> None:
    near = near_tests([Path("src/shokibo/web/store/loading.py")], graph)
    assert "tests.web.test_bridge" in near
    assert "tests.web.test_returns" not in near


def test_a_page_of_prose_has_no_tests_near(graph: grimp.ImportGraph) -> None:
    assert near_tests([Path("CHANGELOG.md")], graph) == set()


def test_changed_is_what_differs_from_upstream_or_else_from_the_last_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*command: str) -> None:
        person = ("-c", "user.name=a", "-c", "user.email=a@example.jp")
        subprocess.run(["git", *person, *command], check=True, capture_output=True)

    monkeypatch.chdir(tmp_path)
    git("init", "-b", "main")
    for name in ("first", "second"):
        Path(name).write_text(name)
        git("add", name)
        git("commit", "-m", name)
        git("branch", name)
    Path("first").write_text("changed")
    Path("new").write_text("new")
    assert changed_files() == {Path("first"), Path("new")}
    git("branch", "--set-upstream-to", "first")
    assert changed_files() == {Path("first"), Path("second"), Path("new")}
    git("branch", "--unset-upstream")
    git("checkout", "--detach")
    assert changed_files() == {Path("first"), Path("new")}
