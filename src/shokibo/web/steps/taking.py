"""The one way to take a step.

All in one transaction: permission, locks, version, what was seen, state, four eyes, reason, guards,
write, log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.texts import Text, literal
from shokibo.web.accounts.access import Office
from shokibo.web.audit.recording import StaleError, add, change, remove
from shokibo.web.base.language import in_both
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import hold
from shokibo.web.steps.step import NEW, R, Step, Taking


def may(step: Step[R], office: Office, row: R) -> bool:
    """Whether a person has a step's permission over a row."""
    home = getattr(row, "home", None) if row.home_path else None
    return row.authority_id == office.authority.pk and office.may(step.permission, home)


def possible(steps: Iterable[Step[R]], office: Office, row: R) -> list[Step[R]]:
    """Return the steps that a person may take from the row's state, not considering guards."""
    return [
        step
        for step in steps
        if step.process.state_of(row) in step.sources and may(step, office, row)
    ]


def left_to_others(steps: Iterable[Step[R]], office: Office, row: R) -> list[Step[R]]:
    """Return the steps from the visible state that only other roles may take."""
    found = []
    for step in steps:
        process = step.process
        is_seen = step.target is None or process.seen(step.target, office) == step.target
        is_next = process.seen(process.state_of(row), office) in step.sources
        if is_next and is_seen and not may(step, office, row):
            found.append(step)
    return found


def barred(step: Step[R], office: Office, row: R) -> Text | None:
    """Return the four-eyes refusal of a step from the row's state, if it applies to the person."""
    if not possible([step], office, row):
        return None
    bans = (words for whose, words in step.never_by if office.person.pk in whose(row))
    return next(bans, None)


def take(
    step: Step[R],
    *,
    office: Office,
    row: R,
    version: int | None = None,
    values: Mapping[str, Any] | None = None,
    reason: str = "",
    seen: str | None = None,
) -> R:
    """Take a step, logged; return the row that was changed, added or removed.

    `version` is that of the row when its page was opened; a new row has none. `seen` is what the
    page showed. Raises PermissionDenied; StaleError where the row was saved since;
    ChangedSinceError where the facts are others now; RefusedError.
    """
    given = dict(values or {})
    if step.prepare is not None:
        if not may(step, office, row):
            raise PermissionDenied(step.permission)
        if row.pk is not None and row.version != version:
            raise StaleError(row)
        checked(Taking(step, office, row, given, reason))
        given |= step.prepare(row)
    with transaction.atomic():
        taking = admit(
            step, office=office, row=row, version=version, values=given, reason=reason, seen=seen
        )
        locked = taking.row
        if step.write is not None:
            return step.write(taking)
        if row.pk is None:
            for name, value in taking.values.items():
                setattr(row, name, value)
            add(taking.act, row)
        elif step.target is None:
            remove(taking.act, locked, locked.version)
        else:
            stored = {} if step.target in step.process.derived else {"state": step.target}
            change(taking.act, locked, locked.version, {**taking.values, **stored})
            row.refresh_from_db()
        step.more(taking)
    return row


def admit(
    step: Step[R],
    *,
    office: Office,
    row: R,
    version: int | None = None,
    values: Mapping[str, Any] | None = None,
    reason: str = "",
    seen: str | None = None,
) -> Taking[R]:
    """Lock a row and its parent, and check everything that a step requires. Raises as `take`."""
    if not may(step, office, row):
        raise PermissionDenied(step.permission)
    parent = step.process.parent(row)
    type(parent)._default_manager.select_for_update(no_key=True).get(pk=parent.pk)
    locked = row
    if row.pk is not None:
        rows = step.process.model._default_manager.select_for_update(of=("self",), no_key=True)
        locked = rows.get(pk=row.pk)
        if locked.version != version:
            raise StaleError(locked)
    if seen is not None and step.facts is not None:
        hold(seen, step.facts(locked))
    return checked(Taking(step, office, locked, values or {}, reason))


def checked(taking: Taking[R]) -> Taking[R]:
    """Check state, four eyes, reason and guards of a step; return it with what it writes.

    Raises RefusedError.
    """
    step, row = taking.step, taking.row
    if step.process.state_of(row) not in step.sources:
        raise wrong_state(step, row)
    if words := barred(step, taking.office, row):
        raise RefusedError(words.ja, words.en)
    taking = replace(taking, reason=step.because(taking))
    if step.reason == "required" and not taking.reason.strip():
        raise RefusedError("理由を記入してください。", "Say why.")
    taking = replace(taking, values=step.values(taking))
    for guard in step.guards:
        guard(taking)
    return taking


def wrong_state(step: Step[R], row: R) -> RefusedError:
    """Return the refusal: the row's state, and those in which the step can be taken."""
    process = step.process
    state, subject = process.state_of(row), process.subject(row)
    if state in process.hidden.get(step.permission, ()):
        return RefusedError(
            f"{subject.ja}は自治体で手続きが進んでいるため、今は「{step.name.ja}」ことが"
            "できません。自治体の担当者に相談してください。",
            f"The authority is at work on {subject.en}; ask its officer.",
        )
    now = in_both(process.states[state])
    wanted = [in_both(process.states[one]) for one in step.sources if one != NEW]
    wanted_ja = "、".join(one.ja for one in wanted)
    wanted_en = "” or “".join(one.en for one in wanted)
    return RefusedError(
        f"{subject.ja}は「{now.ja}」です。「{step.name.ja}」ことができるのは"
        f"「{wanted_ja}」の間だけです。",
        f"The state of {subject.en} is “{now.en}”; it has to be “{wanted_en}”.",
    )


def stale_words(step: Step[R], current: Any) -> Text:
    """Describe that somebody was first, and the row's state as the person sees it."""
    process = step.process
    state = process.state_of(current)
    state = process.hidden.get(step.permission, {}).get(state, state)
    now = in_both(process.states[state])
    return literal(
        f"ほかの人が先に保存しました。今は「{now.ja}」です。",
        f"Somebody else saved it first; its state is “{now.en}” now.",
    )
