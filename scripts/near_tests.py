"""Print the test files near what was changed: `python -m scripts.near_tests`, for `make check`.

Changed is what differs from the upstream branch, committed or not. Near a module are the tests that
reach it in the fewest imports; near a page, or a view that only its address names, those near its
application.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import grimp

_APPLICATIONS = Path("src/shokibo/web")
_TEMPLATES = _APPLICATIONS / "pages/templates"


def main() -> None:
    """Print the files, one a line; those that need a browser are left to `make test`."""
    for module in sorted(near_tests(_changed(), grimp.build_graph("shokibo", "tests"))):
        if ".browser." not in module:
            print(module.replace(".", "/") + ".py")


def near_tests(changed: Iterable[Path], graph: grimp.ImportGraph) -> set[str]:
    """Give the modules of tests near some files, which are named from the project's root."""
    found: set[str] = set()
    for path in changed:
        module = ".".join(path.with_suffix("").parts).removeprefix("src.").removesuffix(".__init__")
        found |= _nearest({module} & graph.modules, graph) or _nearest(
            _application(path, graph), graph
        )
    return found


def _nearest(modules: set[str], graph: grimp.ImportGraph) -> set[str]:
    seen: set[str] = set()
    while modules:
        if tests := {one for one in modules if one.rpartition(".")[2].startswith("test_")}:
            return tests
        seen |= modules
        modules = {
            one for of in modules for one in graph.find_modules_that_directly_import(of)
        } - seen
    return set()


def _application(path: Path, graph: grimp.ImportGraph) -> set[str]:
    """Give the modules of the application that a file belongs to."""
    for folder in (_TEMPLATES, _APPLICATIONS):
        if path.is_relative_to(folder) and len(path.relative_to(folder).parts) > 1:
            application = f"shokibo.web.{path.relative_to(folder).parts[0]}"
            return graph.find_descendants(application) if application in graph.modules else set()
    return set()


def _changed() -> set[Path]:
    base = _git("merge-base", "HEAD", "@{upstream}")[0]
    names = _git("diff", "--name-only", base) + _git("ls-files", "--others", "--exclude-standard")
    return {Path(name) for name in names}


def _git(*command: str) -> list[str]:
    return subprocess.check_output(["git", *command], text=True).splitlines()  # noqa: S603, S607


if __name__ == "__main__":
    main()
