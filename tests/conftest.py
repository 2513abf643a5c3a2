"""What holds for all tests."""

import gc

from hypothesis import settings

settings.register_profile("shared", deadline=None)  # machines are shared and noisy
settings.load_profile("shared")

gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage from here on, and not among the tests themselves.

    A full search through the million objects of the collected tests takes a second, and was due
    thirty times while they were collected and every ten seconds while they ran. A page makes tens
    of thousands of objects, and leaves hardly any.
    """
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
