"""A nation's frames on disk, as they are in memory, so that one nation serves several processes."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl


def save(frames: Mapping[str, pl.DataFrame], folder: str) -> None:
    """Write the frames."""
    for name, frame in frames.items():
        frame.write_parquet(Path(folder) / f"{name}.parquet")


def load(folder: str) -> dict[str, pl.DataFrame]:
    """Read them again."""
    return {path.stem: pl.read_parquet(path) for path in sorted(Path(folder).glob("*.parquet"))}
