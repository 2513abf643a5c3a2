"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("shared", deadline=None)  # machines are shared and noisy
settings.load_profile("shared")
