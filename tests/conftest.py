"""Known defects: tests that show what is not yet right, each named in known_defects.txt.

They run every time and are reported; the file is worked off until it is empty.
"""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("shared", deadline=None)  # machines are shared and noisy
settings.load_profile("shared")

KNOWN = frozenset((Path(__file__).parent / "known_defects.txt").read_text("utf-8").splitlines())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that are known to fail."""
    for item in items:
        if item.nodeid.split("[")[0] in KNOWN:
            item.add_marker(pytest.mark.xfail(reason="known defect", strict=False))
