"""Many applications at once: what will happen is told first, then each is done by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import digest_of
from shokibo.web.certification.facts import judged_facts
from shokibo.web.certification.judgement import Asked, Judgement, judge
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import CERTIFY, PROPOSE_CERTIFY, Applied
from shokibo.web.steps.step import Taking
from shokibo.web.steps.taking import held, stale_words, take

_LESS = Text(
    "申請{asked}人に対し、加配できるのは{available}人です。個別に審査してください。",
    "{asked} are asked for and {available} available; examine it by itself.",
)
_DIFFERS = Text(
    "起案の後に台帳が変わり、判定が違います。個別に確かめてください。",
    "The register changed since it was proposed; look at it by itself.",
)
Chosen = tuple[Application, int, str]
"""An application, its version, and the digest of what was shown of it."""


@dataclass
class Sorted:
    """What will be done, each with the digest of what was judged, and what is left and why."""

    coming: list[tuple[Application, str]] = field(default_factory=list)
    left: list[tuple[Application, Text]] = field(default_factory=list)


@dataclass
class Report:
    """What was done, and what was not and why."""

    done: list[Application] = field(default_factory=list)
    failed: list[tuple[Application, Text]] = field(default_factory=list)


def to_propose(office: Office, rows: Sequence[Application]) -> Sorted:
    """Judge each; those that can be certified as asked for are coming."""
    found = Sorted()
    judgements = judge(office.authority, [Asked.by(row) for row in rows])
    for row, judgement in zip(rows, judgements, strict=True):
        ground = _against_proposing(office, row, judgement)
        if ground is None:
            found.coming.append((row, _digest(row, judgement)))
        else:
            found.left.append((row, ground))
    return found


def _against_proposing(office: Office, row: Application, judgement: Judgement) -> Text | None:
    asked, available = row.requested_extra, judgement.available
    if judgement.eligible and asked and available is not None and 0 < available < asked:
        return Text(
            _LESS.say("ja", asked=asked, available=available),
            _LESS.say("en", asked=asked, available=available),
        )
    values = {"proposed_extra": asked, "judgement": judgement.as_json()}
    return _against(PROPOSE_CERTIFY, office, row, values)


def to_certify(office: Office, rows: Sequence[Application]) -> Sorted:
    """Sort out what was proposed by somebody else and is judged as it was then."""
    found = Sorted()
    judgements = judge(office.authority, [Asked.by(row) for row in rows])
    for row, judgement in zip(rows, judgements, strict=True):
        ground = _against(CERTIFY, office, row, {})
        if ground is None and row.judgement is not None:
            kept = Judgement.of_json(row.judgement)
            ground = None if kept.says_the_same(judgement) else _DIFFERS
        if ground is None:
            found.coming.append((row, _digest(row, judgement)))
        else:
            found.left.append((row, ground))
    return found


def _against(
    step: Applied, office: Office, row: Application, values: dict[str, Any]
) -> Text | None:
    """Say what the table or a guard has against a step; None where nothing."""
    try:
        held(Taking(step, office, row, values))
    except RefusedError as refusal:
        return refusal.text
    return None


def _digest(row: Application, judgement: Judgement) -> str:
    return digest_of(judged_facts(row, judgement))


def propose_all(office: Office, rows: Iterable[Chosen]) -> Report:
    """Propose to certify each as asked for, each in its own transaction."""
    return _each(PROPOSE_CERTIFY, office, rows)


def certify_all(office: Office, rows: Iterable[Chosen]) -> Report:
    """Certify each as proposed, each in its own transaction."""
    return _each(CERTIFY, office, rows)


def _each(step: Applied, office: Office, rows: Iterable[Chosen]) -> Report:
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
