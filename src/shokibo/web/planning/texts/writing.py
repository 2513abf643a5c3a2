"""The plan's texts: written, put back to their default, shown as they will be printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.documents.plan.figures import KNOWN, canonical
from shokibo.documents.plan.markdown import Figures, TextBlock
from shokibo.documents.plan.sections import Section
from shokibo.documents.plan.texts import LEFT_OPEN, TextProblem, read_section
from shokibo.planning.plan import NoHomesError
from shokibo.planning.spans import NoPlanError
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, StaleError, add, add_all, change, remove
from shokibo.web.base.refusal import RefusedError
from shokibo.web.planning.contents import Contents
from shokibo.web.planning.models import PlanText
from shokibo.web.register.models import Authority

LONGEST = 500_000

STATES = {
    "wrong": Text("修正箇所がある", "to be corrected"),
    "open": Text("記入が必要", "to be written"),
    "own": Text("自分の文章", "own text"),
    "default": Text("既定", "default"),
}


@dataclass(frozen=True)
class Shown:
    """A section as the document will have it. `blocks` are its text with the figures filled in."""

    section: Section
    source: str
    own: bool
    blocks: tuple[TextBlock, ...]
    problems: tuple[TextProblem, ...]

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.problems:
            return "wrong"
        if self.own:
            return "own"
        return "default" if self.section.default or self.section.short_of else "open"


def known_figures(contents: Contents) -> Figures | None:
    """Return the figures that texts may name; None if there is no plan to have any."""
    try:
        return Figures(contents.named_figures)
    except (NoPlanError, NoHomesError):
        return None


def shown(section: Section, source: str, known: Figures | None) -> Shown:
    """Read a section's text; a blank one is the default. Without figures none is filled in."""
    own = source.strip() not in ("", section.default)
    markdown = source if source.strip() else section.default
    if known is None:
        return Shown(section, markdown, own, (), ())
    blocks, problems = read_section(section, markdown, known)
    missing = () if section.short_of else LEFT_OPEN
    return Shown(section, markdown, own, blocks or missing, tuple(problems))


@dataclass(frozen=True)
class Group:
    """The figures of one meaning, each with its name and its value today."""

    name: str
    meaning: Text
    figures: tuple[tuple[str, str], ...]


def groups(figures: dict[str, str]) -> list[Group]:
    """Sort the figures that a text may name by what they mean."""
    by_name: dict[str, list[tuple[str, str]]] = {}
    for name, value in figures.items():
        by_name.setdefault(canonical(name.split(".")[0]), []).append((name, value))
    return [
        Group(known.name, known.meaning, tuple(by_name[canonical(known.name)]))
        for known in KNOWN
        if canonical(known.name) in by_name
    ]


@transaction.atomic
def write(*, office: Office, section: Section, source: str, version: int) -> None:
    """Store a text; one that is blank or the default is none of one's own. Version 0 is none yet.

    What is wrong in it does not stop it: its page shows that, and nothing is published with it.
    Raises PermissionDenied, StaleError, RefusedError for a text that is too long.
    """
    row = _lock(office, section, version)
    text = source.replace("\r\n", "\n").strip("\n")
    if len(text) > LONGEST:
        raise RefusedError(
            f"文章は{LONGEST:,}字までです(今は{len(text):,}字)。短くしてください。",
            f"A text has at most {LONGEST:,} characters; this one has {len(text):,}.",
        )
    if text.strip() in ("", section.default):
        if row is not None:
            remove(Act(office.person, "plan.remove"), row, version)
    elif row is None:
        made = PlanText(authority=office.authority, section=section.key, source=text)
        add(Act(office.person, "plan.add"), made)
    else:
        change(Act(office.person, "plan.change"), row, version, {"source": text})


def _lock(office: Office, section: Section, version: int) -> PlanText | None:
    """Return a section's row, if it still is what the person saw."""
    if not office.may(Permission.PLAN_WRITE):
        raise PermissionDenied
    # the first text of a section has no row to lock
    Authority.objects.select_for_update(no_key=True).get(pk=office.authority.pk)
    rows = office.rows(PlanText, Permission.PLAN_WRITE)
    row = rows.filter(section=section.key).first()
    if (row.version if row else 0) != version:
        raise StaleError(row or PlanText(authority=office.authority, section=section.key))
    return row


@transaction.atomic
def import_texts(act: Act, authority: Authority, sources: Mapping[str, str]) -> None:
    """Store texts by section that came with a ledger, of an authority that has none yet."""
    add_all(
        act,
        [
            PlanText(authority=authority, section=section, source=source)
            for section, source in sources.items()
            if source.strip()
        ],
    )
