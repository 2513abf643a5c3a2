"""Measurements of speed and memory, each compared with a peer or a reference of the same run."""

import shokibo  # noqa: F401 - its settings of Polars, which are read when that is first imported
