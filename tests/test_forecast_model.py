"""The page of the forecast's equations quotes lines that stand in the functions it names."""

import inspect
import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "forecast-model.md").read_text("utf-8")
QUOTED = re.findall(
    r"^\[`(need\.(\w+)\.([\w.]+))`\]\(([^)]+)\)\n\n```python\n(.*?)^```$", PAGE, re.M | re.S
)


@pytest.mark.parametrize(
    ("module", "name", "link", "lines"),
    [quoted[1:] for quoted in QUOTED],
    ids=[quoted[0] for quoted in QUOTED],
)
def test_every_quoted_line_is_in_its_function(
    module: str, name: str, link: str, lines: str
) -> None:
    found = reduce(getattr, name.split("."), import_module(f"shokibo.need.{module}"))
    function = getattr(found, "fget", None) or getattr(found, "func", None) or found
    source = {line.strip() for line in inspect.getsource(function).splitlines()}
    assert set(lines.strip().splitlines()) <= source
    assert link == f"../src/shokibo/need/{module}.py"


def test_every_section_of_equations_names_its_lines() -> None:
    for section in PAGE.split("\n## ")[1:]:
        assert section.count("$$") % 2 == 0
        assert "[`need." in section, section.splitlines()[0]
    assert len(QUOTED) == PAGE.count("[`need.")
