"""Run the measurements and rewrite the page that reports them.

`python -m benchmarks` runs all and writes `docs/performance.md`; `python -m benchmarks start`
runs one and writes nothing.
"""

import argparse
import importlib

from benchmarks.measure import ROOT, Result
from benchmarks.page import page

NAMES = (
    "start",
    "nation_year",
    "openfisca_peer",
    "reading",
    "receive",
    "projection",
    "forecast_peer",
    "document",
    "preview",
    "imports",
    "load",
)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("name", nargs="?", choices=NAMES)
    name = parser.parse_args().name
    if name:
        _run(name)
        return
    results = [result for each in NAMES for result in _run(each)]
    (ROOT / "docs" / "performance.md").write_text(page(results), "utf-8")


def _run(name: str) -> list[Result]:
    results: list[Result] = importlib.import_module(f"benchmarks.{name}").main()
    return results


if __name__ == "__main__":
    main()
