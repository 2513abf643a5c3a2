"""What the commands answer on the examples stays as it is, byte for byte.

`answers.sha256` has the digest of every answer; a change that is meant is written into it.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from tests.builders import EXAMPLES
from tests.cli.running import Cli

DIGESTS = Path(__file__).with_name("answers.sha256")
DRAWN_ON = re.compile(r'("drawn_on": )"[^"]*"')
ASKED = {
    "setagaya": (
        "check",
        "evaluate --as-of 2019-03-31",
        "evaluate --as-of 2022-04-01",
        "evaluate --as-of 2029-04-01",
        "status --as-of 2021-09-30",
        "form1 --year 2022",
        "form2 --year 2022",
        "letters --year 2022",
        "months --year 2022",
        "need",
        "plan",
        "report",
        "budget",
        "budget --year 2023",
        "staffing",
        "support --year 2022",
        "review --year 2022 --as-of 2022-10-01",
        "review --year 2023 --as-of 2030-10-01",
    ),
    "form1": (
        "check",
        "evaluate --as-of 2022-04-01",
        "status --as-of 2022-04-01",
        "form1 --year 2022",
        "plan --from 2022 --to 2025 --baseline 2022-03-31",
    ),
}


def test_no_answer_differs_by_a_byte(cli: Cli) -> None:
    assert list(_digests(cli)) == DIGESTS.read_text("utf-8").splitlines()


def _digests(cli: Cli) -> Iterator[str]:
    for example, commands in ASKED.items():
        for asked in commands:
            for language in ("ja", "en"):
                command, *options = asked.split()
                ledger = EXAMPLES / example
                ran = cli(command, ledger, *options, "--format", "json", "--lang", language)
                printed = DRAWN_ON.sub(r'\1""', ran.out)
                digest = hashlib.sha256(printed.encode()).hexdigest()
                yield f"{digest}  {language} {example} {asked}"
