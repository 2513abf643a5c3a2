"""Reading a delivered file: its sender, figures and questions, or why it can't be read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shokibo.answers import plain
from shokibo.law.parameters import national_law
from shokibo.ledger.carriers.sheets import filed_file
from shokibo.ledger.findings import Finding
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed.figures import figures_of, places_of
from shokibo.returns.filed.received import receive
from shokibo.returns.filed.senders import Sender
from shokibo.web.base.isolation import file_name, isolated

_DIED = {
    "ja": "読取りの途中で止まりました。ファイルを開いて保存し直し、もう一度送ってください。",
    "en": "The reading broke off. Open the file, save it again, and send it once more.",
}


@dataclass(frozen=True)
class ReadFile:
    """A file's contents: state, the sender's code, figures with their cells, findings; or why not.

    `state` is one of a `DeliveredFile`, and so are the others; texts are in both languages.
    """

    state: str
    code: str = ""
    figures: Any = None
    findings: list[dict[str, str]] = field(default_factory=list)
    message: dict[str, str] = field(default_factory=dict)
    places: Any = None


def read_delivered(
    name: str, content: bytes, form: FormNumber, year: int, senders: Sequence[tuple[str, str]]
) -> ReadFile:
    """Read a file in a separate process; `senders` are codes and names of possible senders."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name(name)
        path.write_bytes(content)
        read = isolated(_read, (path, form, year, tuple(senders)))
    return read if isinstance(read, ReadFile) else ReadFile("unreadable", message=_DIED)


def _read(
    path: Path, form: FormNumber, year: int, senders: Sequence[tuple[str, str]], _: object
) -> ReadFile:
    expected = [Sender(*sender) for sender in senders]
    files = [filed_file(path, path.name)]
    found = receive(files, form, year, national_law(), expected=expected)
    if found.unknown:
        return ReadFile("unreadable", message=_in_both(found.unknown[0].reason))
    (one,) = found.submissions
    if one.filed is None:
        return ReadFile("unreadable", one.sender.code, message=_in_both(one.findings[-1]))
    findings = [question(each) for each in one.findings]
    figures, places = plain(figures_of(one.filed)), plain(places_of(one.filed))
    return ReadFile(one.state, one.sender.code, figures, findings, places=places)


def question(finding: Finding) -> dict[str, str]:
    """Return a finding as it is stored with its file: in both languages."""
    at = {"code": finding.code, "severity": finding.severity, "place": finding.place}
    return {**at, **_in_both(finding)}


def _in_both(finding: Finding) -> dict[str, str]:
    return {"ja": finding.message("ja"), "en": finding.message("en")}
