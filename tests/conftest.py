"""How the tests are run: examples of hypothesis have no deadline, as machines differ."""

from hypothesis import settings

settings.register_profile("shokibo", deadline=None)
settings.load_profile("shokibo")
