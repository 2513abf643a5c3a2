"""A step for many applications: sorted for a preview, then taken one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import digest_of
from shokibo.web.certification.facts import facts_of, judged_facts
from shokibo.web.certification.judgement import Asked, Judgement, judge
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import PROPOSE_CERTIFY, SUBMIT, Applied
from shokibo.web.steps.step import Taking
from shokibo.web.steps.taking import checked, stale_words, take

_LESS = Text(
    "申請{asked}人に対し、加配できるのは{available}人です。個別に審査してください。",
    "{asked} are asked for and {available} available; examine it by itself.",
)
_DIFFERS = Text(
    "起案の後に台帳が変わり、判定が違います。個別に確かめてください。",
    "The register changed since it was proposed; look at it by itself.",
)
Chosen = tuple[Application, int, str]
"""An application, its version, and the digest of what was shown."""


@dataclass
class Sorted:
    """The applications to process, each with its judgement's digest; the others, and why."""

    coming: list[tuple[Application, str]] = field(default_factory=list)
    left: list[tuple[Application, Text]] = field(default_factory=list)


@dataclass
class Report:
    """The processed applications; the others, and why."""

    done: list[Application] = field(default_factory=list)
    failed: list[tuple[Application, Text]] = field(default_factory=list)


def sort_out(step: Applied, office: Office, rows: Sequence[Application]) -> Sorted:
    """Judge each; those for which the step can be taken as applied for or proposed are `coming`."""
    found = Sorted()
    judgements = judge(office.authority, [Asked.by(row) for row in rows])
    for row, judgement in zip(rows, judgements, strict=True):
        asked, available = row.requested_extra, judgement.available
        values = {"proposed_extra": asked, "judgement": judgement.as_json()}
        is_short = judgement.eligible and asked and 0 < (available or 0) < asked
        if step is PROPOSE_CERTIFY and is_short:
            figures = {"asked": asked, "available": available}
            ground = Text(_LESS.say("ja", **figures), _LESS.say("en", **figures))
            found.left.append((row, ground))
            continue
        try:
            checked(Taking(step, office, row, values))
        except RefusedError as refusal:
            found.left.append((row, refusal.text))
            continue
        if step is SUBMIT and (blockers := judgement.blockers(asked)):
            found.left.append((row, blockers[0]))
            continue
        if row.judgement and not Judgement.of_json(row.judgement).agrees_with(judgement):
            found.left.append((row, _DIFFERS))
            continue
        facts = judged_facts(row, judgement) if step.facts is judged_facts else facts_of(row)
        found.coming.append((row, digest_of(facts)))
    return found


def take_each(step: Applied, office: Office, rows: Iterable[Chosen]) -> Report:
    """Take the step for each in its own transaction; certification is proposed as applied for."""
    report = Report()
    for row, version, seen in rows:
        values = {"proposed_extra": row.requested_extra}
        try:
            take(step, office=office, row=row, version=version, values=values, seen=seen)
        except RefusedError as refusal:
            report.failed.append((row, refusal.text))
        except StaleError as stale:
            report.failed.append((row, stale_words(step, stale.current)))
        else:
            report.done.append(row)
    return report
