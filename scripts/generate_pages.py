"""The page of the standard jobs: clicks and keys as counted by browser tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from scripts.markdown import table_lines

COUNTS = Path(__file__).parent.parent / "docs" / "pages.yaml"


def pages_lines() -> Iterator[str]:
    """Return the lines of docs/pages.md."""
    jobs: dict[str, dict[str, Any]] = yaml.safe_load(COUNTS.read_text("utf-8"))
    yield "# Standard jobs, in clicks and keys"
    yield ""
    yield (
        "Counted by `tests/web/browser/test_counts.py`, which does each job in Chromium with a "
        "real mouse and keyboard, on the example of Setagaya where nothing else is said. A "
        "drop-down list is two clicks (one opens it, one chooses). Numbers, days and codes count "
        "each character; words of one's own, such as evidence and reasons, are shown in brackets "
        "and not counted. The tests fail where a count rises above `docs/pages.yaml`; where one "
        "falls, `make counts` writes it down."
    )
    yield ""
    rows = [
        (
            f"{job['ja']}<br>{job['en']}",
            job["clicks"],
            job["keys"],
            f"{job['most']} {job['of']}" if job["most"] else "",
        )
        for job in jobs.values()
    ]
    yield from table_lines(("job", "clicks", "keys", "at most"), rows)
    yield "## The ways"
    yield ""
    yield "「…」 is a click on what has this name, `…` a key or what is typed."
    yield ""
    for job in jobs.values():
        yield f"- **{job['ja']}** From {job['start']}: {job['way']}"
