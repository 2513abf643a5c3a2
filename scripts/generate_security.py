"""The generated pages about security: the ASVS table, and who may do what."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from shokibo.ledger.tables import TABLES
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.roles import ROLES

ROOT = Path(__file__).parent.parent
Lines = Iterator[str]


def requirements() -> list[dict[str, Any]]:
    """Read docs/asvs.yaml: every requirement, each with its chapter's title."""
    chapters = yaml.safe_load((ROOT / "docs" / "asvs.yaml").read_text("utf-8"))["chapters"]
    return [
        {**requirement, "chapter": chapter["title"]}
        for chapter in chapters
        for requirement in chapter["requirements"]
    ]


def asvs_lines() -> Lines:
    """Return the page of the standard's requirements."""
    found = requirements()
    met = [one for one in found if "how" in one]
    yield "# OWASP ASVS 5.0.0, levels 1 and 2"
    yield ""
    yield (
        "The [Application Security Verification Standard](https://owasp.org/www-project-"
        "application-security-verification-standard/) without its chapters on self-contained "
        "tokens, OAuth and WebRTC, of which shokibo has none: "
        f"{len(found)} requirements, {len(met)} met, {len(found) - len(met)} without anything "
        "here to which they could apply, none open. The words are ours; the numbers are the "
        "standard's. What shows it is a test, or the page where it is written down."
    )
    yield ""
    chapter = ""
    for one in found:
        if one["chapter"] != chapter:
            chapter = one["chapter"]
            yield from ("", f"## {chapter}", "", "| no. | level | asks | how | shown by |")
            yield "|---|---|---|---|---|"
        how = one.get("how") or f"Does not apply. {one['not_here']}"
        shown = "<br>".join(map(_link, one.get("shown_by", []))) or "-"
        yield f"| {one['id']} | {one['level']} | {one['asks']} | {how} | {shown} |"


def _link(shown: str) -> str:
    path, _, test = shown.partition("::")
    target = path.removeprefix("docs/") if path.startswith("docs/") else f"../{path}"
    return f"[{test or Path(path).name}]({target})"


def permission_lines() -> Lines:
    """Return the page of roles, what each may do, and over what."""
    yield "# 役割と権限 / Roles and permissions"
    yield ""
    yield (
        "Made from the code (`web/accounts/roles.py`). Every address is tried with every role, in "
        "and out of its scope, by `tests/web/test_matrix.py` and `tests/web/test_api_matrix.py`. "
        "A permission in bold asks for the second factor."
    )
    yield ""
    yield "| 役割 | role | scope | second factor | description |"
    yield "|---|---|---|---|---|"
    for role in ROLES.values():
        needed = "required" if role.needs_second_factor() else "optional"
        described = f"{role.description.ja}<br>{role.description.en}"
        yield f"| {role.name.ja} | {role.name.en} | {role.scope} | {needed} | {described} |"
    yield ""
    yield "| 権限 | " + " | ".join(role.name.ja for role in ROLES.values()) + " |"
    yield "|---|" + "---|" * len(ROLES)
    for permission in Permission:
        marks = ("○" if permission in role.permissions else "" for role in ROLES.values())
        mark = "**" if permission.needs_second_factor else ""
        yield f"| {mark}{permission.value}{mark} | " + " | ".join(marks) + " |"
    yield ""
    yield "## Rows and fields"
    yield ""
    yield (
        "- **authority**: rows of that authority alone; **home**: rows of one home, or of the "
        "homes of one operator at that authority; **nation**: submitted returns of all; "
        "**instance**: people and roles, no business data."
    )
    yield (
        "- Home staff change postings and occupancy themselves. Openings, closings, kinds and "
        "capacities they propose; an officer accepts or refuses. A home's workbook holds these "
        f"tables: {'、'.join(table.sheet for table in TABLES if table.maintained_by_home)}."
    )
    yield (
        "- What was decided, submitted or published changes for nobody: the database refuses it. "
        "An officer's comment on an application and the proposal of a decision are not shown to "
        "the home before the decision."
    )
