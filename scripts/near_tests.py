"""Print the test files near the changed files: `python -m scripts.near_tests [FILE…]`.

Changed is what differs from the upstream branch, committed or not; if there is none, from the last
commit. Near a module are the tests that reach it in the fewest imports, not counting through what
tests share; near a page, or a view that only its address names, those near its application. The
files given are left out, as are those that need a browser: they take minutes, and `make test` runs
them.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import grimp

_APPLICATIONS = Path("src/shokibo/web")
_TEMPLATES = _APPLICATIONS / "pages/templates"


def main() -> None:
    """Print the files, one per line; one that was changed itself is never left out."""
    changed = changed_files()
    for module in sorted(near_tests(changed, grimp.build_graph("shokibo", "tests"))):
        path = module.replace(".", "/") + ".py"
        if Path(path) in changed or not (path in sys.argv or ".browser." in module):
            print(path)


def near_tests(changed: Iterable[Path], graph: grimp.ImportGraph) -> set[str]:
    """Return the modules of tests near some files, which are named from the project's root."""
    found: set[str] = set()
    for path in changed:
        module = ".".join(path.with_suffix("").parts).removeprefix("src.").removesuffix(".__init__")
        found |= _nearest({module} & graph.modules, graph) or _nearest(
            _application(path, graph), graph
        )
    return found


def _nearest(modules: set[str], graph: grimp.ImportGraph) -> set[str]:
    shared = set() if any(map(_is_shared, modules)) else set(filter(_is_shared, graph.modules))
    seen = shared
    while modules:
        if tests := {one for one in modules if _is_test(one)}:
            return tests
        seen = seen | modules
        modules = {
            one for of in modules for one in graph.find_modules_that_directly_import(of)
        } - seen
    return set()


def _is_test(module: str) -> bool:
    return module.rpartition(".")[2].startswith("test_")


def _is_shared(module: str) -> bool:
    return module.startswith("tests.") and not _is_test(module)


def _application(path: Path, graph: grimp.ImportGraph) -> set[str]:
    """Return the modules of the application that a file belongs to."""
    for folder in (_TEMPLATES, _APPLICATIONS):
        if path.is_relative_to(folder) and len(path.relative_to(folder).parts) > 1:
            application = f"shokibo.web.{path.relative_to(folder).parts[0]}"
            return graph.find_descendants(application) if application in graph.modules else set()
    return set()


def changed_files() -> set[Path]:
    """Return what differs from the upstream branch, or from the last commit if there is none."""
    branch = _git("rev-parse", "--symbolic-full-name", "HEAD")[0]
    upstream = [name for name in _git("for-each-ref", "--format=%(upstream)", branch) if name]
    base = _git("merge-base", "HEAD", *(upstream or ["HEAD"]))[0]
    names = _git("diff", "--name-only", base) + _git("ls-files", "--others", "--exclude-standard")
    return {Path(name) for name in names}


def _git(*command: str) -> list[str]:
    return subprocess.check_output(["git", *command], text=True).splitlines()  # noqa: S603, S607


if __name__ == "__main__":
    main()
