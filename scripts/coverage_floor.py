"""Check coverage: 100 % with branches for law and figures, 95 % overall."""

import json
import sys
from functools import reduce
from pathlib import Path

from slipcover import merge_coverage, print_coverage

COMPLETE = ("calendar.py", "rounding.py", "law/", "returns/")
OVERALL = 95.0


def main(folder: Path) -> int:
    """Combine the workers' files and print what is missing; return 1 below a floor."""
    workers = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
    covered = reduce(merge_coverage, workers)
    print_coverage(covered, skip_covered=True)
    short = [
        name
        for name, found in covered["files"].items()
        if name.split("src/shokibo/")[-1].startswith(COMPLETE)
        and (found["missing_lines"] or found["missing_branches"])
    ]
    for name in short:
        print(f"{name}: 100 % wanted")
    overall = covered["summary"]["percent_covered"]
    print(f"all: {overall:.1f} % covered, {OVERALL:g} % wanted")
    return int(bool(short) or overall < OVERALL)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
