"""Tests, with shokibo's settings of Polars: it reads them once, when it is first imported."""

import shokibo  # noqa: F401
