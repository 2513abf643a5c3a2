"""What docs/architecture.md names is in the code: a stranger can follow its trips."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path("src/shokibo")
PAGE = Path("docs/architecture.md").read_text()
NAMED = re.compile(r"`((?:\w+/)+\w+\.py)`: ((?:`[\w.]+`(?:, )?)+)")
"""A module, and what a trip uses of it."""
CHAINS = [line for line in PAGE.splitlines() if "→ `" in line]
"""Calls from an address to SQL."""


def defined(file: Path) -> set[str]:
    """Return the names that a module defines, those of its classes with the class."""
    found = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            inner = (one for one in node.body if isinstance(one, ast.FunctionDef))
            found |= {f"{node.name}.{one.name}" for one in inner}
    return found


@pytest.mark.parametrize(("module", "names"), NAMED.findall(PAGE))
def test_a_module_that_is_named_has_what_a_trip_uses(module: str, names: str) -> None:
    used = set(re.findall(r"[\w.]+", names)) - {","}
    assert used <= defined(SOURCE / module)


@pytest.mark.parametrize("chain", CHAINS)
def test_a_chain_of_calls_names_functions_that_are_there(chain: str) -> None:
    called = re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", chain)
    assert len(called) >= 5
    for name in called:
        *path, function = name.split(".")
        assert function in defined((SOURCE / "web").joinpath(*path).with_suffix(".py")), name
