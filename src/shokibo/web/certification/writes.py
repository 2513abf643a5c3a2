"""What the steps of an application write."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from shokibo.web.audit.recording import add, change, remove
from shokibo.web.base import clock
from shokibo.web.base.clock import today
from shokibo.web.certification.codes import code_of_version, free_code
from shokibo.web.certification.guards import Applying, versions
from shokibo.web.certification.judgement import Asked, judge_one
from shokibo.web.certification.models import COMMENT_FIELDS, Application, Comment, Evidence
from shokibo.web.steps.step import REASON_LENGTH

Values = dict[str, Any]


def drafted(taking: Applying) -> Values:
    """Give it an id: its own where that is free."""
    row = taking.row
    return {"code": free_code(row.authority, row.fiscal_year, row.code)}


def edited(taking: Applying) -> Mapping[str, Any]:
    """Write what was entered; a backup add-on asks for no number."""
    is_backup = taking.given.get("addon", taking.row.addon) == "backup"
    return {**taking.given, "requested_extra": None} if is_backup else taking.given


def submitted(taking: Applying) -> Values:
    """Record who submitted it and when."""
    person = taking.office.person
    return {"applied_on": today(), "submitted_at": clock.now(), "submitted_by": person}


def withdrawn(taking: Applying) -> Values:
    """Record when and why it was withdrawn."""
    return {"decided_on": today(), "reason": taking.reason[:REASON_LENGTH]}


def returned(taking: Applying) -> Values:
    """Write the comments as the reason."""
    return {"reason": taking.reason[:REASON_LENGTH]}


def comments_of(taking: Applying) -> dict[str, str]:
    """Return the comments that are not blank, by their fields."""
    given: Mapping[str, str] = taking.given.get("comments", {})
    return {field: text.strip() for field, text in given.items() if text.strip()}


def all_comments(taking: Applying) -> str:
    """Return the comments as the log records them."""
    return "\n".join(f"{COMMENT_FIELDS[name]}:{text}" for name, text in comments_of(taking).items())


def proposed_to_certify(taking: Applying) -> Values:
    """Write the proposal with its number of staff and the judgement of now."""
    extra = taking.given.get("proposed_extra") if taking.row.addon == "dispersal" else None
    return {"proposed_extra": extra, **_proposed(taking, "certify")}


def proposed_to_reject(taking: Applying) -> Values:
    """Write the proposal with the judgement of now."""
    return _proposed(taking, "reject")


def _proposed(taking: Applying, proposal: str) -> Values:
    judgement = taking.given.get("judgement")
    if judgement is None:
        judgement = judge_one(taking.office.authority, Asked.by(taking.row)).as_json()
    return {
        "proposal": proposal,
        "proposal_reason": taking.reason,
        "proposed_at": clock.now(),
        "proposed_by": taking.office.person,
        "judgement": judgement,
    }


def no_proposal(_taking: Applying) -> Values:
    """Forget the proposal."""
    return {
        "proposal": "",
        "proposed_extra": None,
        "proposal_reason": "",
        "proposed_at": None,
        "proposed_by": None,
        "judgement": None,
    }


def reason_or_proposals(taking: Applying) -> str:
    """Return the approver's reason; without one that of the proposal."""
    return taking.reason or taking.row.proposal_reason


def reason_or_that_of_the_end(taking: Applying) -> str:
    """Return the approver's reason; without one that of the proposed end or change."""
    return taking.reason or taking.row.end_proposal_reason or ""


def certified(taking: Applying) -> Values:
    """Decide with the number that was proposed."""
    return {**rejected(taking), "certified_extra": taking.row.proposed_extra}


def rejected(taking: Applying) -> Values:
    """Record who decided, when and why."""
    return {
        "decided_on": today(),
        "decided_at": clock.now(),
        "decided_by": taking.office.person,
        "reason": taking.reason[:REASON_LENGTH] or None,
    }


def proposed_to_end(taking: Applying) -> Values:
    """Write the last day as it was given."""
    return end_proposal(taking, taking.given["ended_on"])


def end_proposal(taking: Applying, last: dt.date) -> Values:
    """Write the last day, and who proposed it and why."""
    return {
        "end_proposed_on": last,
        "end_proposal_reason": taking.reason,
        "end_proposed_at": clock.now(),
        "end_proposed_by": taking.office.person,
    }


def no_end_proposed(_taking: Applying) -> Values:
    """Forget the proposed end."""
    names = ("on", "extra", "at", "by")
    return {"end_proposal_reason": None} | dict.fromkeys(f"end_proposed_{name}" for name in names)


def ended(taking: Applying) -> Values:
    """End it as proposed, and record who decided and when."""
    return {
        "ended_on": taking.row.end_proposed_on,
        "end_reason": taking.reason[:REASON_LENGTH],
        "end_decided_at": clock.now(),
        "end_decided_by": taking.office.person,
    }


def discard(taking: Applying) -> Application:
    """Remove a draft with its files."""
    taking.row.evidence.all().delete()
    remove(taking.act, taking.row, taking.row.version)
    return taking.row


def withdraw_earlier(taking: Applying) -> None:
    """Withdraw the returned versions before it too, which no form may count then."""
    for row in versions(taking.row)[1:]:
        if row.state == "returned":
            change(taking.act, row, row.version, {**taking.values, "state": "withdrawn"})


def write_comments(taking: Applying) -> None:
    """Put the comments at their fields."""
    for field, text in comments_of(taking).items():
        Comment.objects.create(
            application=taking.row, field=field, text=text, written_by=taking.office.person
        )


def revise(taking: Applying) -> Application:
    """Make a new draft with the figures and files of a returned version."""
    row = taking.row
    copied = ("authority", "home", "addon", "unit", "fiscal_year", "start_month", "requested_extra")
    new = Application(
        **{name: getattr(row, name) for name in copied},
        previous=row,
        edition=row.edition + 1,
        code=code_of_version(row),
    )
    add(taking.act, new)
    Evidence.objects.bulk_create(
        Evidence(
            application=new,
            name=file.name,
            content=file.content,
            sha256=file.sha256,
            added_by=file.added_by,
        )
        for file in row.evidence.all()
    )
    return new
